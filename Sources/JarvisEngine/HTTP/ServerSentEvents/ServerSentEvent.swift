/// One event of a `text/event-stream` (https://html.spec.whatwg.org/multipage/server-sent-events.html).
public struct ServerSentEvent: Sendable, Hashable {
  /// The event's name; "message" where none was given.
  public var event: String
  /// The data lines, joined by newlines; empty where the only one was empty.
  public var data: String
  /// The last id the stream has given, in this event or an earlier one; empty if none.
  public var id: String
  public init(event: String = "message", data: String, id: String = "") {
    self.event = event
    self.data = data
    self.id = id
  }
}
