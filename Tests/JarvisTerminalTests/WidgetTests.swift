import Foundation
import Testing

@testable import JarvisTerminal

@Suite struct WidgetTests {
  /// A picture of every widget at one glyph level.
  private func picture(_ level: Glyphs.Level) -> [String] {
    let g = Glyphs.of(level)
    let s = Style.plain
    var c = Canvas(size: Size(columns: 60, rows: 34))
    c.drawHeader(left: "PANEL", right: "SYSTEM", x: 0, y: 0, width: 28, glyphs: g, text: s, rule: s)
    c.drawTitle("CPU", meta: "38 of 42 cores", x: 0, y: 1, width: 28, glyphs: g, style: s, metaStyle: s)
    c.drawRule(x: 0, y: 2, width: 28, glyphs: g, style: s)
    for (row, share) in [nil, 0, 0.001, 0.06, 0.5, 0.63, 0.999, 1].enumerated() {
      c.drawGauge(share, x: 0, y: 3 + row, width: 12, glyphs: g, filled: s, empty: s, ends: s)
      c.put(share.map { "\($0)" } ?? "unknown", x: 14, y: 3 + row, style: s)
    }
    let wave: [Double?] = (0..<40).map { (sin(Double($0) / 4) + 1) / 2 }
    c.drawGraph(wave, in: Rect(x: 0, y: 12, width: 28, height: 1), glyphs: g, noData: s) { _ in s }
    c.drawGraph(wave, in: Rect(x: 0, y: 14, width: 28, height: 3), glyphs: g, noData: s) { _ in s }
    c.drawGraph([0, 0.2, nil, nil, nil, nil, 1, 0], in: Rect(x: 0, y: 18, width: 28, height: 1), glyphs: g, noData: s) {
      _ in s
    }
    c.drawTraffic(
      up: wave.map { $0.map { $0 * 40 } }, down: wave.reversed().map { $0.map { $0 * 80 } },
      in: Rect(x: 0, y: 20, width: 28, height: 4), glyphs: g, noData: s
    ) { _ in s }
    let style = FrameStyle(line: s, activeTab: s, inactiveTab: s, meta: s)
    let tabs = [Tab("1 disk", isActive: true), Tab("2 EMPTY")]
    c.drawFrame(Rect(x: 30, y: 0, width: 30, height: 4), tabs: tabs, meta: "AUTO", glyphs: g, style: style)
    c.drawCard(
      Rect(x: 30, y: 5, width: 30, height: 4), title: "APPROVAL 1", remark: "4:51 left", glyphs: g, line: s, title: s)
    let columns = [
      TableColumn("VMID", align: .right, priority: 5), TableColumn("NAME", minimum: 6, priority: 9, isFlexible: true),
      TableColumn("NODE", priority: 2), TableColumn("CPU", align: .right, priority: 3),
    ]
    let rows = [["100", "docker-host", "pve", "42 %"], ["103", "homeassistant-with-a-long-name", "agent", "3 %"]]
    let cells = rows.map { $0.map { Span($0) } }
    c.drawTable(columns, rows: cells, in: Rect(x: 30, y: 10, width: 30, height: 4), header: s, ellipsis: g.ellipsis)
    c.drawTable(columns, rows: cells, in: Rect(x: 30, y: 15, width: 14, height: 4), header: s, ellipsis: g.ellipsis)
    return c.lines
  }

  @Test("FOUND-06 widgets at every glyph level", arguments: Glyphs.Level.allCases)
  func golden(level: Glyphs.Level) throws {
    try expectGolden(picture(level), "widgets-\(level.rawValue)")
  }

  @Test("FOUND-06 ASCII mode draws nothing but ASCII")
  func ascii() {
    for line in picture(.ascii) { #expect(line.utf8.allSatisfy { $0 < 0x80 }, "\(line)") }
  }

  @Test("FOUND-06 all glyphs are one cell wide, in our table and in libc's", arguments: Glyphs.Level.allCases)
  func glyphs(level: Glyphs.Level) {
    for child in Mirror(reflecting: Glyphs.of(level)).children {
      for text in (child.value as? [String]) ?? [child.value as? String ?? " "] {
        #expect(CellWidth.of(text) == 1 && text.unicodeScalars.count == 1, "\(child.label ?? ""): \(text)")
      }
    }
  }

  @Test("FOUND-06 a bar shows no more levels than the data has", arguments: [(10, 100), (28, 100), (10, 10), (40, 4)])
  func precision(width: Int, steps: Int) {
    let glyphs = Glyphs.of(.braille)
    let pictures = Set(
      (0...1_000).map { Gauge.parts(Double($0) / 1_000, width: width, glyphs: glyphs, steps: steps).filled })
    // Besides the levels: nothing at all, the smallest mark of what is not nothing, the largest of what is not all.
    #expect(pictures.count <= steps + 3)
    for tenth in 0...1_000 {
      let parts = Gauge.parts(Double(tenth) / 1_000, width: width, glyphs: glyphs, steps: steps)
      #expect(CellWidth.of(parts.filled + parts.empty) == width)
      let isFull = parts.filled == String(repeating: "█", count: width)
      #expect(isFull == (tenth == 1_000))
      #expect(parts.filled.isEmpty == (tenth == 0))
    }
  }

  @Test("FOUND-06 odd numbers do not break a gauge or a graph", arguments: [Double.nan, .infinity, -.infinity, -1, 7])
  func odd(value: Double) {
    for level in Glyphs.Level.allCases {
      let glyphs = Glyphs.of(level)
      #expect(CellWidth.of(Gauge.parts(value, width: 9, glyphs: glyphs).filled) <= 9)
      #expect(
        Graph.rows([value, nil, value], width: 5, height: 2, glyphs: glyphs).allSatisfy { CellWidth.of($0) == 5 })
    }
    #expect(TrafficChart.scale([value], [nil]) >= 1)
  }

  @Test("FOUND-06 a braille curve moves by whole cells, every second sample")
  func moves() {
    let glyphs = Glyphs.of(.braille)
    let series: [Double?] = (0..<12).map { Double($0 % 5) / 5 }
    func row(_ count: Int) -> String {
      // A history of ten that forgets its oldest.
      let dropped = max(0, count - 10)
      return Graph.rows(Array(series[dropped..<count]), dropped: dropped, width: 4, height: 1, glyphs: glyphs)[0]
    }
    #expect(row(10).dropLast() == row(9).dropLast())
    #expect(row(10) != row(9))
    #expect(row(11).dropLast() == row(10).dropFirst())
  }

  @Test("FOUND-06 the scale of a traffic chart is a round figure that holds the peak")
  func scale() {
    #expect(TrafficChart.scale([12, nil], [88]) == 100)
    #expect(TrafficChart.scale([1.2], [0]) == 2)
    #expect(TrafficChart.scale([0.3], [0], floor: 0.001) == 0.5)
    #expect(TrafficChart.scale([], []) == 1)
    #expect(TrafficChart.scale([500_000], [499]) == 500_000)
  }

  @Test("FOUND-06 columns of low priority go first, and widths never exceed the room")
  func table() {
    let columns = [
      TableColumn("a", minimum: 4, priority: 1), TableColumn("b", minimum: 4, priority: 3),
      TableColumn("c", minimum: 4, priority: 2),
    ]
    #expect(TableLayout.widths(columns, content: [4, 4, 4], available: 14) == [4, 4, 4])
    #expect(TableLayout.widths(columns, content: [4, 4, 4], available: 13) == [nil, 4, 4])
    #expect(TableLayout.widths(columns, content: [4, 9, 9], available: 16) == [4, 6, 4])
    #expect(TableLayout.widths(columns, content: [4, 9, 9], available: 20) == [4, 9, 5])
    for available in 0...60 {
      let widths = TableLayout.widths(columns, content: [20, 5, 30], available: available).compactMap { $0 }
      #expect(widths.reduce(max(0, widths.count - 1), +) <= max(available, 0))
    }
  }

  @Test("FOUND-06 the active tab is always there, and each drawn tab tells its place")
  func tabs() {
    var c = Canvas(size: Size(columns: 30, rows: 3))
    let s = Style.plain
    let tabs = (1...6).map { Tab("tab \($0)", isActive: $0 == 6) }
    let frame = c.drawFrame(
      Rect(x: 0, y: 0, width: 30, height: 3), tabs: tabs, glyphs: .of(.braille),
      style: FrameStyle(line: s, activeTab: s, inactiveTab: s, meta: s))
    #expect(c.lines[0].contains("tab 6"))
    #expect(frame.tabs.last?.index == 5)
    for place in frame.tabs { #expect(c.lines[0].contains(tabs[place.index].title) && place.rect.maxX <= 29) }
    #expect(frame.inside == Rect(x: 1, y: 1, width: 28, height: 1))
  }
}
