import Foundation
import JarvisHTTP
import Testing

extension OverSockets {
  @Suite("Looking at certificates", .serialized, .timeLimit(.minutes(1)))
  struct CertificateProbeTests {
    let probe = CertificateProbe(CurlTransport(environment: [:]))

    @Test("TEST-12 leaf and authority are read without a byte of HTTP, and lead to a trust that works")
    func chain() async throws {
      let authority = try TestCertificate.authority("Proxmox Virtual Environment")
      let leaf = try authority.leaf("pve.local", names: "DNS:pve.local,DNS:localhost,IP:127.0.0.1,IP:::1", days: 7)
      // A server sends its chain as one file: leaf first.
      let server = try await TLSServer(
        TestCertificate(certificate: leaf.certificate + authority.certificate, key: leaf.key))
      let found = try await probe.chain(of: server.url)
      #expect(found.leaf.subject == "CN=pve.local,O=Jarvis")
      #expect(found.leaf.issuer == "CN=Proxmox Virtual Environment,O=Jarvis")
      #expect(found.leaf.names == ["pve.local", "localhost", "127.0.0.1", "::1"])
      #expect(found.leaf.fingerprint.bytes == leaf.fingerprint)
      #expect(found.leaf.pem == leaf.certificate)
      #expect(!found.leaf.isAuthority)
      let end = Date.now.addingTimeInterval(7 * 86_400)
      #expect(abs(found.leaf.notAfter.timeIntervalSince(end)) < 120)
      #expect(found.leaf.notBefore < .now)
      #expect(found.above.map(\.fingerprint.bytes) == [authority.fingerprint])
      #expect(found.above.first?.isAuthority == true)
      #expect(found.verdict == .invalid("self-signed certificate in certificate chain"))
      #expect(await server.log.wait(for: "closed 0"))
      let trusted = CurlTransport(environment: [:])
      let above = try #require(found.above.first)
      let response = try await trusted.send(HTTPRequest("GET", server.url, trust: .authority(pem: above.pem)))
      #expect(response.head.status == 200)
    }

    @Test("TEST-12 names with control characters and look of other lines stay one harmless text")
    func hostileNames() async throws {
      let authority = try TestCertificate.authority("Evil\u{1B}[31m\nCN=Trusted")
      let server = try await TLSServer(authority.leaf("größe\u{7F}"))
      let found = try await probe.chain(of: server.url)
      #expect(found.leaf.subject.contains("größe"))
      for text in [found.leaf.subject, found.leaf.issuer] {
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "\(text)")
      }
    }

    @Test("TEST-12 a probe that cannot succeed says why, and can be cancelled")
    func failures() async throws {
      let silent = try LoopbackServer { connection, _ in connection.waitForClose() }
      await #expect(throws: HTTPError.timeout(.connect)) {
        try await probe.chain(of: "https://127.0.0.1:\(silent.port)", connect: .milliseconds(200))
      }
      let greeting = try LoopbackServer(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n") { _, _ in }
      let error = await #expect(throws: HTTPError.self) {
        try await probe.chain(of: "https://127.0.0.1:\(greeting.port)")
      }
      guard case .tls? = error else { Issue.record("\(String(describing: error))"); return }
      await #expect(throws: HTTPError.self) { try await probe.chain(of: "http://127.0.0.1:\(silent.port)") }
      let task = Task { try await probe.chain(of: "https://127.0.0.1:\(silent.port)", connect: .seconds(50)) }
      #expect(await silent.log.wait(for: "connection", times: 2))
      task.cancel()
      await #expect(throws: HTTPError.cancelled) { try await task.value }
      #expect(await silent.log.wait(for: "closed", times: 2))
    }
  }
}
