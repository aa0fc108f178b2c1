import JarvisAPI

/// Makes a conversation's history legal for every API: users and assistants take turns, and each tool call is answered in
/// the very next user message, by an error where nothing better is known (`models.md`: also after cancel, denial or crash).
enum History {
  /// Stands in for a result that was never recorded.
  static let missingResult = #"{"error":"interrupted before a result was recorded","advice":"read the state again"}"#

  static func repaired(_ messages: [ModelMessage]) -> [ModelMessage] {
    var result: [ModelMessage] = []
    for message in messages {
      switch message {
      case .assistant: result.append(message)
      case .user(let results, let text):
        if case .user(let earlier, let before)? = result.last {
          let joined = [before, text].filter { !$0.isBlank }.joined(separator: "\n\n")
          result[result.count - 1] = .user(results: earlier + results, text: joined)
        } else {
          result.append(message)
        }
      }
    }
    return answered(result)
  }

  /// Gives each call exactly one result, in the order of the calls, and drops results without a call.
  private static func answered(_ messages: [ModelMessage]) -> [ModelMessage] {
    var result: [ModelMessage] = []
    var open: [ToolCallRequest] = []
    for message in messages {
      switch message {
      case .assistant(_, let calls, _):
        if !open.isEmpty { result.append(.user(results: results(for: open, from: []), text: "")) }
        open = calls
        result.append(message)
      case .user(let given, let text):
        result.append(.user(results: results(for: open, from: given), text: text))
        open = []
      }
    }
    if !open.isEmpty { result.append(.user(results: results(for: open, from: []), text: "")) }
    return result
  }

  private static func results(for calls: [ToolCallRequest], from given: [ToolResult]) -> [ToolResult] {
    calls.map { call in
      given.first { $0.id == call.id } ?? ToolResult(id: call.id, content: missingResult, isError: true)
    }
  }
}

extension String {
  /// True without any visible character: the Messages API refuses such text blocks.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
