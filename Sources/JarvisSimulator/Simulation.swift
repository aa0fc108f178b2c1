import Foundation
import JarvisSSH

/// A simulated Proxmox cluster that can be talked to: one HTTPS port for each node, and shells on the nodes.
///
/// ```swift
/// let simulation = try await Simulation.start()
/// // ask simulation.entrances[0].url with "Authorization: PVEAPIToken=\(simulation.token)", trusting simulation.authorityPEM
/// simulation.cluster.update { $0.crash(102) }
/// await simulation.stop()
/// ```
public final class Simulation: Sendable {
  /// How to start one.
  public struct Options: Sendable {
    public var cluster: SimulatedCluster.Configuration
    public var seed: UInt64
    /// The time now.
    public var clock: @Sendable () -> Date
    /// Waits for the delays of faults.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// The port of the first node's entrance, the others take the next ones; 0 takes free ones.
    public var firstPort: Int
    /// True to give each node a loopback address of its own (127.0.0.11, …) on one common port, told by
    /// `/cluster/status`: a client can then find the other entrances by itself, as with a real cluster.
    public var ownAddresses: Bool
    /// False for plain HTTP.
    public var tls: Bool

    public init(
      cluster: SimulatedCluster.Configuration = .homelab(), seed: UInt64 = 1,
      clock: @escaping @Sendable () -> Date = { Date() },
      sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
      firstPort: Int = 0, ownAddresses: Bool = false, tls: Bool = true
    ) {
      self.cluster = cluster
      self.seed = seed
      self.clock = clock
      self.sleep = sleep
      self.firstPort = firstPort
      self.ownAddresses = ownAddresses
      self.tls = tls
    }
  }

  /// The port of one node.
  public struct Entrance: Sendable, Hashable {
    public let node: String
    /// `https://127.0.0.1:PORT`; the API lies below `/api2/json`.
    public let url: String
  }

  /// One for each node, in the cluster's order.
  public let entrances: [Entrance]
  /// The cluster to look at, and to change by hand.
  public let cluster: LiveCluster
  /// Shells on the nodes.
  public let shell: SimulatedNodeShell
  /// The cluster's own authority: what clients are told to trust.
  public let authorityPEM: String
  /// "USER@REALM!ID=UUID" of the first token of the configuration.
  public let token: String
  /// The thread that its servers run on; further simulated servers may share it.
  public let loop: ServerLoop

  private let shared: ProxmoxShared
  private let certificates: CertificateOffice?
  private let servers: [String: SimulatedServer]

  private init(
    shared: ProxmoxShared, certificates: CertificateOffice?, servers: [(node: String, server: SimulatedServer)],
    loop: ServerLoop
  ) {
    self.shared = shared
    self.certificates = certificates
    self.loop = loop
    cluster = shared.cluster
    shell = SimulatedNodeShell(cluster: shared.cluster)
    entrances = servers.map { Entrance(node: $0.node, url: $0.server.url) }
    self.servers = Dictionary(uniqueKeysWithValues: servers.map { ($0.node, $0.server) })
    authorityPEM = certificates?.authority.pem ?? ""
    token = shared.cluster.update { $0.tokens.first.flatMap(Self.text) ?? "" }
  }

  /// Starts everything.
  /// - Throws: `SimulatorError` where the configuration contradicts itself or a port is taken.
  public static func start(_ options: Options = Options()) async throws(SimulatorError) -> Simulation {
    var options = options
    if options.ownAddresses {
      for index in options.cluster.nodes.indices {
        options.cluster.nodes[index].address = "127.0.0.\(11 + index)"
      }
    }
    let cluster = LiveCluster(
      try SimulatedCluster(options.cluster, seed: options.seed, at: options.clock()), clock: options.clock)
    let shared = ProxmoxShared(cluster: cluster, sleep: options.sleep)
    let certificates = options.tls ? try CertificateOffice(nodes: options.cluster.nodes, now: options.clock()) : nil
    if let certificates { shared.show(certificates.current, authority: certificates.authority.pem) }
    let loop = ServerLoop()
    let servers = try await Doorway.open(options, shared: shared, certificates: certificates, on: loop)
    return Simulation(shared: shared, certificates: certificates, servers: servers, loop: loop)
  }

  /// Stops all ports and waits for their end.
  public func stop() async {
    for server in servers.values { await server.stop() }
    await loop.stop()
  }

  /// What goes wrong on purpose.
  public var faults: SimulatedFaults {
    get { shared.faults }
    set { shared.faults = newValue }
  }

  /// "USER@REALM!ID=UUID" of a token of the configuration, by its name "USER@REALM!ID".
  public func token(named name: String) -> String? {
    cluster.update { $0.tokens.first { $0.name == name }.flatMap(Self.text) }
  }

  private static func text(_ token: SimulatedToken) -> String? {
    token.secret.map { "\(token.name)=\($0)" }
  }

  /// SHA-256 of a node's certificate, 32 bytes; nil for plain HTTP or an unknown node.
  public func certificateSHA256(of node: String) -> [UInt8]? {
    certificates?.current[node]?.certificate.sha256
  }

  /// A node's fingerprint as Proxmox writes it: "AA:BB:…".
  public func fingerprint(of node: String) -> String? {
    certificates?.current[node]?.certificate.fingerprint
  }

  /// Gives a node a new certificate of the same authority: connections made from now on see it.
  public func renewCertificate(of node: String) throws(SimulatorError) {
    guard let certificates, let server = servers[node] else { return }
    try server.replaceCertificate(certificates.renew(node))
    shared.show(certificates.current, authority: certificates.authority.pem)
  }

  /// What a node's port has seen so far.
  public func counts(of node: String) -> ServerCounts {
    servers[node]?.counts ?? ServerCounts()
  }

  /// Cuts all open connections, as a switch that restarts does.
  public func cutConnections() async {
    for server in servers.values { await server.cutConnections() }
  }
}
