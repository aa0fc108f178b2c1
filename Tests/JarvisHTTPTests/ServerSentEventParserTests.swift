import JarvisHTTP
import Testing

@Suite("Server-sent events, by the WHATWG rules")
struct ServerSentEventParserTests {
  /// Events of `text` given in pieces of `size` bytes.
  private func parse(_ text: String, size: Int = .max) throws -> [ServerSentEvent] {
    try parse(Array(text.utf8), size: size)
  }

  private func parse(_ bytes: [UInt8], size: Int = .max) throws -> [ServerSentEvent] {
    var parser = ServerSentEventParser()
    var events: [ServerSentEvent] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      events += try parser.consume(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return events
  }

  @Test("ROUTE-08 examples of the standard")
  func examples() throws {
    #expect(
      try parse("data: YHOO\ndata: +2\ndata: 10\n\n") == [ServerSentEvent(data: "YHOO\n+2\n10")])
    let stream = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"
    #expect(
      try parse(stream) == [
        ServerSentEvent(data: "first event", id: "1"), ServerSentEvent(data: "second event"),
        ServerSentEvent(data: " third event"),
      ])
    #expect(
      try parse("data\n\ndata\ndata\n\ndata:") == [ServerSentEvent(data: ""), ServerSentEvent(data: "\n")])
    #expect(try parse("data:test\n\ndata: test\n\n") == Array(repeating: ServerSentEvent(data: "test"), count: 2))
  }

  @Test("ROUTE-08 names, ids and unknown fields; the id lasts, the name does not")
  func fields() throws {
    let stream =
      "event: delta\nid: 7\ndata: a\nnonsense: x\nDATA: no\n data: no\n\ndata: b\n\nevent: only\n\ndata: c\n\n"
    #expect(
      try parse(stream) == [
        ServerSentEvent(event: "delta", data: "a", id: "7"), ServerSentEvent(data: "b", id: "7"),
        ServerSentEvent(data: "c", id: "7"),
      ])
    #expect(try parse("id: a\0b\ndata: x\n\n") == [ServerSentEvent(data: "x")])
  }

  @Test("ROUTE-08 retry counts only when it is digits")
  func retry() throws {
    var parser = ServerSentEventParser()
    #expect(try parser.consume(Array("retry: 2500\n".utf8)).isEmpty)
    #expect(parser.reconnectionTime == .milliseconds(2_500))
    for value in ["", " -1", " 1s", " 1.5", " ٣"] {
      #expect(try parser.consume(Array("retry:\(value)\n".utf8)).isEmpty)
      #expect(parser.reconnectionTime == .milliseconds(2_500))
    }
  }

  @Test("ROUTE-08 three line endings, mixed, and a lone CR at a cut", arguments: ["\n", "\r", "\r\n"])
  func lineEndings(end: String) throws {
    let stream = ["event: e", "data: one", "data: two", "", ": c", "data: three", "", ""].joined(separator: end)
    let expected = [ServerSentEvent(event: "e", data: "one\ntwo"), ServerSentEvent(data: "three")]
    #expect(try parse(stream) == expected)
    #expect(try parse(stream, size: 1) == expected)
    #expect(try parse("data: a\r\rdata: b\n\r\ndata: c\r\n\n") == ["a", "b", "c"].map { ServerSentEvent(data: $0) })
  }

  @Test("ROUTE-08 an event is there with the byte that completes it, also when that is a CR")
  func promptness() throws {
    var parser = ServerSentEventParser()
    #expect(try parser.consume(Array("data: x\r".utf8)).isEmpty)
    #expect(try parser.consume(Array("\r".utf8)) == [ServerSentEvent(data: "x")])
    #expect(try parser.consume(Array("\ndata: y\n\n".utf8)).count == 1)
    var second = ServerSentEventParser()
    #expect(try second.consume(Array("data: x\r\n\r".utf8)) == [ServerSentEvent(data: "x")])
  }

  @Test("ROUTE-08 cut anywhere, also inside characters, line endings and the byte order mark")
  func anyCut() throws {
    let stream = "\u{FEFF}data: größe 🙂\r\nevent: ü\r\n\r\n:\u{FEFF}\n\u{FEFF}data: not first\n\ndata: é\n\n"
    let bytes = Array(stream.utf8)
    let expected = [ServerSentEvent(event: "ü", data: "größe 🙂"), ServerSentEvent(data: "é")]
    #expect(try parse(bytes) == expected)
    for size in 1..<bytes.count { #expect(try parse(bytes, size: size) == expected, "pieces of \(size)") }
    for cut in 0..<bytes.count {
      var parser = ServerSentEventParser()
      let events = try parser.consume(bytes[..<cut]) + parser.consume(bytes[cut...])
      #expect(events == expected, "cut at \(cut)")
    }
  }

  @Test("ROUTE-08 half a byte order mark is text, and broken UTF-8 becomes U+FFFD")
  func brokenBytes() throws {
    #expect(try parse([0xEF, 0xBB] + Array("data: x\n\ndata: y\n\n".utf8)) == [ServerSentEvent(data: "y")])
    #expect(try parse([0xEF, 0xBB, 0x0A] + Array("data: y\n\n".utf8)) == [ServerSentEvent(data: "y")])
    #expect(
      try parse(Array("data: a".utf8) + [0xFF, 0xE2, 0x82] + Array("b\n\n".utf8)).map(\.data)
        == ["a\u{FFFD}\u{FFFD}b"])
  }

  @Test("ROUTE-08 an event without its blank line is not one")
  func incomplete() throws {
    #expect(try parse("data: whole\n\ndata: half\n") == [ServerSentEvent(data: "whole")])
  }

  @Test("ROUTE-08 an event beyond the limit ends the stream, whether in one line or many")
  func limit() throws {
    var one = ServerSentEventParser(maximumEventBytes: 100)
    #expect(throws: HTTPError.tooLarge(limit: 100)) {
      try one.consume(Array("data: \(String(repeating: "x", count: 100))\n\n".utf8))
    }
    var many = ServerSentEventParser(maximumEventBytes: 100)
    #expect(throws: HTTPError.tooLarge(limit: 100)) {
      try many.consume(Array(String(repeating: "data: 12345\n", count: 30).utf8))
    }
    var fine = ServerSentEventParser(maximumEventBytes: 100)
    let stream = String(repeating: "data: 12345\n\n", count: 30)
    #expect(try fine.consume(Array(stream.utf8)).count == 30)
  }
}
