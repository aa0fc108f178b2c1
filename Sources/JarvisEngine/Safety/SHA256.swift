import COpenSSL

/// SHA-256 by OpenSSL.
enum SHA256 {
  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    bytes.withUnsafeBytes { jarvis_sha256($0.baseAddress, $0.count, &digest) }
    return digest
  }

  /// 64 lower-case digits.
  static func hexadecimal(_ text: String) -> String {
    digest(Array(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
