import COpenSSL
import NIOSSL

/// SHA-256 fingerprints of certificates.
enum Fingerprint {
  static func sha256(pem: String) throws(SimulatorError) -> [UInt8] {
    do {
      let der = try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem).toDERBytes()
      return digest(der)
    } catch {
      throw .badCertificate(reason: "\(error)")
    }
  }

  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    jarvis_sha256(bytes, bytes.count, &result)
    return result
  }

  /// "AA:BB:…".
  static func text(_ bytes: [UInt8]) -> String {
    bytes.map { $0 < 16 ? "0" + String($0, radix: 16, uppercase: true) : String($0, radix: 16, uppercase: true) }
      .joined(separator: ":")
  }
}
