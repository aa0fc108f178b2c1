import Foundation

/// The kept connections, one for each node.
actor ConnectionPool {
  private typealias Attempt = Task<Result<SSHConnection, SSHError>, Never>

  private enum Slot {
    case connecting(Attempt)
    case connected(SSHConnection)
  }

  private let settings: SSHSettings
  private let knownHosts: KnownHostsFile
  private let loop: SSHLoop
  private let makeNonce: @Sendable () -> String
  private var slots: [String: Slot] = [:]
  private var offered: [String: HostKeyOffer] = [:]
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(
    settings: SSHSettings, knownHosts: KnownHostsFile, loop: SSHLoop, makeNonce: @escaping @Sendable () -> String
  ) {
    self.settings = settings
    self.knownHosts = knownHosts
    self.loop = loop
    self.makeNonce = makeNonce
  }

  func run(_ command: String, on node: String, limits: ShellLimits) async throws(SSHError) -> ShellResult {
    let connection = try await connection(to: node)
    do throws(SSHError) {
      return try await connection.run(command, limits: limits, nonce: makeNonce())
    } catch .dropped(_, mayHaveRun: false) {
      // Not a byte of the command had been sent: once more, on a new connection.
      return try await self.connection(to: node).run(command, limits: limits, nonce: makeNonce())
    }
  }

  var offers: [HostKeyOffer] { offered.values.sorted { $0.node < $1.node } }

  func isConnected(to node: String) async -> Bool {
    guard case .connected(let connection) = slots[node] else { return false }
    return await connection.isUsable
  }

  func forget(_ offer: HostKeyOffer) {
    offered = offered.filter { $0.value.host != offer.host }
  }

  func close() async {
    let all = slots.values
    slots = [:]
    for slot in all {
      switch slot {
      case .connecting(let attempt): attempt.cancel()
      case .connected(let connection): await connection.drop("it was closed")
      }
    }
  }

  // MARK: Connecting

  /// The kept connection, or a new one; those who ask at the same time share the attempt.
  func connection(to name: String) async throws(SSHError) -> SSHConnection {
    if case .connected(let connection) = slots[name] {
      if await connection.isUsable { return connection }
      if case .connected(let still) = slots[name], still === connection { slots[name] = nil }
    }
    let attempt: Attempt
    switch slots[name] {
    case .connected(let connection): return connection
    case .connecting(let running): attempt = running
    case nil:
      attempt = try begin(name)
      slots[name] = .connecting(attempt)
    }
    return try await Patience.value(of: attempt).get()
  }

  private func begin(_ name: String) throws(SSHError) -> Attempt {
    guard let node = settings.nodes.first(where: { $0.name == name }) else {
      throw .unknownNode(known: settings.nodes.map(\.name))
    }
    try checkJumps(from: node)
    guard slots.count < settings.bounds.connections else {
      throw .outOfResources("\(settings.bounds.connections) SSH connections are kept already")
    }
    return Task {
      do throws(SSHError) {
        let connection = try await connect(to: node)
        finish(name, .connected(connection))
        return .success(connection)
      } catch {
        finish(name, nil)
        switch error {
        case .hostKeyUnknown(let offer), .hostKeyChanged(let offer): offered[name] = offer
        default: break
        }
        return .failure(error)
      }
    }
  }

  /// Before anything is begun: in a circle each attempt would wait for another one.
  private func checkJumps(from node: SSHNode) throws(SSHError) {
    var current = node
    var left = SSHBounds.jumps
    while let jump = current.jump {
      guard left > 0 else { throw .jump("the jump hosts of \(node.name) lead in a circle or too far") }
      guard let next = settings.nodes.first(where: { $0.name == jump }) else {
        throw .jump("there is no jump host \(jump), which \(current.name) names")
      }
      left -= 1
      current = next
    }
  }

  /// Nothing is kept of an attempt that was closed meanwhile.
  private func finish(_ name: String, _ slot: Slot?) {
    guard case .connecting(let attempt) = slots[name], !attempt.isCancelled, !Task.isCancelled else { return }
    slots[name] = slot
  }

  private func connect(to node: SSHNode) async throws(SSHError) -> SSHConnection {
    let keys = try await AuthenticationKeys.gather(for: node, settings)
    let deadline: SSHLoop.Instant
    let descriptor: Int32
    if let jump = node.jump {
      let outer = try await connection(to: jump)
      deadline = .now + settings.times.connect
      descriptor = try await outer.tunnel(to: node)
    } else {
      deadline = .now + settings.times.connect
      descriptor = try await SocketDial(loop: loop, node: node, deadline: deadline).connect()
    }
    let connection = try SSHConnection(
      node: node, descriptor: descriptor, loop: loop, times: settings.times, bounds: settings.bounds)
    try await connection.establish(knownHosts: knownHosts, keys: keys, until: deadline)
    return connection
  }
}
