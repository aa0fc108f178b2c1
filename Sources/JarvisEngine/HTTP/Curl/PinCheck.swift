import CCurl

/// The pinned leaf of one transfer, in memory that the C side can write to.
final class PinCheck {
  private let pin: UnsafeMutablePointer<jarvis_pin>

  init(_ expected: CertificateFingerprint) {
    pin = .allocate(capacity: 1)
    pin.initialize(to: jarvis_pin())
    withUnsafeMutableBytes(of: &pin.pointee.expected) { $0.copyBytes(from: expected.bytes) }
  }

  deinit { pin.deallocate() }

  /// Has the handshake of each new connection compare the leaf.
  func apply(to easy: CurlEasy) throws(HTTPError) { try easy.check(jarvis_set_pin(easy.handle, pin)) }

  /// Whether the connection at hand, maybe a reused one, is with the pinned leaf.
  func holds(on easy: CurlEasy) -> Bool { jarvis_pin_holds(easy.handle, pin) == 1 }

  /// The leaf that was met instead of the pinned one.
  var mismatch: CertificateFingerprint? {
    let actual = withUnsafeBytes(of: pin.pointee.actual) { Array($0) }
    let expected = withUnsafeBytes(of: pin.pointee.expected) { Array($0) }
    guard pin.pointee.met == 1, actual != expected else { return nil }
    return CertificateFingerprint(bytes: actual)
  }
}
