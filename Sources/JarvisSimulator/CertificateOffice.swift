import Foundation
import JarvisLock

/// The cluster's authority and the certificates that its nodes show.
final class CertificateOffice: Sendable {
  let authority: SimulatedAuthority
  private let nodes: [NodeConfiguration]
  private let begun: Date
  private let issued: Guarded<[String: NodeCertificate]>

  init(nodes: [NodeConfiguration], now: Date) throws(SimulatorError) {
    let authority = try SimulatedAuthority()
    var certificates: [String: NodeCertificate] = [:]
    for node in nodes { certificates[node.name] = try Self.issue(for: node, by: authority, at: now) }
    self.authority = authority
    self.nodes = nodes
    begun = now
    issued = Guarded(certificates)
  }

  var current: [String: NodeCertificate] { issued.withLock { $0 } }

  /// Issues a new certificate for a node.
  func renew(_ name: String) throws(SimulatorError) -> SimulatedCertificate {
    guard let node = nodes.first(where: { $0.name == name }) else {
      throw .badCertificate(reason: "there is no node \"\(name)\"")
    }
    let fresh = try Self.issue(for: node, by: authority, at: begun)
    issued.withLock { $0[name] = fresh }
    return fresh.certificate
  }

  private static func issue(
    for node: NodeConfiguration, by authority: SimulatedAuthority, at now: Date
  ) throws(SimulatorError) -> NodeCertificate {
    let names = [node.name, "localhost", "127.0.0.1", "::1", node.address]
    let seconds = Int(now.timeIntervalSince1970)
    return NodeCertificate(
      certificate: try authority.issue(for: names), names: names, issuer: authority.name, notBefore: seconds - 60,
      notAfter: seconds + Int(SimulatedAuthority.days) * 86_400)
  }
}
