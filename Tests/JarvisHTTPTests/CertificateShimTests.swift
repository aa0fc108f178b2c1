import COpenSSL
import Testing

@Suite("The OpenSSL shim")
struct CertificateShimTests {
  @Test("TEST-12 SHA-256 of the standard's examples (FIPS 180-4)")
  func sha256() {
    func digest(_ text: String) -> String {
      let bytes = Array(text.utf8)
      var digest = [UInt8](repeating: 0, count: 32)
      jarvis_sha256(bytes, bytes.count, &digest)
      return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    #expect(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("TEST-12 a leaf needs a real authority")
  func broken() throws {
    let authority = try TestCertificate.authority()
    var certificate: UnsafeMutablePointer<CChar>?
    var key: UnsafeMutablePointer<CChar>?
    #expect(jarvis_make_leaf("junk", "junk", "x", nil, 1, &certificate, &key) == 0)
    #expect(certificate == nil && key == nil)
    #expect(throws: (any Error).self) { try authority.leaf(names: "NOSUCH:kind") }
    #expect(try authority.leaf().certificate != authority.leaf().certificate)
  }
}
