import Testing

@testable import JarvisHTTP

@Suite("Heads")
struct HTTPHeadParserTests {
  private func heads(_ lines: [String]) throws -> [HTTPHead] {
    var parser = HTTPHeadParser()
    return try lines.compactMap { try parser.consume(Array(($0 + "\r\n").utf8)) }
  }

  @Test(
    "TEST-12 Proxmox' own codes and reasons",
    arguments: [
      ("HTTP/1.1 595 No route to host", 595, "No route to host"),
      ("HTTP/1.1 401 No ticket", 401, "No ticket"),
      (
        "HTTP/1.0 403 Permission check failed (/vms/100, VM.PowerMgmt)", 403,
        "Permission check failed (/vms/100, VM.PowerMgmt)"
      ),
      ("HTTP/2 200", 200, ""), ("HTTP/2 200 ", 200, ""), ("HTTP/1.1 500 größer", 500, "größer"),
    ])
  func statusLines(line: String, status: Int, reason: String) throws {
    let head = try #require(try heads([line, ""]).first)
    #expect(head.status == status)
    #expect(head.reason == reason)
  }

  @Test("TEST-12 interim heads are passed over, trailers ignored, repeated and folded headers kept")
  func several() throws {
    let found = try heads([
      "HTTP/1.1 100 Continue", "X-A: no", "", "HTTP/1.1 103 Early Hints", "", "HTTP/1.1 200 OK", "Set-Cookie: a",
      "set-cookie:  b:c ", "X-Long: one", "  two", "X-Empty:", "no colon", "", "Trailer: x", "",
    ])
    #expect(found.count == 1)
    let head = try #require(found.first)
    #expect(head.headers.map(\.name) == ["Set-Cookie", "set-cookie", "X-Long", "X-Empty"])
    #expect(head.headers.map(\.value) == ["a", "b:c", "one two", ""])
    #expect(head.header("SET-COOKIE") == "a")
    #expect(head.header("absent") == nil)
  }

  @Test("TEST-12 a head that is no head, and one without end, are malformed")
  func malformed() throws {
    #expect(throws: HTTPError.malformed("the status line holds no status")) { try heads(["HTTP/1.1 OK"]) }
    #expect(throws: HTTPError.self) {
      try heads(["HTTP/1.1 200 OK"] + Array(repeating: "X: " + String(repeating: "y", count: 1_000), count: 300))
    }
  }
}
