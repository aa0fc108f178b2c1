import Testing

@testable import JarvisTerminal

@Suite struct TextTests {
  @Test(
    "FOUND-06 words wrap at spaces, long ones are cut, spaces at a break are dropped",
    arguments: [
      ("the quick brown fox", 9, ["the quick", "brown fox"]),
      ("the quick brown fox", 10, ["the quick", "brown fox"]),
      ("the  quick", 4, ["the", "quic", "k"]),
      ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
      ("ab abcdefghij x", 4, ["ab a", "bcde", "fghi", "j x"]),
      ("a\n\nb", 5, ["a", "", "b"]),
      ("  indented text", 10, ["  indented", "text"]),
      ("漢字漢字 x", 5, ["漢字", "漢字", "x"]),
      ("", 5, [""]),
      ("x", 0, ["x"]),
      ("one two", 3, ["one", "two"]),
      ("tail ", 4, ["tail"]),
    ])
  func words(text: String, width: Int, lines: [String]) {
    #expect(Wrap.lines(of: text, width: width) == lines)
  }

  @Test("FOUND-06 code keeps every space and breaks only at the edge")
  func verbatim() {
    #expect(Wrap.lines(of: "  if  x {\n    y", width: 6, mode: .verbatim) == ["  if  ", "x {", "    y"])
    #expect(Wrap.lines(of: "漢字漢", width: 3, mode: .verbatim) == ["漢", "字", "漢"])
  }

  @Test("FOUND-06 continued lines hang under their first one")
  func indent() {
    #expect(Wrap.lines(of: "one two three four", width: 9, indent: 2) == ["one two", "  three", "  four"])
    #expect(Wrap.lines(of: "abcdefgh", width: 4, indent: 2) == ["abcd", "  ef", "  gh"])
  }

  @Test("FOUND-06 styles go on over breaks, and no line is wider than asked")
  func styled() {
    let bold = Style(attributes: .bold)
    let line = StyledLine([Span("one "), Span("two three", bold), Span(" four")])
    let lines = Wrap.lines(of: line, width: 8)
    #expect(lines.map(\.text) == ["one two", "three", "four"])
    #expect(lines[1].spans == [Span("three", bold)])
    #expect(lines[0].spans == [Span("one "), Span("two", bold)])
  }

  @Test("FOUND-06 whatever the text, wrapped lines fit and no word is lost")
  func random() {
    var random = SystemRandomNumberGenerator()
    let pieces = ["a", "bb", " ", "  ", "漢", "🇩🇪", "longerword", "\n", "e\u{301}", "-", "⚠\u{FE0F}"]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      for mode in [Wrap.Mode.words, .verbatim] {
        let width = Int.random(in: 2...12, using: &random)
        let lines = Wrap.lines(of: text, width: width, mode: mode, indent: Int.random(in: 0...1, using: &random))
        for line in lines { #expect(CellWidth.of(line) <= width, "\(text.debugDescription) at \(width): \(line)") }
        let kept = lines.joined().filter { !$0.isWhitespace }
        #expect(kept == text.filter { !$0.isWhitespace })
      }
    }
  }

  @Test("FOUND-06 what does not fit is cut with an ellipsis")
  func truncation() {
    #expect(TextFit.truncate("homeassistant", to: 9) == "homeassi…")
    #expect(TextFit.truncate("home", to: 4) == "home")
    #expect(TextFit.truncate("漢字漢字", to: 6) == "漢字…")
    #expect(TextFit.truncate("漢字漢字", to: 0) == "")
    #expect(TextFit.truncate("abc", to: 1) == "…")
    #expect(TextFit.truncateMiddle("/var/lib/vz/images", to: 11) == "/var/…mages")
    #expect(TextFit.pad("漢", to: 5, align: .right) == "   漢")
    #expect(TextFit.pad("abc", to: 7, align: .centre) == "  abc  ")
    #expect(TextFit.pad("abcdef", to: 4) == "abc…")
  }

  @Test("FOUND-06 a styled line is cut with an ellipsis in the look of what was cut")
  func styledTruncation() {
    let bold = Style(attributes: .bold)
    let line = StyledLine([Span("abc"), Span("defgh", bold)])
    #expect(line.truncated(to: 6) == StyledLine([Span("abc"), Span("de…", bold)]))
    #expect(line.truncated(to: 4) == StyledLine([Span("abc"), Span("…", bold)]))
    #expect(line.truncated(to: 8) == line)
    #expect(line.truncated(to: 0).text == "")
    var canvas = Canvas(size: Size(columns: 10, rows: 1))
    #expect(canvas.put(line, x: 1, y: 0) == 8)
    #expect(canvas.lines == [" abcdefgh"])
    #expect(canvas[5, 0].style == bold)
  }
}
