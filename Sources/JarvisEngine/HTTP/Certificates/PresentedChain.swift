import Foundation

/// What a server showed in a TLS handshake.
public struct PresentedChain: Sendable, Hashable {
  /// The server's own certificate.
  public var leaf: PresentedCertificate
  /// What it presented beside, in its order, leaf excluded; often the issuing authority. At most 15.
  public var above: [PresentedCertificate]
  /// Whether the system's authorities vouch for the leaf, by this host's name and now.
  public var verdict: CertificateVerdict
  public init(leaf: PresentedCertificate, above: [PresentedCertificate], verdict: CertificateVerdict) {
    self.leaf = leaf
    self.above = above
    self.verdict = verdict
  }
}

/// What the system's authorities say.
public enum CertificateVerdict: Sendable, Hashable {
  /// Publicly valid for the host: `TLSTrust.system` will do.
  case valid
  /// Not; the reason in OpenSSL's words, such as "self-signed certificate".
  case invalid(String)
}

/// One certificate in words. The texts are the server's own claims and hold no control characters.
public struct PresentedCertificate: Sendable, Hashable {
  public var pem: String
  /// SHA-256 over the DER.
  public var fingerprint: CertificateFingerprint
  /// Distinguished name, RFC 2253 ("CN=pve.example,O=…").
  public var subject: String
  public var issuer: String
  /// DNS names and IP addresses it is for, at most `maximumNames`.
  public var names: [String]
  public var notBefore: Date
  public var notAfter: Date
  /// Whether it may sign others.
  public var isAuthority: Bool

  /// More names than this are not listed.
  public static let maximumNames = 64

  public init(
    pem: String, fingerprint: CertificateFingerprint, subject: String, issuer: String, names: [String], notBefore: Date,
    notAfter: Date, isAuthority: Bool
  ) {
    self.pem = pem
    self.fingerprint = fingerprint
    self.subject = subject
    self.issuer = issuer
    self.names = names
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.isAuthority = isAuthority
  }
}
