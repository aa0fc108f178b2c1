import JarvisTerminal

enum Markdown {
  static func lines(of text: String, width: Int, theme: Theme, glyphs: Glyphs) -> [StyledLine] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      Wrap.lines(of: StyledLine(String($0), theme.style("text")), width: width)
    }
  }
}
