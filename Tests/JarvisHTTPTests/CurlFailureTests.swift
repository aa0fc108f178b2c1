import Foundation
import Glibc
import JarvisHTTP
import Testing

extension OverSockets {
  @Suite("Failures", .serialized, .timeLimit(.minutes(1)))
  struct FailureTests {
    let transport = CurlTransport(environment: [:])

    private func failure(_ request: HTTPRequest) async -> HTTPError? {
      do throws(HTTPError) {
        _ = try await transport.send(request).collect()
        return nil
      } catch {
        return error
      }
    }

    @Test("TEST-12 nothing listens: refused, with host, port and cause")
    func refused() async throws {
      let port = try closedPort()
      #expect(
        await failure(HTTPRequest("GET", "http://127.0.0.1:\(port)/"))
          == .refused("127.0.0.1:\(port): Connection refused"))
    }

    @Test("TEST-05 a name that cannot exist is told without a network")
    func unknownName() async {
      // A label beyond 63 bytes: refused by the resolver itself.
      let host = String(repeating: "a", count: 64) + ".invalid"
      #expect(await failure(HTTPRequest("GET", "http://\(host)/")) == .nameNotFound(host: host))
    }

    @Test(
      "TEST-12 a body that ends too early, in each framing, is cut and not an answer",
      arguments: ["/length", "/chunk", "/none"])
    func cut(path: String) async throws {
      let server = try LoopbackServer { connection, request in
        if request.path == "/length" { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf") }
        if request.path == "/chunk" { connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal") }
        connection.hangUp()
      }
      let error = await failure(HTTPRequest("GET", server.url + path))
      guard case .cut? = error else { Issue.record("\(String(describing: error))"); return }
    }

    @Test("TEST-12 what came before the cut is read first")
    func cutAfterText() async throws {
      let server = try LoopbackServer { connection, _ in
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
        connection.hangUp()
      }
      let response = try await transport.send(HTTPRequest("GET", server.url + "/"))
      var seen: [UInt8] = []
      let error = await #expect(throws: HTTPError.self) { for try await piece in response.body { seen += piece } }
      #expect(String(decoding: seen, as: UTF8.self) == "half")
      guard case .cut? = error else { Issue.record("\(String(describing: error))"); return }
    }

    @Test("TEST-12 garbage is malformed", arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n"])
    func garbage(answer: String) async throws {
      let server = try LoopbackServer { connection, _ in
        connection.send(answer)
        connection.hangUp()
      }
      let error = await failure(HTTPRequest("GET", server.url + "/"))
      guard case .malformed? = error else { Issue.record("\(String(describing: error))"); return }
    }

    @Test("TEST-12 headers cannot smuggle lines, methods no spaces")
    func injection() async throws {
      let server = try LoopbackServer { connection, _ in connection.answer("x") }
      let bad: [HTTPRequest] = [
        HTTPRequest("GET", server.url, headers: [("X", "a\r\nEvil: 1")]),
        HTTPRequest("GET", server.url, headers: [("X\r\nY", "a")]),
        HTTPRequest("GET", server.url, headers: [("", "a")]), HTTPRequest("GET / HTTP/1.1\r\nX:", server.url),
        HTTPRequest("", server.url),
      ]
      for request in bad {
        guard case .malformed? = await failure(request) else { Issue.record("\(request)"); continue }
      }
      #expect(server.log.events.isEmpty)
    }

    @Test("TEST-12 a pin or an authority on plain http is refused before anything is sent")
    func trustWithoutTLS() async throws {
      let server = try LoopbackServer { connection, _ in connection.answer("x") }
      for trust in [TLSTrust.pinned(sha256: [UInt8](repeating: 1, count: 32)), .authority(pem: "x")] {
        guard case .badURL? = await failure(HTTPRequest("GET", server.url, trust: trust)) else {
          Issue.record("accepted")
          continue
        }
      }
      #expect(server.log.events.isEmpty)
    }

    @Test(
      "TEST-12 each phase that runs out is named",
      arguments: [
        ("/silent", HTTPError.Phase.firstByte), ("/half", .idle), ("/halfHead", .idle), ("/drip", .total),
      ])
    func timeouts(path: String, phase: HTTPError.Phase) async throws {
      let server = try LoopbackServer { connection, request in
        switch request.path {
        case "/half": connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        case "/halfHead": connection.send("HTTP/1.1 200 OK\r\nContent-")
        case "/drip":
          connection.send("HTTP/1.1 200 OK\r\n\r\n")
          while connection.sendUntilStalled([1], milliseconds: 1_000) == 1 { usleep(20_000) }
        default: break
        }
        connection.waitForClose()
      }
      let limits = HTTPTimeouts(
        connect: .seconds(5), firstByte: .milliseconds(200), idle: .milliseconds(200), total: .milliseconds(600))
      #expect(await failure(HTTPRequest("GET", server.url + path, timeouts: limits)) == .timeout(phase))
      #expect(await server.log.wait(for: "closed"))
    }

    @Test("TEST-12 a handshake that never comes is a timeout of the connection, not of the answer")
    func connectTimeout() async throws {
      // A server that accepts and stays silent: TCP stands, TLS does not.
      let server = try LoopbackServer { connection, _ in connection.waitForClose() }
      let limits = HTTPTimeouts(connect: .milliseconds(200))
      let request = HTTPRequest("GET", "https://127.0.0.1:\(server.port)/", timeouts: limits)
      #expect(await failure(request) == .timeout(.connect))
      #expect(await server.log.wait(for: "closed"))
    }

    @Test("TEST-12 a server without TLS behind https is a TLS failure")
    func noTLS() async throws {
      let server = try LoopbackServer(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n") { _, _ in }
      let error = await failure(HTTPRequest("GET", "https://127.0.0.1:\(server.port)/"))
      guard case .tls? = error else { Issue.record("\(String(describing: error))"); return }
    }

    /// A port on which nothing listens: bound, asked for, released.
    private func closedPort() throws -> Int {
      let server = try LoopbackServer { _, _ in }
      return server.port
    }
  }
}
