import JarvisModels

/// What code answered and what a person ran by hand, as the models are told of it in later turns: "and is it still
/// running?" means something also after `/start win11`.
enum CodeHistory {
  /// Bytes of results kept of one turn; head and tail of more.
  static let maximumResult = 3_000

  /// A typed command with its result.
  static func typed(_ line: String, result: String, ended: Bool) -> [ModelMessage] {
    [
      .user(
        results: [],
        text: "(The operator ran the typed command `/\(line)` by hand\(ended ? "" : ", and stopped it").)\n\n"
          + wrapped(result)),
      .assistant(text: "(noted)", calls: [], raw: nil),
    ]
  }

  /// A question that code answered from tools.
  static func facts(_ question: String, results: [String]) -> [ModelMessage] {
    [
      .user(results: [], text: question + "\n\n" + wrapped(results.joined(separator: "\n"))),
      .assistant(text: "(Answered by code with these facts; no model was asked.)", calls: [], raw: nil),
    ]
  }

  /// A question that nobody could answer.
  static func unanswered(_ question: String) -> [ModelMessage] {
    [.user(results: [], text: question), .assistant(text: "(No model could be asked.)", calls: [], raw: nil)]
  }

  /// Results are data from outside: they stand between marks that they cannot write themselves.
  private static func wrapped(_ result: String) -> String {
    "<facts from=\"tools\">\n" + LocalPrompt.cut(result, to: maximumResult).replacing("</", with: "<\\/") + "\n</facts>"
  }
}
