import Foundation
import JarvisHTTP

/// Carries calls to whichever node answers.
///
/// Reads are asked again elsewhere when a node fails. A mutation is asked again only where it surely never left: the
/// connection was refused, could not be made, or its certificate was not accepted.
actor ProxmoxGateway {
  /// How many nodes are asked for one call before it fails.
  static let maximumAttempts = 3

  private let transport: any HTTPTransport
  private let token: APIToken
  private let now: @Sendable () -> Date
  private let readTimeouts: HTTPTimeouts
  private let writeTimeouts: HTTPTimeouts
  private var chooser: EndpointChooser
  /// The endpoint that answered last.
  private(set) var current: ClusterEndpoint?

  init(
    transport: any HTTPTransport, token: APIToken, endpoints: [ClusterEndpoint], timeouts: CallTimeouts,
    now: @escaping @Sendable () -> Date
  ) {
    self.transport = transport
    self.token = token
    self.now = now
    readTimeouts = timeouts.read
    writeTimeouts = timeouts.write
    chooser = EndpointChooser(endpoints)
  }

  var endpoints: [ClusterEndpoint] { chooser.endpoints }

  func adopt(_ endpoint: ClusterEndpoint) { chooser.adopt(endpoint) }
  func trust(_ trust: TLSTrust, base: String) { chooser.trust(trust, base: base) }

  /// Asks, and asks elsewhere where that is allowed.
  /// - Throws: the failure of the last node asked.
  func send<Answer>(_ call: APICall, to route: APIRoute<Answer>) async throws(ProxmoxError) -> Answer {
    var tried: Set<String> = []
    var near: String?
    var last: ProxmoxError?
    for _ in 0..<Self.maximumAttempts {
      guard case .ask(let endpoint) = chooser.choose(tried: tried, near: near, at: now()) else { break }
      tried.insert(endpoint.base)
      switch await attempt(call, at: endpoint, route: route) {
      case .success(let answer):
        if current?.base != endpoint.base { current = endpoint }
        return answer
      case .failure(let failure):
        last = failure.error
        guard failure.elsewhere else { throw failure.error }
        near = call.targetNode
      }
    }
    throw last ?? nobody(call)
  }

  private func nobody(_ call: APICall) -> ProxmoxError {
    let known = chooser.endpoints
    guard !known.isEmpty else {
      return ProxmoxError(.unreachable, attempted: call.attempted, reason: "no address of the cluster is configured")
    }
    if let (endpoint, actual) = chooser.changed {
      return ErrorReader.error(.fingerprintChanged(actual: actual), endpoint: endpoint.label, attempted: call.attempted)
    }
    return ProxmoxError(
      .untrusted, attempted: call.attempted,
      reason: "no node has a certificate that was agreed on (\(known.map(\.label).joined(separator: ", ")))")
  }

  private struct Failure: Error {
    var error: ProxmoxError
    /// True where another node may be asked.
    var elsewhere: Bool
  }

  private func attempt<Answer>(
    _ call: APICall, at endpoint: ClusterEndpoint, route: APIRoute<Answer>
  ) async -> Result<Answer, Failure> {
    guard let trust = endpoint.trust else {
      return .failure(Failure(error: nobody(call), elsewhere: true))
    }
    let timeouts = call.readsOnly ? readTimeouts : writeTimeouts
    let request = call.request(base: endpoint.base, trust: trust, token: token, timeouts: timeouts)
    do throws(HTTPError) {
      let response = try await transport.send(request)
      let bytes = try await response.collect()
      return read(bytes, response.head, call, endpoint, route)
    } catch {
      return .failure(fault(error, call, endpoint))
    }
  }

  private func read<Answer>(
    _ bytes: [UInt8], _ head: HTTPHead, _ call: APICall, _ endpoint: ClusterEndpoint, _ route: APIRoute<Answer>
  ) -> Result<Answer, Failure> {
    guard (200..<300).contains(head.status) else {
      let error = ErrorReader.error(
        status: head.status, reason: head.reason, body: bytes, attempted: call.attempted, node: call.targetNode)
      // 502–504 come from something in front of the node: it did not answer itself.
      let answered = !(502...504).contains(head.status)
      chooser.report(answered ? .answered : .failed, base: endpoint.base, at: now())
      // 595/596: this node cannot reach that one. Another may, above all that one itself.
      let elsewhere = !answered || head.status == 595 || head.status == 596
      return .failure(Failure(error: error, elsewhere: elsewhere && call.readsOnly))
    }
    do throws(AnswerFault) {
      let answer = try route.decode(AnswerBody(bytes))
      chooser.report(.answered, base: endpoint.base, at: now())
      return .success(answer)
    } catch {
      chooser.report(.failed, base: endpoint.base, at: now())
      let reason = "\(endpoint.label) gave an answer that is not the API's: \(error.reason)"
      return .failure(
        Failure(error: ProxmoxError(.malformed, attempted: call.attempted, reason: reason), elsewhere: call.readsOnly))
    }
  }

  private func fault(_ error: HTTPError, _ call: APICall, _ endpoint: ClusterEndpoint) -> Failure {
    let failure = ErrorReader.error(error, endpoint: endpoint.label, attempted: call.attempted)
    var neverSent = false
    // A call that this node passes on and that hangs says nothing about this node: the other one hangs.
    let passedOn = call.targetNode.map { $0 != endpoint.node } ?? false
    switch error {
    case .cancelled: return Failure(error: failure, elsewhere: false)
    case .timeout(.firstByte) where passedOn, .timeout(.total) where passedOn, .timeout(.idle) where passedOn:
      return Failure(error: failure, elsewhere: false)
    case .fingerprintChanged(let actual):
      chooser.report(.changed(actual: OutsideText.name(actual)), base: endpoint.base, at: now())
      neverSent = true
    case .untrusted:
      chooser.report(.untrusted, base: endpoint.base, at: now())
      neverSent = true
    case .refused, .nameNotFound, .badURL, .timeout(.connect):
      chooser.report(.failed, base: endpoint.base, at: now())
      neverSent = true
    default: chooser.report(.failed, base: endpoint.base, at: now())
    }
    return Failure(error: failure, elsewhere: call.readsOnly || neverSent)
  }

  /// Learns from `/cluster/status`: which node answered, and where all the others are.
  ///
  /// Addresses are adopted only under the cluster's own authority, which vouches for every node; a pin or a public
  /// certificate vouches for nobody else.
  func learn(_ status: ClusterStatus) {
    guard let current else { return }
    if let local = status.local {
      chooser.name(local.name, base: current.base)
      self.current?.node = local.name
    }
    guard case .authority(let pem) = current.trust else { return }
    for member in status.members {
      guard let address = member.address else { continue }
      // An address that makes no sense is one way in less, and nothing to tell anybody.
      if let endpoint = try? ClusterEndpoint(
        node: member.name, address: "\(address.contains(":") ? "[\(address)]" : address):\(current.port)",
        trust: .authority(pem: pem))
      {
        chooser.adopt(endpoint)
      }
    }
  }
}

/// How long calls may take.
public struct CallTimeouts: Sendable, Hashable {
  /// For reads. A hanging node costs this and nothing else.
  public var read: HTTPTimeouts
  /// For calls that change something: a node may think for a while before it forks the task.
  public var write: HTTPTimeouts
  public init(
    read: HTTPTimeouts = .init(connect: .seconds(4), firstByte: .seconds(10), idle: .seconds(10), total: .seconds(20)),
    write: HTTPTimeouts = .init(connect: .seconds(4), firstByte: .seconds(30), idle: .seconds(10), total: .seconds(45))
  ) {
    self.read = read
    self.write = write
  }
}
