import Foundation
import JarvisHTTP
import Testing

extension OverSockets {
  @Suite("Whom to believe", .serialized, .timeLimit(.minutes(2)))
  struct TLSTrustTests {
    let transport = CurlTransport(environment: [:])

    private func failure(_ url: String, _ trust: TLSTrust) async -> HTTPError? {
      do throws(HTTPError) {
        _ = try await transport.send(HTTPRequest("GET", url, trust: trust)).collect()
        return nil
      } catch {
        return error
      }
    }

    /// Whether the refusal's words hold `text`.
    private func distrusts(_ url: String, _ trust: TLSTrust, saying text: String) async {
      let words = await distrust(url, trust)
      #expect(words.contains(text))
    }

    /// The words of an `untrusted` error; anything else is reported.
    private func distrust(_ url: String, _ trust: TLSTrust) async -> String {
      let error = await failure(url, trust)
      guard case .untrusted(let why)? = error else {
        Issue.record("not untrusted: \(String(describing: error))")
        return ""
      }
      return why
    }

    private func fingerprint(_ certificate: TestCertificate) -> String {
      certificate.fingerprint.map { String(format: "%02X", $0) }.joined(separator: ":")
    }

    @Test("TEST-12 an own authority vouches for its leaves by name and by address, and for nobody else")
    func authority() async throws {
      let ours = try TestCertificate.authority("Ours")
      let theirs = try TestCertificate.authority("Theirs")
      let server = try await TLSServer(ours.leaf())
      for url in [server.url, "https://127.0.0.1:\(server.port)"] {
        let response = try await transport.send(HTTPRequest("GET", url, trust: .authority(pem: ours.certificate)))
        #expect(try await response.collect() == Array("hello".utf8))
      }
      await distrusts(server.url, .authority(pem: theirs.certificate), saying: "authority unknown")
      await distrusts(server.url, .system, saying: "authority unknown")
      await distrusts(server.url, .authority(pem: "no certificate"), saying: "no PEM")
      let both = TLSTrust.authority(pem: theirs.certificate + ours.certificate)
      #expect(await failure(server.url, both) == nil)
    }

    @Test("TEST-12 wrong name, expired, self-signed: each told in its own words, and nothing sent")
    func badCertificates() async throws {
      let authority = try TestCertificate.authority()
      let trust = TLSTrust.authority(pem: authority.certificate)
      let wrongName = try await TLSServer(authority.leaf("pve", names: "DNS:pve.example"))
      await distrusts(wrongName.url, trust, saying: "other names than localhost")
      let expired = try await TLSServer(authority.leaf(days: -2))
      await distrusts(expired.url, trust, saying: "expired")
      let selfSigned = try await TLSServer(TestCertificate.authority("localhost"))
      await distrusts(selfSigned.url, .system, saying: "self-signed")
      for server in [wrongName, expired, selfSigned] {
        #expect(await server.log.wait(for: "closed 0"))
        #expect(!server.log.events.contains { $0.hasPrefix("request") })
      }
    }

    @Test("TEST-12 a pin needs no name, no date and no issuer; another leaf is refused before anything is sent")
    func pins() async throws {
      let authority = try TestCertificate.authority()
      let leaf = try authority.leaf("pve", names: "DNS:elsewhere.example", days: -2)
      let server = try await TLSServer(leaf)
      #expect(await failure(server.url, .pinned(sha256: leaf.fingerprint)) == nil)
      let requests = server.log.events.count { $0.hasPrefix("request") }
      let other = try authority.leaf()
      #expect(
        await failure("https://127.0.0.1:\(server.port)", .pinned(sha256: other.fingerprint))
          == .fingerprintChanged(actual: fingerprint(leaf)))
      #expect(server.log.events.count { $0.hasPrefix("request") } == requests)
      // The authority's own digest is no pin of the leaf.
      guard case .fingerprintChanged? = await failure(server.url, .pinned(sha256: authority.fingerprint)) else {
        Issue.record("accepted by its issuer's digest")
        return
      }
      guard case .untrusted? = await failure(server.url, .pinned(sha256: [1, 2, 3])) else {
        Issue.record("accepted with a short pin")
        return
      }
    }

    @Test("TEST-12 a connection verified under one trust never serves another")
    func reuseAcrossTrusts() async throws {
      let ours = try TestCertificate.authority("Ours")
      let theirs = try TestCertificate.authority("Theirs")
      let leaf = try ours.leaf()
      let server = try await TLSServer(leaf)
      let pin = TLSTrust.pinned(sha256: leaf.fingerprint)
      let wrongPin = TLSTrust.pinned(sha256: [UInt8](repeating: 9, count: 32))
      // Each good trust leaves a kept connection behind; each bad one must not get at any of them.
      for good in [pin, .authority(pem: ours.certificate)] {
        #expect(await failure(server.url, good) == nil)
        let requests = server.log.events.count { $0.hasPrefix("request") }
        #expect(await !distrust(server.url, .system).isEmpty)
        #expect(await !distrust(server.url, .authority(pem: theirs.certificate)).isEmpty)
        #expect(await failure(server.url, wrongPin) == .fingerprintChanged(actual: fingerprint(leaf)))
        #expect(server.log.events.count { $0.hasPrefix("request") } == requests)
      }
      // And each good one keeps using its own.
      let connections = server.log.count("handshake")
      for good in [pin, .authority(pem: ours.certificate), pin] { #expect(await failure(server.url, good) == nil) }
      #expect(server.log.count("handshake") <= connections + 1)
    }

    @Test(
      "TEST-12 after a change of certificate the old pin fails, the new one holds although an old connection is kept")
    func changedCertificate() async throws {
      let authority = try TestCertificate.authority()
      let old = try authority.leaf()
      let new = try authority.leaf()
      let server = try await TLSServer(old)
      #expect(await failure(server.url, .pinned(sha256: old.fingerprint)) == nil)
      try await server.change(to: new)
      // The kept connection shows the old leaf: the new pin must not be held against it, nor it be used.
      #expect(await failure(server.url, .pinned(sha256: new.fingerprint)) == nil)
      #expect(server.log.count("handshake") == 2)
      let fresh = CurlTransport(environment: [:])
      await #expect(throws: HTTPError.fingerprintChanged(actual: fingerprint(new))) {
        try await fresh.send(HTTPRequest("GET", server.url, trust: .pinned(sha256: old.fingerprint)))
      }
      // A renewed leaf of the same authority needs no new consent.
      #expect(await failure(server.url, .authority(pem: authority.certificate)) == nil)
    }

    @Test("TEST-12 through a proxy's tunnel trust means the server, not the proxy, and the head is the server's")
    func tunnel() async throws {
      let authority = try TestCertificate.authority()
      let leaf = try authority.leaf("pve", names: "DNS:pve.invalid")
      let server = try await TLSServer(leaf)
      let port = server.port
      let proxy = try LoopbackServer { connection, _ in connection.tunnel(to: port) }
      let proxied = CurlTransport(environment: ["HTTPS_PROXY": proxy.url])
      for trust in [TLSTrust.authority(pem: authority.certificate), .pinned(sha256: leaf.fingerprint)] {
        let response = try await proxied.send(HTTPRequest("GET", "https://pve.invalid:8006/x", trust: trust))
        #expect(response.head.header("X-Proxy") == nil)
        #expect(try await response.collect() == Array("hello".utf8))
      }
      #expect(proxy.log.count("request CONNECT pve.invalid:8006") == 2)
      await #expect(throws: HTTPError.fingerprintChanged(actual: fingerprint(leaf))) {
        try await proxied.send(
          HTTPRequest("GET", "https://pve.invalid:8006/", trust: .pinned(sha256: authority.fingerprint)))
      }
      let found = try await CertificateProbe(proxied).chain(of: "https://pve.invalid:8006")
      #expect(found.leaf.fingerprint.bytes == leaf.fingerprint)
    }

    @Test("TEST-12 HTTP/2 where it is offered: no reason phrase, streams on one connection")
    func http2() async throws {
      let authority = try TestCertificate.authority()
      let leaf = try authority.leaf()
      let server = try await TLSServer(leaf, http2: true)
      for _ in 0..<3 {
        let response = try await transport.send(
          HTTPRequest("GET", server.url, trust: .authority(pem: authority.certificate)))
        #expect(response.head.status == 200 && response.head.reason.isEmpty)
        #expect(try await response.collect() == Array("hello over h2".utf8))
      }
      #expect(server.log.count("connection") == 1)
      #expect(server.log.events.count { $0.hasPrefix("request stream") } == 3)
      for _ in 0..<2 { #expect(await failure(server.url, .pinned(sha256: leaf.fingerprint)) == nil) }
      #expect(server.log.count("handshake") == 2)
      guard case .fingerprintChanged? = await failure(server.url, .pinned(sha256: authority.fingerprint)) else {
        Issue.record("a stream was opened on another pin's connection")
        return
      }
      #expect(server.log.events.count { $0.hasPrefix("request stream") } == 5)
    }
  }
}
