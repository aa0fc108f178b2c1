/// Bounds of one simulated server.
public struct ServerLimits: Sendable {
  /// A longer request body is answered with `oversize` and the connection closes. Bytes.
  public var bodyBytes: Int
  /// More clients than this are hung up on as they connect.
  public var connections: Int
  /// Requests that a client may send ahead of their answers; more close the connection.
  public var pipelined: Int
  /// What a too long body is answered with: status and text.
  public var oversize: (status: Int, reason: String)

  public init(
    bodyBytes: Int = 4 << 20, connections: Int = 256, pipelined: Int = 8,
    oversize: (status: Int, reason: String) = (413, "Content Too Large")
  ) {
    self.bodyBytes = bodyBytes
    self.connections = connections
    self.pipelined = pipelined
    self.oversize = oversize
  }
}
