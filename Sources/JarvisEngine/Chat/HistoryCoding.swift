import Foundation
import JarvisModels

/// The models' side of a conversation as text, one message a row, so that it survives a restart byte for byte.
enum HistoryCoding {
  static func text(_ message: ModelMessage) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(message), as: UTF8.self)
  }

  /// The stored history made valid: a row that cannot be read is left out, and every tool call without its results
  /// – the engine died in between – gets an error result.
  static func history(_ rows: [String]) -> [ModelMessage] {
    var messages: [ModelMessage] = []
    for row in rows {
      // A row of a newer or older Jarvis that no longer decodes must not take the conversation with it.
      guard let message = try? JSONDecoder().decode(ModelMessage.self, from: Data(row.utf8)) else { continue }
      closeOpenCalls(&messages, next: message)
      messages.append(message)
    }
    closeOpenCalls(&messages, next: nil)
    return messages
  }

  private static func closeOpenCalls(_ messages: inout [ModelMessage], next: ModelMessage?) {
    guard case .assistant(_, let calls, _) = messages.last, !calls.isEmpty else { return }
    if case .user(let results, _) = next, Set(results.map(\.id)) == Set(calls.map(\.id)) { return }
    messages.append(
      .user(
        results: calls.map {
          ToolResult(id: $0.id, content: "Jarvis stopped before this call's result was known", isError: true)
        }, text: ""))
  }
}
