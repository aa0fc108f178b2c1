import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine

/// The root of the command line (`cli.md`).
struct JarvisCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jarvis-tui",
    abstract: "The AI command center of a Proxmox VE cluster, in a terminal.",
    discussion: """
      Without a command it opens the screen. `--demo` before any command runs that command against a simulated cluster and \
      simulated models: no account, no key, no network, nothing kept on disk.

      Exit codes: 0 done, 1 the answer is no or trouble was found, 2 wrong use, 3 configuration, 4 cannot reach what it needs, \
      5 refused by safety, 130 interrupted.
      """,
    version: "jarvis-tui \(Version.text)",
    subcommands: [
      ScreenCommand.self, DemoCommand.self, InitCommand.self, DoctorCommand.self, StatusCommand.self, AskCommand.self,
      ExplainCommand.self,
    ],
    defaultSubcommand: ScreenCommand.self)

  /// The exit code after SIGINT, as shells count it.
  static let interrupted: Int32 = 130

  /// Parses, runs, and turns whatever happens into an exit code.
  static func run(arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(demoMovedBehindCommand(arguments))
      try command.run()
      return 0
    } catch let error as UserFacingError {
      Output.error(error)
      return error.exitCode
    } catch let error as ConfigurationError {
      Output.error(error.userFacing)
      return error.userFacing.exitCode
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code == .success {
        Output.line(message)
        return 0
      }
      Output.errorLine(message)
      // The parser's own 64 is "wrong use" here.
      return code == .validationFailure ? 2 : code.rawValue
    }
  }

  /// `--demo ask …` becomes `ask --demo …`: each command has the flag, and people write it in front.
  static func demoMovedBehindCommand(_ arguments: [String]) -> [String] {
    guard arguments.first == "--demo", arguments.count > 1, !arguments[1].hasPrefix("-") else { return arguments }
    return [arguments[1], "--demo"] + arguments.dropFirst(2)
  }
}

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Configuration file.", discussion: "Else $JARVIS_CONFIG, else ~/.config/jarvis/config.yaml.", valueName: "file"))
  var config: String?

  @Flag(help: "Refuse everything that would change the cluster.")
  var readOnly = false

  @Flag(help: "Use a simulated cluster and simulated models.")
  var demo = false
}
