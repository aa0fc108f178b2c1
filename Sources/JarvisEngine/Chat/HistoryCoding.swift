import Foundation
import JarvisModels

/// The models' side of a conversation as text, one message a row, so that it survives a restart byte for byte.
enum HistoryCoding {
  static func text(_ message: ModelMessage) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(message), as: UTF8.self)
  }

  /// The stored history. What an engine that died left open in it is closed where a request is written
  /// (`JarvisModels`, `History.repaired`).
  static func history(_ rows: [String]) -> [ModelMessage] {
    // A row of a newer or older Jarvis that no longer decodes must not take the conversation with it.
    rows.compactMap { try? JSONDecoder().decode(ModelMessage.self, from: Data($0.utf8)) }
  }
}
