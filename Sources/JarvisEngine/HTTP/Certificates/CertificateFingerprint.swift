/// SHA-256 over a certificate's DER, as people compare it: 32 pairs of hexadecimal digits.
public struct CertificateFingerprint: Sendable, Hashable, CustomStringConvertible {
  /// Always 32.
  public let bytes: [UInt8]

  /// Nil unless there are 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads "AA:BB:…", in either case, also without colons and with spaces around; nil for anything else.
  public init?(_ text: String) {
    let digits = text.filter { $0 != ":" && !$0.isWhitespace }
    guard digits.utf8.count == 64 else { return nil }
    var bytes: [UInt8] = []
    var rest = Substring(digits)
    while !rest.isEmpty {
      let pair = rest.prefix(2)
      guard pair.allSatisfy(\.isHexDigit), let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    self.init(bytes: bytes)
  }

  /// "AA:BB:…"
  public var description: String {
    bytes.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 1 ? "0" + digits : digits
    }.joined(separator: ":")
  }
}
