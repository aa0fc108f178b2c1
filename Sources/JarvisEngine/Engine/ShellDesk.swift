import JarvisAPI
import JarvisLock
import JarvisSSH
import JarvisStorage

/// The shells on the nodes as tools and screens use them; host keys that wait for a person are told to the screens.
final class ShellDesk: NodeShell {
  private let ssh: SSHShell
  private let emit: @Sendable (Event) -> Void
  private let told = Guarded<[HostKeyQuestion]>([])

  init(_ ssh: SSHShell, emit: @escaping @Sendable (Event) -> Void) {
    self.ssh = ssh
    self.emit = emit
  }

  /// The configured shells; nil where the options bring their own, or SSH is not set up.
  static func make(
    _ options: EngineOptions, _ directory: DataDirectory, emit: @escaping @Sendable (Event) -> Void
  ) throws(UserFacingError) -> ShellDesk? {
    guard options.shell == nil, let configuration = options.configuration.ssh else { return nil }
    return ShellDesk(
      try SSHAssembly.shell(configuration, dataDirectory: directory.path, environment: options.environment), emit: emit)
  }

  func execute(
    _ command: String, on node: String, limits: ShellLimits
  ) async throws(UserFacingError) -> ShellResult {
    do throws(UserFacingError) {
      return try await ssh.execute(command, on: node, limits: limits)
    } catch {
      await tell()
      throw error
    }
  }

  /// Hands a terminal to the user's login shell on a node.
  /// - Returns: the shell's exit code; nil where there is none.
  func run(on node: String, terminal: RemoteTerminal) async throws(UserFacingError) -> Int32? {
    do throws(SSHError) {
      return try await ssh.runShell(on: node, terminal: terminal)
    } catch {
      await tell()
      throw error.userFacing("open a shell on node \(node)")
    }
  }

  /// Host keys that wait for a person.
  var questions: [HostKeyQuestion] {
    get async { await ssh.hostKeyOffers.map(HostKeyQuestion.init) }
  }

  /// Pins a key that a person has compared.
  /// - Parameter fingerprint: as the person saw it; a key that was shown since is not meant.
  /// - Returns: what is pinned now.
  func trust(_ node: String, fingerprint: String) async throws(UserFacingError) -> HostKeyQuestion {
    let attempted = "trust the host key of \(node)"
    guard let offer = await ssh.hostKeyOffers.first(where: { $0.node == node }) else {
      throw UserFacingError(.usage, attempted: attempted, reason: "no host key of that node waits for an answer")
    }
    guard offer.key.fingerprint == fingerprint else {
      await tell()
      throw UserFacingError(
        .refused, attempted: attempted, reason: "the node shows another key by now: \(offer.key.fingerprint)",
        advice: "compare that one")
    }
    do throws(SSHError) { try await ssh.trust(offer) } catch { throw error.userFacing(attempted) }
    await tell()
    return HostKeyQuestion(offer)
  }

  func close() async { await ssh.close() }

  /// Tells the screens where the waiting keys are others than before.
  private func tell() async {
    let now = await questions
    let isNew = told.withLock { told in
      defer { told = now }
      return told != now
    }
    if isNew { emit(.system(.hostKeys(now))) }
  }
}

extension HostKeyQuestion {
  fileprivate init(_ offer: HostKeyOffer) {
    self.init(
      node: offer.node, host: offer.host, keyType: Sanitiser.clean(offer.key.type, keepingNewlines: false),
      fingerprint: offer.key.fingerprint, pinned: offer.known.map(\.fingerprint),
      commandToCompare: offer.commandToCompare)
  }
}
