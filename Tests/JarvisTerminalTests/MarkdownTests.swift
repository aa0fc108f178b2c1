import Testing

@testable import JarvisTerminal

@Suite struct MarkdownTests {
  static let sample = """
    # Why pve is slow
    A **ZFS scrub** of `tank` has run since *12:02*, reading 310 MiB/s; see [the log](https://pve:8006/#v1).
    Guest_config and 2 * 3 * 4 stay, so does snake_case_name.

    1. look at `zpool status`
    2. wait, or
       stop it:
       ```sh
       zpool scrub -s tank   # keeps   its spaces
       ```
    10. look again

    - guests with disks on tank
      - 100 docker-host
      - 101 truenas, whose line is long enough to wrap around here
    - others

    > Nothing is wrong.
    > It ends at 23:40.

    | node | cpu | what |
    |:-----|----:|:----:|
    | pve | 42 % | **scrub** |
    | agent | 3 % | a cell with much to say \\| and a bar |

    ---
    Not closed yet: **bold and
    ```
    still being written
    """

  @Test("FOUND-06 Markdown as lines of text", arguments: [40, 72])
  func golden(width: Int) throws {
    let lines = Markdown.render(Self.sample, width: width, theme: .plain)
    for line in lines { #expect(line.width <= width, "\(line.text)") }
    var canvas = Canvas(size: Size(columns: width, rows: lines.count))
    for (y, line) in lines.enumerated() { canvas.put(line, x: 0, y: y) }
    try expectGolden(canvas.lines, "markdown-\(width)")
  }

  private func spans(_ text: String) throws -> [Span] {
    let theme = try ThemeLibrary().theme(named: "mono")
    return Markdown.render(text, width: 60, theme: theme).first?.spans ?? []
  }

  @Test("FOUND-06 emphasis, code and links have their looks")
  func looks() throws {
    #expect(try spans("a **b** c").map(\.style.attributes) == [[], .bold, []])
    #expect(try spans("a *b* c")[1] == Span("b", Style(attributes: .italic)))
    #expect(try spans("a ***b*** c")[1].style.attributes == [.bold, .italic])
    #expect(try spans("use `x  y` now")[1] == Span("x  y", Style(attributes: .bold)))
    #expect(try spans("see [it](http://x) now").map(\.text) == ["see ", "it", " (http://x)", " now"])
    #expect(try spans("# big").first?.style.attributes == [.bold, .underline])
    #expect(try spans("\\*not\\* &amp; &lt;b&gt;").map(\.text).joined() == "*not* & <b>")
    #expect(try spans("a `` x`y `` b")[1].text == "x`y")
  }

  @Test(
    "FOUND-06 what only looks like a mark stays",
    arguments: [
      "snake_case_name", "2 * 3 * 4", "a ** b", "__init__.py is_a_file", "[x] done", "a_b", "**", "`", "a [b",
      "3 < 4 & 5 > 2",
      "~x~", "guest_config(vmid)",
    ])
  func plain(text: String) {
    let drawn = Markdown.render(text, width: 60, theme: .plain).map(\.text).joined()
    // "__init__" is strong in Markdown, and its underscores are its own only in code.
    #expect(drawn == text.replacing("__init__", with: "init"))
  }

  @Test("FOUND-06 a table too wide for its columns is told row by row")
  func records() {
    let text = "| one | two | three |\n|---|---|---|\n| aaaaaaaaaa | bbbbbbbbbb | cccccccccc |"
    #expect(
      Markdown.render(text, width: 16, theme: .plain).map(\.text) == [
        "one: aaaaaaaaaa", "two: bbbbbbbbbb", "three:", "  cccccccccc",
      ])
  }

  @Test("FOUND-06 code blocks can be taken out as they were written")
  func code() {
    #expect(
      Markdown.codeBlocks(in: Self.sample) == ["zpool scrub -s tank   # keeps   its spaces", "still being written"])
    #expect(Markdown.codeBlocks(in: "none") == [])
  }

  @Test("FOUND-06 no text breaks the renderer, whole or cut anywhere")
  func random() throws {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "# ", "- ", "1. ", "> ", "```", "`", "**", "*", "_", "|", "|---|", "\n", "\n\n", "  ", "word", "漢", "[a](b)",
      "\\", "&amp;", "~~~", "    ",
    ]
    let sample = Array(Self.sample)
    for round in 0..<400 {
      let text =
        round < 200
        ? String(sample.prefix(round * sample.count / 200))
        : (0..<Int.random(in: 0...60, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      for width in [1, 2, 7, 40] {
        for line in Markdown.render(text, width: width, theme: .plain) where width >= 7 {
          #expect(line.width <= width, "\(text.debugDescription) at \(width): \(line.text)")
        }
      }
    }
  }

  @Test("FOUND-06 nesting without end and marks without other ends cost little", .timeLimit(.minutes(1)))
  func hostile() {
    let deep = String(repeating: "> ", count: 5_000) + "x\n" + String(repeating: "- ", count: 5_000) + "y"
    let marks = String(repeating: "*a **b _c `d [e ", count: 1_000)
    let bars = String(repeating: "|", count: 5_000) + "\n" + String(repeating: "|-", count: 5_000)
    for text in [deep, marks, bars] { #expect(!Markdown.render(text, width: 60, theme: .plain).isEmpty) }
  }
}
