/// A request as a simulated service sees it. One HTTP server carries them all.
public struct SimulatedRequest: Sendable {
  public var method: String
  /// Percent-decoded path without the query.
  public var path: String
  /// The path as it was sent.
  public var rawPath: String
  public var query: [(name: String, value: String)]
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  public init(
    method: String, path: String, rawPath: String, query: [(name: String, value: String)],
    headers: [(name: String, value: String)], body: [UInt8]
  ) {
    self.method = method
    self.path = path
    self.rawPath = rawPath
    self.query = query
    self.headers = headers
    self.body = body
  }
  /// The first header of this name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// A response, whole or in pieces, well-formed or cut on purpose.
public struct SimulatedResponse: Sendable {
  public enum Body: Sendable {
    /// Sent with `Content-Length`.
    case bytes([UInt8])
    /// Sent chunked, piece by piece as they come.
    case stream(AsyncStream<[UInt8]>)
    /// Sends these bytes of a longer announced body and closes the connection: a cut transfer.
    case cut([UInt8])
    /// Closes the connection without a status line.
    case hangUp
    /// Never answers, until the client leaves.
    case silence
    /// No body and no `Content-Length`; the connection closes behind the head. Proxmox answers 401 and 595 so.
    case none
  }
  public var status: Int
  /// The reason phrase; Proxmox puts its error text there.
  public var reason: String
  public var headers: [(name: String, value: String)]
  public var body: Body
  public init(status: Int, reason: String, headers: [(name: String, value: String)] = [], body: Body) {
    self.status = status
    self.reason = reason
    self.headers = headers
    self.body = body
  }
}

/// What answers on one port: the Proxmox API, or a model's.
public protocol SimulatedService: Sendable {
  /// False while the host is down: new connections are closed before a byte is exchanged.
  var reachable: Bool { get }
  /// Answers one request. The task is cancelled when the client leaves.
  func respond(to request: SimulatedRequest) async -> SimulatedResponse
}

extension SimulatedService {
  public var reachable: Bool { true }
}
