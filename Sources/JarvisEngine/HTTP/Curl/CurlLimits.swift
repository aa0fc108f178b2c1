/// What one transport may use at most.
public struct CurlLimits: Sendable, Hashable {
  /// Connections open at a time, idle ones included. Requests beyond wait, at the cost of their connect timeout.
  public var connections: Int
  /// Idle connections kept for reuse.
  public var idleConnections: Int
  /// Bytes of a body that wait for their reader. Above, the transfer pauses and the server is slowed down; up to one
  /// more piece from libcurl (`pieceBytes`) may come on top.
  public var queuedBytes: Int
  /// The most bytes libcurl hands over at once.
  public var pieceBytes: Int

  public init(
    connections: Int = 128, idleConnections: Int = 32, queuedBytes: Int = 512 << 10, pieceBytes: Int = 64 << 10
  ) {
    self.connections = connections
    self.idleConnections = idleConnections
    self.queuedBytes = queuedBytes
    self.pieceBytes = pieceBytes
  }
}
