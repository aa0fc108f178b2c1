import Testing

@testable import JarvisTerminal

@Suite struct CanvasTests {
  private func canvas(_ columns: Int, _ rows: Int = 1) -> Canvas { Canvas(size: Size(columns: columns, rows: rows)) }

  @Test("FOUND-06 drawing is clipped at every edge")
  func clipping() {
    var c = canvas(5, 2)
    c.put("abcdefgh", x: -2, y: 0, style: .plain)
    c.put("xyz", x: 3, y: 1, style: .plain)
    c.put("no", x: 0, y: 7, style: .plain)
    c.put("no", x: 0, y: -1, style: .plain)
    c.put("no", x: 9, y: 0, style: .plain)
    c.fill(Rect(x: -5, y: -5, width: 3, height: 3), style: .plain, with: "#")
    c[17, 0] = Cell(text: "!")
    #expect(c.lines == ["cdefg", "   xy"])
    #expect(c[99, 99] == Cell())
  }

  @Test("FOUND-06 a width limits what is drawn, and the cells used are returned")
  func width() {
    var c = canvas(10)
    #expect(c.put("abcdef", x: 1, y: 0, style: .plain, width: 3) == 3)
    #expect(c.lines == [" abc"])
  }

  @Test("FOUND-06 a wide character cut by an edge becomes a space")
  func wideAtEdges() {
    var c = canvas(4)
    c.put("....", x: 0, y: 0, style: .plain)
    c.put("a漢漢", x: 0, y: 0, style: .plain)
    #expect(c.lines == ["a漢"])
    #expect(c[3, 0].text == " ")
    c.put("漢b", x: -1, y: 0, style: .plain)
    #expect(c.lines == [" b"])
  }

  @Test("FOUND-06 overwriting half of a wide character clears the other half", arguments: [0, 1])
  func halves(column: Int) {
    var c = canvas(4)
    c.put("漢z", x: 0, y: 0, style: .plain)
    c.put("x", x: column, y: 0, style: .plain)
    #expect(c.lines == [column == 0 ? "x z" : " xz"])
    c.put("漢漢", x: 0, y: 0, style: .plain)
    c.put("字", x: 1, y: 0, style: .plain)
    #expect(c.lines == [" 字"])
    #expect(c.cells.map(\.text) == [" ", "字", "", " "])
  }

  @Test("FOUND-06 setting a cell by its place keeps wide characters whole")
  func subscripting() {
    var c = canvas(3)
    c.put("漢", x: 0, y: 0, style: .plain)
    c[1, 0] = Cell(text: "x")
    #expect(c.lines == [" x"])
  }

  @Test("FOUND-06 a canvas is drawn into another, clipped, wide characters whole")
  func layers() {
    var inner = canvas(4, 2)
    inner.put("a漢b", x: 0, y: 0, style: .plain)
    inner.put("cdef", x: 0, y: 1, style: .plain)
    inner.cursor = (1, 1)
    var c = canvas(6, 3)
    c.draw(inner, x: 1, y: 1)
    #expect(c.lines == ["", " a漢b", " cdef"])
    #expect(c.cursor?.x == 2 && c.cursor?.y == 2)
    var cut = canvas(3, 1)
    cut.draw(inner, x: 1, y: 0)
    #expect(cut.lines == [" a"])
    var left = canvas(3, 1)
    left.draw(inner, x: -2, y: 0)
    #expect(left.lines == [" b"])
  }

  @Test("FOUND-06 a cursor outside is hidden")
  func cursor() {
    var c = canvas(4, 2)
    c.cursor = (3, 1)
    #expect(c.cursor?.x == 3 && c.cursor?.y == 1)
    c.cursor = (4, 1)
    #expect(c.cursor == nil)
  }

  @Test("FOUND-06 a look changes and the words stay")
  func restyle() {
    var c = canvas(4)
    c.put("abcd", x: 0, y: 0, style: .plain)
    c.restyle(Rect(x: 1, y: 0, width: 2, height: 9)) { $0.adding(.reverse) }
    #expect(c.lines == ["abcd"])
    #expect(c.cells.map { $0.style.attributes == .reverse } == [false, true, true, false])
  }

  @Test("FOUND-06 random drawing never breaks a wide character or leaves the canvas")
  func random() {
    var random = SystemRandomNumberGenerator()
    let texts = ["a", "漢字", "é", "🇩🇪x", "⚠\u{FE0F}", "👩‍💻", "─╴", "\u{1B}", ""]
    for _ in 0..<300 {
      var c = canvas(.random(in: 0...7, using: &random), .random(in: 0...3, using: &random))
      for _ in 0..<30 {
        let (x, y) = (Int.random(in: -3...8, using: &random), Int.random(in: -1...3, using: &random))
        switch Int.random(in: 0...3, using: &random) {
        case 0: c.fill(Rect(x: x, y: y, width: 3, height: 2), style: .plain)
        case 1: c[x, y] = Cell(text: "q")
        case 2: c.draw(c, x: x, y: y)
        default:
          c.put(
            texts.randomElement(using: &random) ?? "", x: x, y: y, style: .plain,
            width: .random(in: 0...5, using: &random))
        }
        for y in 0..<c.size.rows {
          for x in 0..<c.size.columns {
            let isSecond = c[x, y].text.isEmpty
            if isSecond { #expect(x > 0 && CellWidth.of(c[x - 1, y].text) == 2) }
            if CellWidth.of(c[x, y].text) == 2 { #expect(x + 1 < c.size.columns && c[x + 1, y].text.isEmpty) }
          }
        }
      }
    }
  }
}
