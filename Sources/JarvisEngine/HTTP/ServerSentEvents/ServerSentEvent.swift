/// One event of a `text/event-stream` (https://html.spec.whatwg.org/multipage/server-sent-events.html).
public struct ServerSentEvent: Sendable, Hashable {
  /// The event's name; "message" where none was given.
  public var event: String
  /// The data lines, joined by newlines, as they came: servers of models may split a character over two events.
  public var bytes: [UInt8]
  /// The last id the stream has given, in this event or an earlier one; empty if none.
  public var id: String
  public init(event: String = "message", bytes: [UInt8], id: String = "") {
    self.event = event
    self.bytes = bytes
    self.id = id
  }
  public init(event: String = "message", data: String, id: String = "") {
    self.init(event: event, bytes: Array(data.utf8), id: id)
  }

  /// `bytes` as text, broken UTF-8 repaired; empty where the only line was empty.
  public var data: String { String(decoding: bytes, as: UTF8.self) }
}
