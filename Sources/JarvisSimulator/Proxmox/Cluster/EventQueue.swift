/// What is going to happen, in the order of its time. Equal times keep the order in which they were put in.
struct EventQueue: Sendable {
  enum Kind: Sendable, Hashable {
    case taskEnds(upid: String)
    case crash
    case outage
    case nodeReturns(String)
    case backup
    case housekeeping
    case scrub
  }

  struct Event: Sendable {
    let at: Double
    let kind: Kind
  }

  /// Events kept; a cluster has one per running task and a handful more.
  static let limit = 10_000

  /// Latest first, so that the next one is taken from the end.
  private var waiting: [Event] = []

  mutating func add(_ kind: Kind, at time: Double) {
    guard waiting.count < Self.limit else { return }
    let index = waiting.firstIndex { $0.at <= time } ?? waiting.endIndex
    waiting.insert(Event(at: time, kind: kind), at: index)
  }

  /// Takes the next event out, where it is due by then.
  mutating func next(upTo time: Double) -> Event? {
    guard let last = waiting.last, last.at <= time else { return nil }
    return waiting.removeLast()
  }

  /// Drops what has not happened yet and matches.
  mutating func remove(_ matches: (Kind) -> Bool) {
    waiting.removeAll { matches($0.kind) }
  }
}
