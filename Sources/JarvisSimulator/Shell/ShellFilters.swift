/// What a simulated command's output may be piped into.
enum ShellFilters {
  typealias Filter = @Sendable (_ arguments: [String], _ input: String) -> ShellOutput

  static let all: [String: Filter] = [
    "grep": grep, "head": { ends($0, $1, first: true) }, "tail": { ends($0, $1, first: false) }, "wc": count,
    "sort": { _, input in joined(lines(input).sorted()) }, "cat": { _, input in ShellOutput(input) },
  ]

  static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  static func joined(_ lines: [String]) -> ShellOutput {
    ShellOutput(lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n")
  }

  /// Fixed text only; `-i` ignores case, `-v` turns it round.
  private static func grep(_ arguments: [String], _ input: String) -> ShellOutput {
    let flags = arguments.filter { $0.hasPrefix("-") }.joined()
    guard let wanted = arguments.first(where: { !$0.hasPrefix("-") }) else {
      return ShellOutput(error: "usage: grep [-iv] TEXT\n", code: 2)
    }
    let folded = flags.contains("i")
    let needle = folded ? wanted.lowercased() : wanted
    let found = lines(input).filter {
      (folded ? $0.lowercased() : $0).contains(needle) != flags.contains("v")
    }
    var output = joined(found)
    output.code = found.isEmpty ? 1 : 0
    return output
  }

  private static func ends(_ arguments: [String], _ input: String, first: Bool) -> ShellOutput {
    let number = arguments.joined(separator: " ").split { !$0.isNumber }.first.flatMap { Int($0) } ?? 10
    let lines = lines(input)
    return joined(Array(first ? lines.prefix(number) : lines.suffix(number)))
  }

  private static func count(_ arguments: [String], _ input: String) -> ShellOutput {
    if arguments.contains("-l") { return ShellOutput("\(lines(input).count)\n") }
    let words = input.split(whereSeparator: \.isWhitespace).count
    return ShellOutput("\(lines(input).count) \(words) \(input.utf8.count)\n")
  }
}
