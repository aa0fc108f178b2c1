@testable import JarvisShell

/// A tree as one line of text, for tables: `[a b]` a simple command, `|` `&&` as written, `$(…)` substitutions.
enum TreeSketch {
  static func of(_ text: String) throws -> String { script(try ShellParser.parse(text)) }

  static func script(_ script: Script) -> String {
    script.entries.map { entry in
      entry.pipelines.map(pipeline).joined(separator: " && ") + (entry.isBackground ? " &" : "")
    }.joined(separator: "; ")
  }

  private static func pipeline(_ pipeline: Pipeline) -> String {
    pipeline.stages.map { command($0.command) }.joined(separator: " | ")
  }

  private static func command(_ command: Command) -> String {
    switch command {
    case .simple(let simple):
      let assigned = simple.assignments.map {
        $0.name + "=" + ($0.elements.map { "(" + $0.map(word).joined(separator: " ") + ")" } ?? word($0.value))
      }
      let redirected = simple.redirections.map(redirection)
      return "[" + (assigned + simple.words.map(word) + redirected).joined(separator: " ") + "]"
    case .group(let body, let redirections): return "{" + script(body) + "}" + trailing(redirections)
    case .subshell(let body, let redirections): return "(" + script(body) + ")" + trailing(redirections)
    case .conditional(let parts, _): return "if{" + parts.map(script).joined(separator: " / ") + "}"
    case .loop(let condition, let body, _): return "while{" + script(condition) + " / " + script(body) + "}"
    case .each(let name, let words, let body, _):
      return "for \(name) in " + (words.map { $0.map(word).joined(separator: " ") } ?? "@") + "{" + script(body) + "}"
    case .counted(let head, let body, _): return "for((\(word(head)))){" + script(body) + "}"
    case .choice(let subject, let patterns, let branches, _):
      return "case \(word(subject)) " + patterns.map(word).joined(separator: "|") + "{"
        + branches.map(script).joined(separator: " / ") + "}"
    case .arithmetic(let expression, _, _): return "((\(word(expression))))"
    case .test(let words, _): return "[[" + words.map(word).joined(separator: " ") + "]]"
    case .function(let name, let body): return "\(name)()" + self.command(body)
    case .coprocess(_, let body): return "coproc " + self.command(body)
    }
  }

  private static func trailing(_ redirections: [Redirection]) -> String {
    redirections.isEmpty ? "" : " " + redirections.map(redirection).joined(separator: " ")
  }

  private static func redirection(_ redirection: Redirection) -> String {
    (redirection.descriptor ?? "") + redirection.kind.rawValue
      + (redirection.document.map { "{" + word($0.body) + "}" } ?? word(redirection.target))
  }

  /// Quoted text in ‹›, so that a table shows what is quoted.
  private static func word(_ word: Word) -> String {
    word.pieces.map { piece in
      switch piece {
      case .text(let text, let quoted): quoted ? "‹\(text)›" : text
      case .parameter(let parameter, _):
        "${\(parameter.name)\(parameter.operation)\(parameter.argument.map(self.word) ?? "")}"
      case .command(let body, let quoted): (quoted ? "‹" : "") + "$(" + script(body) + ")" + (quoted ? "›" : "")
      case .arithmetic(let body, _): "$((" + self.word(body) + "))"
      case .process(let body, let writes): (writes ? ">" : "<") + "(" + script(body) + ")"
      }
    }.joined()
  }
}
