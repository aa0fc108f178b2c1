import JarvisAPI

/// What holds for all nodes: keys, files, and the bounds of time and number.
public struct SSHSettings: Sendable {
  /// Asks for the passphrase of the key in a file; nil when nobody knows it. Asked at each new connection: keep the
  /// answer where a person must not be asked again.
  public typealias Passphrase = @Sendable (_ keyPath: String) async -> String?

  public var nodes: [SSHNode]
  /// The owner-only file with the host keys that were agreed to, in OpenSSH's format. It need not exist yet.
  public var knownHostsPath: String
  /// The private key for nodes that name none of their own.
  public var keyPath: String?
  /// The socket of an ssh-agent (`SSH_AUTH_SOCK`), asked where there is no key file or the node refuses it.
  public var agentSocket: String?
  public var passphrase: Passphrase
  public var times: SSHTimes
  public var bounds: SSHBounds

  public init(
    nodes: [SSHNode], knownHostsPath: String, keyPath: String? = nil, agentSocket: String? = nil,
    times: SSHTimes = SSHTimes(), bounds: SSHBounds = SSHBounds(), passphrase: @escaping Passphrase = { _ in nil }
  ) {
    self.nodes = nodes
    self.knownHostsPath = knownHostsPath
    self.keyPath = keyPath
    self.agentSocket = agentSocket
    self.times = times
    self.bounds = bounds
    self.passphrase = passphrase
  }
}

/// How long is waited for what.
public struct SSHTimes: Sendable, Hashable {
  /// From the name's look-up to the end of authentication, the passphrase's entry not counted.
  public var connect: Duration
  /// For the server's answer to a request on a standing connection; then the connection counts as dead.
  public var response: Duration
  /// For the end of a remote process that was told to end: TERM at once, KILL after a second.
  public var end: Duration
  /// An idle connection is asked for a sign of life this often.
  public var keepAlive: Duration

  /// How long after a command the watch over an idle connection begins again.
  var idleAfter: Duration { min(.milliseconds(250), keepAlive) }

  public init(
    connect: Duration = .seconds(10), response: Duration = .seconds(10), end: Duration = .seconds(5),
    keepAlive: Duration = .seconds(30)
  ) {
    self.connect = connect
    self.response = response
    self.end = end
    self.keepAlive = keepAlive
  }
}

/// How many of what.
public struct SSHBounds: Sendable, Hashable {
  /// Commands at the same time on one connection. OpenSSH's `MaxSessions` is 10; one more is used to end processes, one
  /// to ask for a sign of life.
  public var channels: Int
  /// Commands that wait for their turn on one node; more are refused.
  public var queue: Int
  /// Kept connections; of more nodes the rest is refused.
  public var connections: Int

  public init(channels: Int = 8, queue: Int = 64, connections: Int = 64) {
    self.channels = max(1, channels)
    self.queue = max(0, queue)
    self.connections = max(1, connections)
  }

  /// Jump hosts one behind the other.
  static let jumps = 4
}
