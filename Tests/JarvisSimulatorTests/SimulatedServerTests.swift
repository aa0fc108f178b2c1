import JarvisHTTP
import JarvisSimulator
import Testing

/// The server under the simulated services, over real sockets and by the product's own HTTP client.
struct SimulatedServerTests {
  private let client = CurlTransport(environment: [:])

  private func serve(
    limits: ServerLimits = ServerLimits(), certificate: SimulatedCertificate? = nil,
    _ answer: @escaping @Sendable (SimulatedRequest) async -> SimulatedResponse
  ) async throws -> SimulatedServer {
    try await SimulatedServer.start(ScriptedService(answer), certificate: certificate, limits: limits)
  }

  private func failure(_ request: HTTPRequest) async -> HTTPError? {
    do throws(HTTPError) {
      _ = try await client.send(request).collect()
      return nil
    } catch {
      return error
    }
  }

  @Test("TEST-12 a request arrives whole: method, path, query, headers, body; the reason phrase is the service's own")
  func whole() async throws {
    let server = try await serve { request in
      let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
      let body = String(decoding: request.body, as: UTF8.self)
      return .text(
        "\(request.method) \(request.path) \(query) \(request.header("x-test") ?? "") \(body)", status: 500,
        reason: "Configuration file 'nodes/pve/qemu-server/999.conf' does not exist")
    }
    let answer = try await client.send(
      HTTPRequest.patient(
        "POST", server.url + "/a%20b/c?x=1&y=%C3%BC+z", headers: [("X-Test", "t")], body: Array("hello".utf8)))
    #expect(answer.head.status == 500)
    #expect(answer.head.reason == "Configuration file 'nodes/pve/qemu-server/999.conf' does not exist")
    #expect(String(decoding: try await answer.collect(), as: UTF8.self) == "POST /a b/c x=1;y=ü z t hello")
    await server.stop()
  }

  @Test("TEST-12 one connection carries many requests; counts tell")
  func keepAlive() async throws {
    let server = try await serve { _ in .text("ok") }
    for _ in 0..<5 { _ = try await client.send(HTTPRequest.patient("GET", server.url + "/")).collect() }
    #expect(server.counts.requests == 5)
    #expect(server.counts.connections == 1)
    await server.stop()
  }

  @Test("TEST-12 pieces of a stream leave one by one, as they come")
  func streamed() async throws {
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
    let server = try await serve { _ in
      SimulatedResponse(
        status: 200, reason: "OK", headers: [("Content-Type", "text/event-stream")], body: .stream(stream))
    }
    continuation.yield(Array("one".utf8))
    let answer = try await client.send(HTTPRequest.patient("GET", server.url + "/"))
    var pieces = answer.body.makeAsyncIterator()
    #expect(try await pieces.next() == Array("one".utf8))
    continuation.yield(Array("two".utf8))
    #expect(try await pieces.next() == Array("two".utf8))
    continuation.finish()
    #expect(try await pieces.next() == nil)
    await server.stop()
  }

  @Test("TEST-12 when the client leaves, the stream's source learns of it")
  func clientLeaves() async throws {
    let gone = Signal()
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
    continuation.onTermination = { _ in gone.fire() }
    let server = try await serve { _ in SimulatedResponse(status: 200, reason: "OK", body: .stream(stream)) }
    continuation.yield([1])
    let reader = Task { [client] in
      for try await _ in try await client.send(HTTPRequest.patient("GET", server.url + "/")).body { return }
    }
    try await reader.value
    await gone.wait()
    await server.stop()
    #expect(server.counts.abandoned == 1)
  }

  @Test("TEST-12 when the client leaves, the task that answers is cancelled")
  func cancelled() async throws {
    let begun = Signal()
    let ended = Signal()
    let server = try await serve { _ in
      begun.fire()
      // Ends only by cancellation.
      for await _ in AsyncStream<Void>.makeStream().stream {}
      if Task.isCancelled { ended.fire() }
      return .text("late")
    }
    let reader = Task { [client] in try await client.send(HTTPRequest.patient("GET", server.url + "/")) }
    await begun.wait()
    reader.cancel()
    await ended.wait()
    await server.stop()
  }

  @Test("TEST-12 cut, hung up and silent transfers look so to the client")
  func faults() async throws {
    let server = try await serve { request in
      let body: SimulatedResponse.Body =
        switch request.path {
        case "/cut": .cut(Array("half".utf8))
        case "/hang": .hangUp
        default: .silence
        }
      return SimulatedResponse(status: 200, reason: "OK", body: body)
    }
    func isCut(_ error: HTTPError?) -> Bool { if case .cut = error { true } else { false } }
    #expect(isCut(await failure(HTTPRequest.patient("GET", server.url + "/cut"))))
    #expect(await failure(HTTPRequest.patient("GET", server.url + "/hang")) != nil)
    var silent = HTTPRequest.patient("GET", server.url + "/silent")
    silent.timeouts.firstByte = .milliseconds(200)
    #expect(await failure(silent) == .timeout(.firstByte))
    await server.stop()
  }

  @Test("TEST-12 a body beyond the limit is refused with the service's own words, one below it is read")
  func bodyLimit() async throws {
    let server = try await serve(limits: ServerLimits(bodyBytes: 1000, oversize: (501, "for data too large"))) {
      .text("\($0.body.count)")
    }
    let fits = try await client.send(
      HTTPRequest.patient("POST", server.url + "/", body: Array(repeating: 65, count: 1000)))
    #expect(try await fits.collect() == Array("1000".utf8))
    let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"
    let refused = await RawClient.exchange(port: server.port, head + String(repeating: "A", count: 1001))
    #expect(refused.hasPrefix("HTTP/1.1 501 for data too large\r\n"))
    #expect(refused.hasSuffix("\r\n\r\nfor data too large"))
    await server.stop()
  }

  @Test("TEST-12 requests sent ahead are answered in order; what is no HTTP gets 400; too many clients are hung up on")
  func odd() async throws {
    let server = try await serve(limits: ServerLimits(connections: 1)) { .text($0.path) }
    let both = await RawClient.exchange(
      port: server.port,
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    #expect(both.contains("\r\n\r\n/1HTTP/1.1 200 OK\r\n"))
    #expect(both.hasSuffix("\r\n\r\n/2"))
    #expect(await RawClient.exchange(port: server.port, "nonsense\r\n\r\n").hasPrefix("HTTP/1.1 400"))
    let answer = try await client.send(HTTPRequest.patient("GET", server.url + "/held"))
    #expect(try await answer.collect() == Array("/held".utf8))
    #expect(await RawClient.exchange(port: server.port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n") == "")
    await server.stop()
  }

  @Test("TEST-12 a reason phrase cannot forge a header")
  func forged() async throws {
    let server = try await serve { _ in .text("", reason: "bad\r\nX-Evil: 1") }
    let answer = try await client.send(HTTPRequest.patient("GET", server.url + "/"))
    #expect(answer.head.header("X-Evil") == nil)
    await server.stop()
  }

  @Test("TEST-12 TLS: trusted by authority or pin, distrusted otherwise; a renewed certificate is another one")
  func tls() async throws {
    let authority = try SimulatedAuthority(name: "Test CA")
    let first = try authority.issue(for: ["localhost", "127.0.0.1"])
    let server = try await serve(certificate: first) { _ in .text("secret") }
    func request(_ trust: TLSTrust) -> HTTPRequest { HTTPRequest.patient("GET", server.url + "/", trust: trust) }
    _ = try await client.send(request(.authority(pem: authority.pem))).collect()
    _ = try await client.send(request(.pinned(sha256: first.sha256))).collect()
    let foreign = try SimulatedAuthority(name: "Other CA")
    if case .untrusted = await failure(request(.authority(pem: foreign.pem))) {
    } else {
      Issue.record("must be distrusted")
    }
    try server.replaceCertificate(authority.issue(for: ["127.0.0.1"]))
    await server.cutConnections()
    if case .fingerprintChanged = await failure(request(.pinned(sha256: first.sha256))) {
    } else {
      Issue.record("must see another certificate")
    }
    let plain = try await client.send(HTTPRequest.patient("GET", "http://127.0.0.1:\(server.port)/x"))
    #expect(plain.head.status == 301)
    #expect(plain.head.header("Location") == "https://127.0.0.1:\(server.port)/x")
    await server.stop()
    #expect(await failure(request(.authority(pem: authority.pem))) != nil)
  }
}
