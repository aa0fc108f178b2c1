import ArgumentParser
import Foundation

/// Answers files of cases in one process, one JSON line a case and a summary line at the end (`docs/commands.md`).
struct JarvisBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jarvis-bench", abstract: "Measures the parts of Jarvis that decide and draw.",
    subcommands: [
      WidthCommand.self,
      DecodeCommand.self,
      ExplainCommand.self,
      ScaleCommand.self,
      FramesCommand.self,
      SSHCommand.self,
      RoutingCommand.self,
      TrainRouterCommand.self,
      SavingsCommand.self,
    ])
}

JarvisBench.main()
