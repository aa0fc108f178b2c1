import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Layout")
struct LayoutTests {
  let golden = Golden()

  static let sizes = [
    (45, 20), (60, 30), (80, 24), (100, 30), (120, 40), (160, 45), (200, 50), (240, 67), (300, 100),
  ]

  @Test("FOUND-06 rectangles at every size of the design", arguments: sizes)
  func pictures(columns: Int, rows: Int) throws {
    let snapshot = Sample.snapshot(approvals: [Sample.approval(1)])
    let session = Session.attached(columns, rows, snapshot: snapshot)
    let arrangement = Arrangement(session.state, now: session.now)
    #expect(
      try golden.difference(Self.draw(arrangement, columns, rows), name: "layout-\(columns)x\(rows)") == nil)
  }

  @Test("FOUND-06 too small says how much is needed", arguments: [(44, 20), (45, 19), (20, 5), (1, 1), (0, 0)])
  func tooSmall(columns: Int, rows: Int) throws {
    var session = Session.attached(80, 24)
    session.resize(columns, rows)
    #expect(session.state.layout.shape == .tooSmall)
    if columns >= 20 {
      #expect(session.sees("JARVIS needs 45x20"))
      #expect(session.sees("here: \(columns)x\(rows)"))
    }
    #expect(session.canvas.size == Size(columns: columns, rows: rows))
  }

  @Test("FOUND-06 pieces never overlap and never leave the screen, at any size")
  func disjoint() {
    var session = Session.attached(80, 24, snapshot: Sample.snapshot(approvals: [Sample.approval(1)]))
    for columns in stride(from: 45, through: 310, by: 7) {
      for rows in stride(from: 20, through: 100, by: 9) {
        session.resize(columns, rows)
        let arrangement = Arrangement(session.state, now: session.now)
        let rects = Self.pieces(arrangement).map(\.rect).filter { !$0.isEmpty }
        let screen = Rect(x: 0, y: 0, width: columns, height: rows)
        var area = 0
        for (index, rect) in rects.enumerated() {
          #expect(rect.intersection(screen) == rect, "\(columns)x\(rows): \(rect)")
          #expect(!rects[..<index].contains { !$0.intersection(rect).isEmpty }, "\(columns)x\(rows): \(rect)")
          area += rect.width * rect.height
        }
        #expect(area > 0)
        #expect(arrangement.centre.content.height >= CentreLayout.contentRows)
        #expect(arrangement.centre.card.height >= CentreLayout.cardRows)
      }
    }
  }

  static func pieces(_ arrangement: Arrangement) -> [(name: String, rect: Rect)] {
    let centre = arrangement.centre
    return [
      ("header", arrangement.layout.header), ("banner", centre.banner), ("content", centre.content),
      ("card", centre.card), ("input", centre.input), ("status", arrangement.layout.status),
      ("footer", arrangement.layout.footer),
    ] + arrangement.panels.map { ($0.kind.rawValue, $0.rect) }
  }

  /// Each rectangle drawn with its corners and its name: `[name   ]` where it is one row high.
  static func draw(_ arrangement: Arrangement, _ columns: Int, _ rows: Int) -> String {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    for (name, rect) in pieces(arrangement) where !rect.isEmpty {
      for y in [rect.y, rect.maxY - 1] {
        canvas.fill(
          Rect(x: rect.x, y: y, width: rect.width, height: 1), style: .plain, with: rect.height == 1 ? " " : "-")
      }
      for y in rect.y..<rect.maxY {
        canvas.put(rect.height == 1 ? "[" : "|", x: rect.x, y: y, style: .plain)
        canvas.put(rect.height == 1 ? "]" : "|", x: rect.maxX - 1, y: y, style: .plain)
      }
      canvas.put("\(name) \(rect.width)x\(rect.height)", x: rect.x + 1, y: rect.y, style: .plain, width: rect.width - 2)
    }
    return canvas.lines.joined(separator: "\n")
  }
}
