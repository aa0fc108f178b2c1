import JarvisAPI

/// One question with everything that was done about it: the unit in which a mind remembers.
struct MindExchange: Sendable, Equatable {
  /// What the person wrote, without the context that code put beside it.
  var question: String
  var calls: [MindCall]
  /// By the call's id.
  var results: [String: MindResult]
  /// The model's own words so far; progress notes between calls included.
  var answer: String

  /// True where it came to its own end: nobody stopped it, and no call was refused, failed or left without a result.
  var carriedThrough: Bool {
    !answer.isEmpty && !answer.hasSuffix(Self.interruption)
      && calls.allSatisfy { call in results[call.id].map { !$0.isError } ?? false }
  }

  /// What stands behind the words of an answer that was stopped.
  private static let interruption = "(interrupted)"

  /// Splits a conversation into its exchanges. Text that comes with tool results is a new question: it was typed
  /// while the tools ran or after they were stopped.
  static func all(in turns: [MindTurn]) -> [MindExchange] {
    var exchanges: [MindExchange] = []
    for turn in turns {
      switch turn {
      case .person(let text):
        let question = questionText(text)
        if question.isEmpty && !exchanges.isEmpty { continue }
        exchanges.append(MindExchange(question: question, calls: [], results: [:], answer: ""))
      case .model(let text, let calls):
        guard !exchanges.isEmpty else { continue }
        exchanges[exchanges.count - 1].calls += calls
        exchanges[exchanges.count - 1].answer = text
      case .results(let results):
        guard !exchanges.isEmpty else { continue }
        for result in results { exchanges[exchanges.count - 1].results[result.id] = result }
      }
    }
    return exchanges
  }

  /// What the person wrote: elements such as `<context>…</context>` and lines in square brackets stand beside a
  /// question, they are not the question. A text of nothing else than an element is taken as it is.
  static func questionText(_ text: String) -> String {
    var rest = text[...]
    var kept = ""
    while let open = rest.firstIndex(of: "<") {
      let name = rest[rest.index(after: open)...].prefix { $0.isLetter || $0 == "_" || $0 == "-" }
      let closing = "</\(name)>"
      guard !name.isEmpty, let close = rest[open...].firstRange(of: closing) else {
        kept += rest[...open]
        rest = rest[rest.index(after: open)...]
        continue
      }
      kept += rest[..<open]
      rest = rest[close.upperBound...]
    }
    kept += rest
    let lines = kept.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      let trimmed = line.drop { $0 == " " }
      return !(trimmed.hasPrefix("[") && trimmed.hasSuffix("]"))
    }
    return lines.joined(separator: "\n").trimmed
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    var view = self[...]
    while view.first?.isWhitespace == true { view = view.dropFirst() }
    while view.last?.isWhitespace == true { view = view.dropLast() }
    return String(view)
  }
}
