import Foundation
import JarvisHTTP
import Testing

/// Tests that open sockets run one after the other: they count connections and look at the clock.
@Suite("Over real sockets", .serialized)
enum OverSockets {}

extension OverSockets {
  @Suite("Answers", .serialized, .timeLimit(.minutes(1)))
  struct AnswerTests {
    let transport = CurlTransport(environment: [:])

    /// "hello compressed " twenty times, compressed with gzip.
    static let gzip = "H4sIAAAAAAACA8tIzcnJV0jOzy0oSi0uTk1RyBgVoFQAAIo7W3xUAQAA"
    /// 65,536 zeros, compressed with gzip.
    static let zeros =
      "H4sIAAAAAAACA+3BAQEAAACAkP6v7ggKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAauuOl9cAAAEA"

    private func text(_ response: HTTPResponse) async throws -> String {
      String(decoding: try await response.collect(), as: UTF8.self)
    }

    @Test("TEST-12 method, headers and body arrive as given, and the answer comes back")
    func echo() async throws {
      let server = try LoopbackServer { connection, request in
        let type = request.headers["content-type"] ?? "none"
        let token = request.headers["authorization"] ?? "none"
        let empty = request.headers["x-empty"] ?? "absent"
        connection.answer(
          headers: ["X-Seen: \(type)|\(token)|\(empty)"],
          "\(request.method) \(request.path) \(String(decoding: request.body, as: UTF8.self))")
      }
      let headers = [("Content-Type", "application/json"), ("Authorization", "PVEAPIToken=a@b!c=d"), ("X-Empty", "")]
      for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let response = try await transport.send(
          HTTPRequest(method, server.url + "/a%20b?c=d", headers: headers, body: Array("{}".utf8)))
        #expect(response.head.status == 200 && response.head.reason == "OK")
        #expect(response.head.header("x-seen") == "application/json|PVEAPIToken=a@b!c=d|")
        #expect(try await text(response) == "\(method) /a%20b?c=d {}")
      }
      #expect(try await text(transport.send(HTTPRequest("DELETE", server.url + "/x"))) == "DELETE /x ")
      #expect(try await text(transport.send(HTTPRequest("POST", server.url + "/x"))) == "POST /x ")
      let whole = try await transport.send(HTTPRequest("HEAD", server.url + "/"))
      #expect(whole.head.status == 200)
      #expect(try await whole.collect().isEmpty)
    }

    @Test("TEST-12 Proxmox' answers: 595 with an empty body, 401 without length or type, HTTP/1.0, 501 with close")
    func oddAnswers() async throws {
      let server = try LoopbackServer { connection, request in
        switch request.path {
        case "/595":
          connection.send("HTTP/1.1 595 No route to host\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        case "/401":
          connection.send("HTTP/1.1 401 No ticket\r\nConnection: close\r\n\r\n")
        case "/old":
          connection.send("HTTP/1.0 200 OK\r\n\r\nuntil the end")
        default:
          connection.send("HTTP/1.1 501 Method 'PATCH' not implemented\r\nConnection: close\r\n\r\n")
        }
        connection.hangUp()
      }
      let expected = [
        ("/595", 595, "No route to host", ""), ("/401", 401, "No ticket", ""), ("/old", 200, "OK", "until the end"),
        ("/501", 501, "Method 'PATCH' not implemented", ""),
      ]
      for (path, status, reason, body) in expected {
        let response = try await transport.send(HTTPRequest("GET", server.url + path))
        #expect(response.head.status == status && response.head.reason == reason)
        #expect(try await text(response) == body)
      }
    }

    @Test("TEST-12 interim heads, chunks, trailers, redirects that are not followed")
    func framing() async throws {
      let server = try LoopbackServer { connection, request in
        switch request.path {
        case "/interim":
          connection.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
          connection.answer(headers: ["X-Real: yes"], "body")
        case "/chunks":
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
          connection.send("1;ext=1\r\nd\r\n0\r\nX-Trailer: t\r\n\r\n")
        default:
          connection.answer(status: "301 Moved Permanently", headers: ["Location: /chunks"])
        }
      }
      let interim = try await transport.send(HTTPRequest("GET", server.url + "/interim"))
      #expect(
        interim.head.status == 200 && interim.head.header("X-Real") == "yes" && interim.head.header("Link") == nil)
      #expect(try await text(interim) == "body")
      let chunks = try await transport.send(HTTPRequest("GET", server.url + "/chunks"))
      #expect(try await text(chunks) == "abcd")
      #expect(chunks.head.header("X-Trailer") == nil)
      let moved = try await transport.send(HTTPRequest("GET", server.url + "/moved"))
      #expect(moved.head.status == 301)
      #expect(server.log.count("connection") == 1)
      #expect(server.log.events.filter { $0.contains("/chunks") }.count == 1)
    }

    @Test("TEST-12 compression is asked for and undone; the limit counts what comes out of it")
    func compression() async throws {
      let server = try LoopbackServer { connection, request in
        let base64 = request.path == "/bomb" ? Self.zeros : Self.gzip
        let bytes = [UInt8](Data(base64Encoded: base64) ?? Data())
        connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bytes.count)\r\n")
        connection.send("X-Accept: \(request.headers["accept-encoding"] ?? "")\r\n\r\n")
        connection.send(bytes)
      }
      let response = try await transport.send(HTTPRequest("GET", server.url + "/"))
      #expect(response.head.header("X-Accept")?.contains("gzip") == true)
      #expect(try await text(response) == String(repeating: "hello compressed ", count: 20))
      let bomb = try await transport.send(HTTPRequest("GET", server.url + "/bomb", maximumBodyBytes: 10_000))
      await #expect(throws: HTTPError.tooLarge(limit: 10_000)) { try await bomb.collect() }
      let exact = try await transport.send(HTTPRequest("GET", server.url + "/bomb", maximumBodyBytes: 65_536))
      #expect(try await exact.collect() == [UInt8](repeating: 0, count: 65_536))
    }

    @Test("TEST-12 a connection is kept and used again, but not after the server closes it")
    func reuse() async throws {
      let server = try LoopbackServer { connection, request in
        connection.answer(headers: request.path == "/last" ? ["Connection: close"] : [], "x")
        if request.path == "/last" { connection.hangUp() }
      }
      for _ in 0..<20 { _ = try await transport.send(HTTPRequest("GET", server.url + "/")).collect() }
      #expect(server.log.count("connection") == 1)
      _ = try await transport.send(HTTPRequest("GET", server.url + "/last")).collect()
      _ = try await transport.send(HTTPRequest("GET", server.url + "/")).collect()
      #expect(server.log.count("connection") == 2)
    }

    @Test("TEST-12 a request that changes something is never repeated behind the caller's back; a read is")
    func repetition() async throws {
      let server = try LoopbackServer { connection, request in
        if request.path == "/first" { connection.answer("x") } else if request.path == "/again" { connection.hangUp() }
      }
      for method in ["POST", "GET"] {
        _ = try await transport.send(HTTPRequest("GET", server.url + "/first")).collect()
        let error = await #expect(throws: HTTPError.self) {
          try await transport.send(HTTPRequest(method, server.url + "/again", body: method == "GET" ? nil : [1]))
        }
        guard case .cut? = error else { Issue.record("\(String(describing: error))"); return }
      }
      #expect(server.log.count("request POST /again") == 1)
      #expect(server.log.count("request GET /again") == 2)
    }

    @Test("TEST-12 a large body goes out at once, without waiting for 100 Continue")
    func upload() async throws {
      let server = try LoopbackServer { connection, request in
        connection.answer(status: "200 \(request.headers["expect"] ?? "none") \(request.body.count)")
      }
      let body = [UInt8](repeating: 7, count: 3 << 20)
      let response = try await transport.send(HTTPRequest("POST", server.url + "/", body: body))
      #expect(response.head.reason == "none \(body.count)")
    }

    @Test("TEST-12 a proxy is asked for others and never for this machine")
    func proxy() async throws {
      let server = try LoopbackServer { connection, request in connection.answer(status: "200 \(request.path)") }
      let proxied = CurlTransport(environment: ["http_proxy": server.url, "no_proxy": "direct.invalid"])
      let other = try await proxied.send(HTTPRequest("GET", "http://pve.invalid/x"))
      #expect(other.head.reason == "http://pve.invalid/x")
      let own = try await proxied.send(HTTPRequest("GET", server.url + "/own"))
      #expect(own.head.reason == "/own")
    }
  }
}
