import JarvisAPI
import JarvisCluster
import JarvisSSH

extension ToolContext {
  /// Runs a command of our own making on a node and gives its output as text.
  /// - Throws: where there is no SSH, or the command does not end with 0.
  func output(of command: String, on node: String, limits: ShellLimits = ShellLimits()) async throws(UserFacingError)
    -> String
  {
    let result = try await execute(command, on: node, limits: limits)
    guard result.exitCode == 0 else {
      let words = String(decoding: result.standardError.prefix(400), as: UTF8.self)
      throw UserFacingError(
        .negative, attempted: "run `\(command)` on \(node)",
        reason: Sanitiser.clean(words.isEmpty ? "it ended with \(result.endWords)" : words, keepingNewlines: false),
        advice: "")
    }
    return String(decoding: result.standardOutput, as: UTF8.self)
  }

  func execute(_ command: String, on node: String, limits: ShellLimits = ShellLimits()) async throws(UserFacingError)
    -> ShellResult
  {
    guard let shell else { throw noShell(node) }
    return try await shell.execute(command, on: node, limits: limits)
  }

  func noShell(_ node: String) -> UserFacingError {
    UserFacingError(
      .configuration, attempted: "run a command on node \(node)", reason: "SSH is not set up",
      advice: "see `ssh` in the configuration; the API alone does not have this")
  }
}

extension ShellResult {
  /// "exit code 1", "signal KILL".
  var endWords: String {
    if let signal { return "signal \(signal)" }
    return exitCode.map { "exit code \($0)" } ?? "no exit code"
  }
}

/// Text for a shell: in single quotes, so that nothing in it means anything to it.
enum ShellQuote {
  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }
}
