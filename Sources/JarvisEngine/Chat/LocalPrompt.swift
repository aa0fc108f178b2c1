import JarvisAPI
import JarvisMemory
import JarvisModels

/// Makes a conversation fit a small window: system, facts, as much recent history as fits, reply (`models.md`).
enum LocalPrompt {
  /// Tokens kept free for the reply.
  static let reply = 512
  /// Tokens a margin for the template's own marks.
  static let margin = 64
  /// Bytes a token, on the safe side.
  static let bytesPerToken = 3

  /// What memory may take of the window for this question: at most half of what its facts leave.
  static func memoryBudget(question: String, facts: String?, window: Int) -> MemoryBudget {
    let left = room(window) - asked(question, facts, room(window)).utf8.count
    return .small(left / 2 / bytesPerToken - MemoryNote.overhead)
  }

  /// - Parameter memory: what was recalled within `memoryBudget`; empty for none.
  static func request(
    history: [ModelMessage], question: String, facts: String?, memory: String = "", window: Int
  ) -> ModelRequest {
    var room = room(window)
    var last = asked(question, facts, room)
    if !memory.isEmpty, last.utf8.count + memory.utf8.count + 2 <= room { last = memory + "\n\n" + last }
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

  /// Counts of one prompt at most.
  static let maximumCounts = 4

  /// The request that fits by the server's own count: three bytes a token is too few for digits, code and some scripts.
  /// - Parameters:
  ///   - count: tokens of a request, asked for only where bytes leave a doubt.
  ///   - make: a request for a window of this size.
  static func fitted(
    window: Int, count: (ModelRequest) async -> Int, make: (Int) -> ModelRequest
  ) async -> ModelRequest {
    let space = window - reply - margin
    var size = window
    var request = make(size)
    for _ in 0..<maximumCounts {
      let bytes = request.messages.reduce(request.system.utf8.count) { $0 + text(of: $1).utf8.count }
      // Not even at a byte a token it would be too long.
      guard bytes > space else { break }
      let counted = await count(request)
      guard counted + reply > window else { break }
      // As many bytes as fit at the bytes a token that this text has.
      size = min(size - margin, reply + margin + space * bytes / (bytesPerToken * counted))
      request = make(size)
    }
    return request
  }

  /// Bytes for everything but system text, reply and margin.
  private static func room(_ window: Int) -> Int {
    (window - reply - margin) * bytesPerToken - SystemPrompt.local.utf8.count
  }

  private static func asked(_ question: String, _ facts: String?, _ room: Int) -> String {
    let asked = facts.map { "<facts>\n\(cut($0, to: max(300, room / 2)))\n</facts>\n\n\(question)" } ?? question
    return cut(asked, to: max(300, room))
  }

  /// A message without tools and without digests and memories of the past: what a model without tools can use.
  private static func plainText(_ message: ModelMessage) -> ModelMessage? {
    switch message {
    case .user(_, let text):
      let plain = MemoryNote.removed(from: ClusterDigest.removed(from: text))
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
