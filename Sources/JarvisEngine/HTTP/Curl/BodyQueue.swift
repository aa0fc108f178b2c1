/// The pieces of a body between the transfer that brings them and the reader that takes them. Pure and bounded.
struct BodyQueue: Sendable {
  /// What a reader gets.
  enum Taken {
    /// A piece; where `resume` is true, the transfer waits to be told to go on.
    case piece([UInt8], resume: Bool)
    case end
    case failure(HTTPError)
    /// Nothing yet.
    case nothing
  }

  private let limit: Int
  private var pieces: [[UInt8]] = []
  /// Index of the first piece that was not taken; the array is compacted when it is empty.
  private var first = 0
  private var bytes = 0
  private var isPaused = false
  private var outcome: Result<Void, HTTPError>?
  /// The reader has been told of the end: it has the whole body.
  private var isRead = false

  /// - Parameter limit: bytes that may wait; a piece is still taken while fewer do.
  init(limit: Int) { self.limit = limit }

  /// Whether the transfer has ended, well or not.
  var isFinished: Bool { outcome != nil }

  /// True if a piece may be added now; if not, the transfer must pause until a `Taken` says `resume`.
  mutating func hasRoom() -> Bool {
    guard bytes >= limit else { return true }
    isPaused = true
    return false
  }

  mutating func add(_ piece: [UInt8]) {
    guard outcome == nil, !piece.isEmpty else { return }
    pieces.append(piece)
    bytes += piece.count
  }

  /// The first outcome counts; what was queued before it is still given out.
  mutating func finish(_ result: Result<Void, HTTPError>) {
    if outcome == nil { outcome = result }
  }

  /// Throws away what waits: the reader has gone. Unless it had read to the end, what is taken from now on is `error`,
  /// though the transfer ended well: half a body must not pass for the whole.
  mutating func abandon(_ error: HTTPError) {
    pieces = []
    first = 0
    bytes = 0
    isPaused = false
    if case .success = outcome, !isRead { outcome = .failure(error) }
    finish(.failure(error))
  }

  mutating func take() -> Taken {
    guard first < pieces.count else {
      switch outcome {
      case nil: return .nothing
      case .success:
        isRead = true
        return .end
      case .failure(let error): return .failure(error)
      }
    }
    let piece = pieces[first]
    pieces[first] = []
    first += 1
    if first == pieces.count {
      pieces.removeAll(keepingCapacity: true)
      first = 0
    }
    bytes -= piece.count
    // Half empty before going on, so that a fast server does not pause at every piece.
    let resume = isPaused && bytes <= limit / 2
    if resume { isPaused = false }
    return .piece(piece, resume: resume)
  }
}
