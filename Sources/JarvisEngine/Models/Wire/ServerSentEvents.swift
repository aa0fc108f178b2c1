/// One server-sent event: its name ("message" where none was given) and its data as bytes.
struct ServerSentEvent: Sendable, Hashable {
  var name: String
  /// Lines joined by a newline; not yet known to be valid UTF-8.
  var data: [UInt8]
}

/// Cuts a `text/event-stream` body into events, whatever the pieces it arrives in
/// (WHATWG HTML, "Interpreting an event stream").
struct ServerSentEvents {
  /// A longer event, or a longer line, is refused.
  static let maximumEventBytes = 8 << 20

  private var line: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  /// A carriage return ended the last line: a newline right after it belongs to it.
  private var afterReturn = false
  private var atStart = true

  /// Takes a piece and gives the events that it completed.
  /// - Throws: `ProviderError` of kind `malformed` for an event beyond `maximumEventBytes`.
  mutating func receive(_ piece: [UInt8]) throws(ProviderError) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    var index = piece.startIndex
    while index < piece.endIndex {
      if afterReturn {
        afterReturn = false
        if piece[index] == 0x0A {
          index += 1
          continue
        }
      }
      let end = piece[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? piece.endIndex
      guard line.count + data.count + (end - index) <= Self.maximumEventBytes else {
        throw ProviderError(
          .malformed, reason: "one event of the stream is longer than \(Self.maximumEventBytes) bytes")
      }
      line += piece[index..<end]
      if end < piece.endIndex {
        afterReturn = piece[end] == 0x0D
        if let event = endLine() { events.append(event) }
      }
      index = end + 1
    }
    return events
  }

  private mutating func endLine() -> ServerSentEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    if atStart {
      atStart = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    if line.isEmpty { return dispatch() }
    // A comment: llama.cpp sends one every 30 s to keep the connection open.
    if line[0] == UInt8(ascii: ":") { return nil }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[min(colon + 1, line.endIndex)...]
    if value.first == 0x20 { value = value.dropFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "event":
      name = String(decoding: value, as: UTF8.self)
    case "data":
      if hasData { data.append(0x0A) }
      data += value
      hasData = true
    default:
      break  // `id` and `retry` are for reconnecting, which a model's answer cannot.
    }
    return nil
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      name = ""
      data = []
      hasData = false
    }
    return hasData ? ServerSentEvent(name: name.isEmpty ? "message" : name, data: data) : nil
  }
}
