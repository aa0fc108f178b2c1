import JarvisAPI
import JarvisLock

/// What the ports of all nodes have in common: one cluster, its faults, its certificates.
final class ProxmoxShared: Sendable {
  let cluster: LiveCluster
  /// Waits for a delay; tests pass one that a clock of theirs controls.
  let sleep: @Sendable (Duration) async throws -> Void
  private let tokens: [SimulatedToken]
  private let state: Guarded<State>

  private struct State {
    var faults = SimulatedFaults()
    var certificates: [String: NodeCertificate] = [:]
    var authorityPEM: String?
  }

  init(
    cluster: LiveCluster,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.cluster = cluster
    self.sleep = sleep
    tokens = cluster.update { $0.tokens }
    state = Guarded(State())
  }

  var faults: SimulatedFaults {
    get { state.withLock { $0.faults } }
    set { state.withLock { $0.faults = newValue } }
  }

  func strike(method: String, path: String, entrance: String) -> SimulatedFaults.Effect? {
    state.withLock { $0.faults.strike(method: method, path: path, entrance: entrance) }
  }

  func authenticate(_ header: String?) throws(APIFailure) -> Caller {
    try Caller.authenticate(header, tokens: tokens)
  }

  func show(_ certificates: [String: NodeCertificate], authority: String) {
    state.withLock {
      $0.certificates = certificates
      $0.authorityPEM = authority
    }
  }

  func call(_ caller: Caller, _ parameters: Parameters, entrance: String) -> APICall {
    state.withLock {
      APICall(
        caller: caller, parameters: parameters, entrance: entrance, certificates: $0.certificates,
        authorityPEM: $0.authorityPEM)
    }
  }
}
