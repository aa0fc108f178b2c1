import Testing

@testable import JarvisModels

@Suite struct ServerSentEventsTests {
  @Test("ROUTE-10 Comments, names, joined data lines, byte order mark and all line ends, at every split")
  func grammar() throws {
    let text =
      "\u{FEFF}: hello\ndata: a\r\ndata:b\rdata\n\nevent: x\nid: 1\nretry: 5\ndata:  c:d\n\nevent: lost\n\ndata: half"
    let expected = [
      ServerSentEvent(name: "message", data: Array("a\nb\n".utf8)),
      ServerSentEvent(name: "x", data: Array(" c:d".utf8)),
    ]
    for pieces in Splits.everywhere(Array(text.utf8)) + [Splits.singleBytes(Array(text.utf8))] {
      var parser = ServerSentEvents()
      var events: [ServerSentEvent] = []
      for piece in pieces { events += try parser.receive(piece) }
      #expect(events == expected)
    }
  }
}
