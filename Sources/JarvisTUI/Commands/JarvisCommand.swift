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
      simulated models: no account, no key, no network, nothing kept on disk. `--config` and `--read-only` may stand there, too.

      Where the database is damaged, `jarvis-tui --set-damaged-aside` keeps it under a dated name and begins a new one.

      Exit codes: 0 done, 1 the answer is no or trouble was found, 2 wrong use, 3 configuration, 4 cannot reach what it needs, \
      5 refused by safety, 130 interrupted.
      """,
    version: "jarvis-tui \(Version.text)",
    subcommands: [
      ScreenCommand.self,
      DemoCommand.self,
      InitCommand.self,
      DoctorCommand.self,
      StatusCommand.self,
      AskCommand.self,
      ExecCommand.self,
      RouteCommand.self,
      CostCommand.self,
      MemoryCommand.self,
      FreezeCommand.self,
      UnfreezeCommand.self,
      ApprovalsCommand.self,
      AuditCommand.self,
      MaintenanceCommand.self,
      ExplainCommand.self,
    ],
    defaultSubcommand: ScreenCommand.self)

  /// The exit code after SIGINT, as shells count it.
  static let interrupted: Int32 = 130

  /// Parses, runs, and turns whatever happens into an exit code.
  static func run(arguments: [String]) -> Int32 {
    do {
      let arguments = commonOptionsMovedBehindCommand(arguments)
      if let unknown = unknownCommand(arguments) { throw unknown }
      var command = try parseAsRoot(arguments)
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

  /// `--demo memory --config x list …` becomes `memory list --demo --config x …`: each command has these options, and
  /// people write them in front of it, or between a command and what it is to do.
  static func commonOptionsMovedBehindCommand(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var (path, moved): ([String], [String]) = ([], [])
    var current = configuration
    while let next = rest.first {
      let length = commonOptionLength(rest)
      if length > 0 {
        moved += rest.prefix(length)
        rest = rest.dropFirst(length)
      } else if let command = current.subcommands.first(where: { $0.configuration.commandName == next }) {
        path.append(next)
        current = command.configuration
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard !moved.isEmpty else { return arguments }
    if path.isEmpty {
      // An unknown word is told as that; anything else is the screen's, which takes them where they stand.
      guard let word = rest.first, !word.hasPrefix("-") else { return arguments }
      return word == "help" ? Array(rest) : [word] + moved + rest.dropFirst()
    }
    // A command that only holds others takes no options: what is missing, or is no command of it, is to be told.
    let onlyHolds = !current.subcommands.isEmpty && current.defaultSubcommand == nil
    return path + (onlyHolds ? [] : moved) + rest
  }

  /// How many words at the start are an option that every command takes; 0 where they are none.
  private static func commonOptionLength(_ arguments: ArraySlice<String>) -> Int {
    guard let first = arguments.first else { return 0 }
    if first == "--config" { return arguments.count > 1 ? 2 : 0 }
    return ["--demo", "--read-only"].contains(first) || first.hasPrefix("--config=") ? 1 : 0
  }

  /// What to tell somebody who asks for a command that does not exist; nil where there is nothing to tell.
  static func unknownCommand(_ arguments: [String]) -> UserFacingError? {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !names.contains(word) else { return nil }
    return UserFacingError(
      .usage, attempted: "run '\(word)'", reason: "there is no such command",
      advice: (Suggestion.phrase(for: word, among: names) ?? "commands: \(names.joined(separator: ", "))")
        + " `jarvis-tui --help` tells what each one does.")
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

  @Flag(help: "Use a simulated cluster and simulated models; what is written is thrown away at the end.")
  var demo = false

  mutating func validate() throws {
    if demo, config != nil {
      throw ValidationError("--demo reads no configuration and keeps nothing: leave out --config, or --demo")
    }
  }

  /// A configuration that was named has to be there and sound, also for a command that takes nothing from it: who names
  /// one means that Jarvis, and must not be told of another.
  /// - Throws: `ConfigurationError`.
  func checkNamedConfiguration(_ environment: [String: String]) throws {
    if config != nil { _ = try ConfigurationFile(path: config, environment: environment).load() }
  }
}
