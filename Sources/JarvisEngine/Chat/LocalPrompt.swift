import JarvisAPI
import JarvisModels

/// Makes a conversation fit a small window: system, facts, as much recent history as fits, reply (`models.md`).
enum LocalPrompt {
  /// Tokens kept free for the reply.
  static let reply = 512
  /// Tokens a margin for the template's own marks.
  static let margin = 64
  /// Bytes a token, on the safe side.
  static let bytesPerToken = 3

  static func request(history: [ModelMessage], question: String, facts: String?, window: Int) -> ModelRequest {
    var room = (window - reply - margin) * bytesPerToken - SystemPrompt.local.utf8.count
    let asked = facts.map { "<facts>\n\(cut($0, to: max(300, room / 2)))\n</facts>\n\n\(question)" } ?? question
    let last = cut(asked, to: max(300, room))
    room -= last.utf8.count
    var kept: [ModelMessage] = []
    for message in history.reversed() {
      guard let plain = plainText(message) else { continue }
      let size = text(of: plain).utf8.count + 24
      if size > room { break }
      room -= size
      kept.append(plain)
    }
    // A window that begins with an answer lacks its question.
    if case .assistant? = kept.last { kept.removeLast() }
    return ModelRequest(
      system: SystemPrompt.local, messages: kept.reversed() + [.user(results: [], text: last)], maximumOutput: reply)
  }

  /// A message without tools and without digests of the past: what a model without tools can use.
  private static func plainText(_ message: ModelMessage) -> ModelMessage? {
    switch message {
    case .user(_, let text):
      let plain = ClusterDigest.removed(from: text)
      return plain.isEmpty ? nil : .user(results: [], text: plain)
    case .assistant(let text, _, _): return text.isEmpty ? nil : .assistant(text: text, calls: [], raw: nil)
    }
  }

  private static func text(of message: ModelMessage) -> String {
    switch message {
    case .user(_, let text), .assistant(let text, _, _): text
    }
  }

  /// Head and tail where the text is too long, the cut said.
  static func cut(_ text: String, to bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    let half = max(0, bytes / 2 - 16)
    let head = String(decoding: text.utf8.prefix(half), as: UTF8.self)
    let tail = String(decoding: text.utf8.suffix(half), as: UTF8.self)
    return head + "\n[… cut …]\n" + tail
  }
}
