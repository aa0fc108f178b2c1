import Foundation
import JarvisAPI
import Testing

@testable import JarvisTerminal

private struct WidthCase: Decodable {
  var string: String
  var width: Int
}

private func widthCases() throws -> [WidthCase]? {
  try TestData.text("width/width.jsonl")?.split(separator: "\n").map {
    try JSONDecoder().decode(WidthCase.self, from: Data($0.utf8))
  }
}

private let hasData = TestData.text("width/width.jsonl") != nil

@Suite struct CellWidthTests {
  @Test(
    "FOUND-06 text takes the cells that terminals give it",
    arguments: [
      ("", 0), ("hello", 5), ("cafe\u{301}", 4), ("コンニチハ, セカイ!", 19), ("─│╵⣿▍▌◉✓", 8), ("⚠", 1), ("⚠\u{FE0F}", 2),
      ("⌚", 2), ("⌚\u{FE0E}", 1), ("👩‍💻", 2), ("👍🏽", 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("👨‍👩‍👧‍👦", 2), ("क्षि", 2), ("각", 2),
      ("a\u{200B}b", 2), ("a\nb\tc", 3), ("\u{301}", 0), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2), ("1️⃣", 2), ("🫨", 2),
    ])
  func widths(text: String, width: Int) {
    #expect(CellWidth.of(text) == width)
  }

  @Test("FOUND-06 at least 99 % of the shared strings are as wide as measured", .enabled(if: hasData, "no data"))
  func sharedStrings() throws {
    let cases = try #require(try widthCases())
    let right = cases.count { CellWidth.of(Sanitiser.clean($0.string)) == $0.width }
    #expect(Double(right) / Double(cases.count) >= 0.99, "\(right) of \(cases.count)")
  }

  @Test("FOUND-06 every code point is as wide as Unicode says", .enabled(if: hasData, "no data"))
  func codePoints() throws {
    struct Ranges: Decodable { var ranges: [[Int]] }
    let text = try #require(TestData.text("width/codepoint_width_ranges.json"))
    var wrong: [String] = []
    for range in try JSONDecoder().decode(Ranges.self, from: Data(text.utf8)).ranges {
      for value in range[0]...range[1] {
        guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
        if CellWidth.of(scalar) != max(0, range[2]) { wrong.append(String(value, radix: 16)) }
      }
    }
    // U+00AD, the soft hyphen, is the one on which tables differ.
    #expect(wrong.count <= 1, "\(wrong.prefix(20))")
  }

  @Test("FOUND-06 what is drawn takes exactly the cells that were measured", .enabled(if: hasData, "no data"))
  func drawnAsMeasured() throws {
    var encoder = CellEncoder(isUTF8: false)
    for item in try #require(try widthCases()) {
      let text = Sanitiser.clean(item.string, keepingNewlines: false)
      let width = CellWidth.of(text)
      var canvas = Canvas(size: Size(columns: width + 2, rows: 1))
      #expect(canvas.put(text, x: 1, y: 0, style: .plain) == width, "\(text.debugDescription)")
      #expect(canvas[0, 0].text == " " && canvas[width + 1, 0].text == " ")
      for cell in canvas.cells { #expect(encoder.encode(cell.glyph, isWide: false).width == 1) }
    }
  }

  @Test(
    "FOUND-06 a cell holds a base with marks, and what is richer is reduced in the same room",
    arguments: [
      ("é", CellContent.narrow("é")), ("e\u{301}", .narrow("e\u{301}")), ("漢", .wide("漢")), ("👩‍💻", .wide("👩")),
      ("👍🏽", .wide("👍")), ("🇩🇪", .pair("D", "E")), ("⚠\u{FE0F}", .pair("⚠", " ")),
      ("1\u{FE0F}\u{20E3}", .pair("1\u{20E3}", " ")),
      ("⌚\u{FE0E}", .narrow("\u{FFFD}")), ("\u{7}", .nothing), ("\u{301}", .nothing),
      (Character("a" + String(repeating: "\u{301}", count: 40)), .narrow("a" + String(repeating: "\u{301}", count: 4))),
    ] as [(Character, CellContent)])
  func content(character: Character, content: CellContent) {
    #expect(CellContent(character) == content)
  }

  @Test("FOUND-06 nothing of an escape sequence reaches the cells, sanitised or not")
  func hostile() {
    var canvas = Canvas(size: Size(columns: 40, rows: 1))
    canvas.put("\u{1B}[31mred\u{1B}]0;title\u{7}\r\n\u{9B}2J\u{202E}x", x: 0, y: 0, style: .plain)
    for cell in canvas.cells {
      for scalar in cell.text.unicodeScalars { #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value)) }
    }
    canvas = Canvas(size: Size(columns: 40, rows: 1))
    canvas.put(Sanitiser.clean("\u{1B}[31mred\u{1B}]0;title\u{7}!"), x: 0, y: 0, style: .plain)
    #expect(canvas.lines == ["red!"])
  }
}
