/// Reads `text/event-stream` from pieces that may be cut anywhere, also inside a character or a line ending, by the
/// rules of https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation to the letter.
///
/// An event that has no blank line after it when the stream ends is incomplete and, as the rules say, not an event.
public struct ServerSentEventParser: Sendable {
  /// Default for the most bytes one event may have.
  public static let defaultMaximumEventBytes = 8 << 20

  /// The stream's last id; survives across events.
  public private(set) var lastEventID = ""
  /// The stream's wish how long to wait before reconnecting.
  public private(set) var reconnectionTime: Duration?

  /// Bytes of one event's fields and of the line being read, together; comments count while they are read.
  private let maximumEventBytes: Int
  /// The bytes of the line so far.
  private var line: [UInt8] = []
  /// A CR ended the last line: a LF that comes next belongs to it.
  private var afterCarriageReturn = false
  /// How many bytes of a byte order mark the stream has begun with; nil when that is decided.
  private var markBytes: Int? = 0
  private var data: [UInt8] = []
  private var name = ""
  private var pendingID = ""

  public init(maximumEventBytes: Int = Self.defaultMaximumEventBytes) { self.maximumEventBytes = maximumEventBytes }

  /// Takes the next bytes and returns the events that they complete.
  /// - Throws: `HTTPError.tooLarge` when an event outgrows the limit; the parser is of no use afterwards.
  public mutating func consume(_ bytes: some Sequence<UInt8>) throws(HTTPError) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    for byte in bytes {
      if let seen = markBytes {
        if skipsMark(byte, seen: seen) { continue }
      }
      if byte == UInt8(ascii: "\n") {
        if afterCarriageReturn { afterCarriageReturn = false } else { endLine(&events) }
      } else if byte == UInt8(ascii: "\r") {
        afterCarriageReturn = true
        endLine(&events)
      } else {
        afterCarriageReturn = false
        guard line.count + data.count + name.utf8.count < maximumEventBytes else {
          throw .tooLarge(limit: maximumEventBytes)
        }
        line.append(byte)
      }
    }
    return events
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// True while `byte` belongs to a byte order mark at the stream's start. What only looked like one goes to the line.
  private mutating func skipsMark(_ byte: UInt8, seen: Int) -> Bool {
    guard byte == Self.byteOrderMark[seen] else {
      line = Array(Self.byteOrderMark.prefix(seen))
      markBytes = nil
      return false
    }
    markBytes = seen + 1 == Self.byteOrderMark.count ? nil : seen + 1
    return true
  }

  private mutating func endLine(_ events: inout [ServerSentEvent]) {
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else {
      if let event = dispatch() { events.append(event) }
      return
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return field(line[...], value: []) }
    // A line that begins with a colon is a comment.
    guard colon > 0 else { return }
    var value = line[(colon + 1)...]
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    field(line[..<colon], value: value)
  }

  private mutating func field(_ field: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    switch String(decoding: field, as: UTF8.self) {
    case "event": name = String(decoding: value, as: UTF8.self)
    case "data":
      data += value
      data.append(UInt8(ascii: "\n"))
    case "id":
      if !value.contains(0) { pendingID = String(decoding: value, as: UTF8.self) }
    case "retry":
      let digits = value.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      if digits, let milliseconds = Int64(String(decoding: value, as: UTF8.self)) {
        reconnectionTime = .milliseconds(milliseconds)
      }
    default: break
    }
  }

  /// The blank line: makes an event of what was gathered, unless there is no data.
  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      data.removeAll(keepingCapacity: true)
      name = ""
    }
    lastEventID = pendingID
    guard !data.isEmpty else { return nil }
    return ServerSentEvent(
      event: name.isEmpty ? "message" : name, bytes: Array(data.dropLast()), id: lastEventID)
  }
}
