/// SHA-256 fingerprints of certificates as Proxmox writes them: 32 bytes as "AA:BB:…".
public enum Fingerprint {
  /// The bytes of a fingerprint, with or without colons and in either case; nil where it is not 32 bytes.
  public static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.filter { $0 != ":" && !$0.isWhitespace }
    guard digits.utf8.count == 64 else { return nil }
    var result: [UInt8] = []
    var rest = Substring(digits)
    while !rest.isEmpty {
      guard rest.first?.isHexDigit == true, let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      result.append(byte)
      rest = rest.dropFirst(2)
    }
    return result
  }
}
