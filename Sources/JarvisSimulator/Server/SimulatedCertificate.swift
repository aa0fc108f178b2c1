import COpenSSL
import NIOCore
import NIOSSL

/// A certificate with its key, as a simulated server shows it.
public struct SimulatedCertificate: Sendable {
  /// PEM of the leaf.
  public let pem: String
  let keyPEM: String
  /// SHA-256 over the leaf's DER, 32 bytes.
  public let sha256: [UInt8]

  init(pem: String, keyPEM: String) throws(SimulatorError) {
    self.pem = pem
    self.keyPEM = keyPEM
    sha256 = try Fingerprint.sha256(pem: pem)
  }

  /// The fingerprint as Proxmox writes it: "AA:BB:…".
  public var fingerprint: String { Fingerprint.text(sha256) }

  func serverContext() throws(SimulatorError) -> NIOSSLContext {
    do {
      let leaf = try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem)
      let key = try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: [.certificate(leaf)], privateKey: .privateKey(key))
      // A client that keeps its connection answers no farewell; waiting for it would hold up every stop.
      configuration.shutdownTimeout = .milliseconds(50)
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw .badCertificate(reason: "\(error)")
    }
  }
}

/// A certificate authority that lives as long as the simulation: the "cluster's own CA".
public struct SimulatedAuthority: Sendable {
  /// What clients are told to trust.
  public let pem: String
  /// The authority's own common name, as it stands in issued certificates.
  public let name: String
  private let keyPEM: String

  /// - Throws: `SimulatorError.badCertificate` where OpenSSL cannot make one.
  public init(name: String = "Jarvis Demo Cluster CA") throws(SimulatorError) {
    self.name = name
    (pem, keyPEM) = try Self.make { jarvis_make_authority(name, Self.days, &$0, &$1) }
  }

  /// A leaf for these names and addresses; the first is its common name.
  public func issue(for names: [String]) throws(SimulatorError) -> SimulatedCertificate {
    let list = names.map { Self.isAddress($0) ? "IP:" + $0 : "DNS:" + $0 }.joined(separator: ",")
    let (leaf, key) = try Self.make {
      jarvis_make_leaf(pem, keyPEM, names.first ?? "localhost", list, Self.days, &$0, &$1)
    }
    return try SimulatedCertificate(pem: leaf, keyPEM: key)
  }

  /// True for an IPv6 or a dotted IPv4 address.
  private static func isAddress(_ name: String) -> Bool {
    name.contains(":") || name.split(separator: ".").allSatisfy { UInt8($0) != nil }
  }

  /// Days that certificates are valid: longer than any demo runs, shorter than the limit for leaves.
  static let days: Int32 = 365

  private static func make(
    _ call: (inout UnsafeMutablePointer<CChar>?, inout UnsafeMutablePointer<CChar>?) -> Int32
  ) throws(SimulatorError) -> (String, String) {
    var certificate: UnsafeMutablePointer<CChar>?
    var key: UnsafeMutablePointer<CChar>?
    defer {
      jarvis_free(certificate)
      jarvis_free(key)
    }
    guard call(&certificate, &key) == 1, let certificate, let key else {
      throw .badCertificate(reason: "OpenSSL refused")
    }
    return (String(cString: certificate), String(cString: key))
  }
}
