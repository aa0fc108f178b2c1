/// Whom to believe. There is no case that turns verification off, and a connection made under one trust never
/// serves a request with another.
public enum TLSTrust: Sendable, Hashable {
  /// The system's certificate authorities; the name must match.
  case system
  /// These authorities (PEM) instead of the system's; the name must match.
  case authority(pem: String)
  /// This very leaf certificate (SHA-256 over its DER, 32 bytes), whatever its name, dates and issuer.
  case pinned(sha256: [UInt8])

  /// A pin written as Proxmox and browsers show it ("AA:BB:…"); nil if that is not 32 bytes in hexadecimal.
  public static func pinned(fingerprint: String) -> TLSTrust? {
    CertificateFingerprint(fingerprint).map { .pinned(sha256: $0.bytes) }
  }
}
