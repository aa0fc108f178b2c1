/// How fast a simulated model speaks.
public struct ModelPace: Sendable, Hashable {
  /// Until the first piece.
  public var first: Duration
  /// Between two pieces: words of text, parts of arguments.
  public var piece: Duration

  public init(first: Duration, piece: Duration) {
    self.first = first
    self.piece = piece
  }

  /// At once, for tests.
  public static let immediate = ModelPace(first: .zero, piece: .zero)
  /// About 60 words a second after a third of a second: quick, yet seen to stream.
  public static let natural = ModelPace(first: .milliseconds(350), piece: .milliseconds(16))
}
