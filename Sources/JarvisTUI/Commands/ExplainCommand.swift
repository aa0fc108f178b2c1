import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine
import JarvisShell

/// `explain`: how a shell command would be classed, and why – without running anything.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say how a shell command would be classed, and why. Runs nothing.",
    discussion: "Quote the command as one word. Needs no configuration and no cluster.")

  @Argument(help: "The command, exactly as a shell would get it. `-` reads it from standard input.")
  var command: String

  @Flag(help: "Print one line of JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.checkNamedConfiguration(ProcessInfo.processInfo.environment)
    try TypedText.requireUnrepaired([command], attempted: "explain a command")
    let bytes = command == "-" ? Self.standardInput() : Array(command.utf8)
    let verdict = ShellClassifier.explain(bytes: bytes)
    if json {
      try Output.json(verdict, zone: .current)
    } else {
      Output.line(ExplainText.of(verdict))
    }
  }

  /// One byte more than is judged is enough to be refused.
  private static func standardInput() -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= inputLimit {
      let chunk = FileHandle.standardInput.availableData
      if chunk.isEmpty { break }
      bytes += chunk
    }
    if bytes.last == 0x0A { bytes.removeLast() }
    return bytes
  }

  private static let inputLimit = 128 * 1_024
}

/// A verdict in plain text.
enum ExplainText {
  static func of(_ verdict: ShellVerdict) -> String {
    var lines = ["\(verdict.tier.rawValue)  \(verdict.reason)", "rule   \(verdict.rule)"]
    if !verdict.wouldChange.isEmpty { lines.append("milder \(verdict.wouldChange)") }
    lines += verdict.warnings.map { "note   \($0)" }
    if verdict.parts.count > 1 {
      lines.append("parts")
      let width = verdict.parts.map { min($0.text.count, 40) }.max() ?? 0
      for part in verdict.parts {
        let text = Sanitiser.clean(part.text, keepingNewlines: false)
        let padded = text + String(repeating: " ", count: max(0, width - text.count))
        let tier = part.tier.rawValue + String(repeating: " ", count: 6 - part.tier.rawValue.count)
        lines.append("  \(tier) \(padded)  \(part.rule)")
      }
    }
    return Sanitiser.clean(lines.joined(separator: "\n"))
  }
}
