import JarvisAPI

/// Commands on their way to the engine: the busy counter. None open means that the screen waits for nobody.
struct Requests: Sendable {
  /// What an answer is for.
  enum Purpose: Sendable, Equatable {
    case message
    case stop
    case decision(ApprovalID)
    case newConversation
    case open(ConversationID)
    case shell
    case memory
    case audit
    case change
  }

  private(set) var open: [RequestID: Purpose] = [:]
  private var next = 1

  var isIdle: Bool { open.isEmpty }

  /// Takes a number for a command; nil where too many are unanswered already.
  mutating func begin(_ purpose: Purpose) -> RequestID? {
    guard open.count < AppLimits.requestsOpen else { return nil }
    let id = RequestID(rawValue: next)
    next += 1
    open[id] = purpose
    return id
  }

  /// Takes a number back; nil where it was not open.
  mutating func end(_ id: RequestID) -> Purpose? { open.removeValue(forKey: id) }

  /// Nobody will answer any more.
  mutating func abandonAll() { open.removeAll() }
}
