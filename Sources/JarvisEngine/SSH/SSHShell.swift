import Foundation
import JarvisAPI

/// Shells on real nodes, over SSH: one kept connection to each, made when it is first needed and again after a drop.
public final class SSHShell: NodeShell {
  private let pool: ConnectionPool
  private let knownHosts: KnownHostsFile

  /// - Parameter makeNonce: a word of letters and digits that output does not contain by chance.
  /// - Throws: `SSHError.outOfResources`.
  public init(
    settings: SSHSettings,
    makeNonce: @escaping @Sendable () -> String = { UUID().uuidString.filter { $0 != "-" } }
  ) throws(SSHError) {
    knownHosts = KnownHostsFile(path: settings.knownHostsPath)
    pool = ConnectionPool(
      settings: settings, knownHosts: knownHosts, loop: try SSHLoop(), makeNonce: makeNonce)
  }

  public func execute(
    _ command: String, on node: String, limits: ShellLimits
  ) async throws(UserFacingError) -> ShellResult {
    do throws(SSHError) { return try await run(command, on: node, limits: limits) } catch {
      throw error.userFacing("run a command on node \(node)")
    }
  }

  /// As `execute`, with the error as a value to act upon.
  public func run(
    _ command: String, on node: String, limits: ShellLimits = ShellLimits()
  ) async throws(SSHError) -> ShellResult {
    try await pool.run(command, on: node, limits: limits)
  }

  /// Connects where no connection is kept: for `doctor`, and to learn a host key.
  public func connect(to node: String) async throws(SSHError) { _ = try await pool.connection(to: node) }

  /// Hands a terminal to the user's login shell on a node until that shell or the terminal ends, or the task is
  /// cancelled. What is typed there is not read by the safety gate.
  /// - Returns: the shell's exit code; nil where there is none.
  public func runShell(on node: String, terminal: RemoteTerminal) async throws(SSHError) -> Int32? {
    try await pool.connection(to: node).shell(terminal)
  }

  /// Pins the offered key as the host's only one. Call it only when a person has compared the fingerprint and agreed.
  public func trust(_ offer: HostKeyOffer) async throws(SSHError) {
    try knownHosts.trust(offer)
    await pool.forget(offer)
  }

  /// Whether a connection to the node is kept, as far as is known.
  public func isConnected(to node: String) async -> Bool { await pool.isConnected(to: node) }

  /// Host keys that were met and wait for a person: unknown and changed ones, at most one for each node.
  public var hostKeyOffers: [HostKeyOffer] {
    get async { await pool.offers }
  }

  /// Ends all connections. What is under way fails; the next command connects anew.
  public func close() async { await pool.close() }
}
