/// Markdown as models write it, as styled lines for the screen.
///
/// The text is taken as it comes, finished or not: what is still being written looks as it will look. It must have
/// been sanitised before.
public enum Markdown {
  /// `text` in lines of at most `width` cells.
  /// - Parameter scope: the scope of plain text; the rest comes from the `chat.…` scopes of the theme.
  public static func render(
    _ text: String, width: Int, theme: Theme, scope: String = "chat.assistant"
  ) -> [StyledLine] {
    let renderer = MarkdownRenderer(glyphs: theme.glyphs, looks: MarkdownLooks(theme, scope: scope))
    return renderer.render(MarkdownParser.parse(text), width: max(1, width))
  }

  /// The contents of the code blocks of a text, in order: what a person may want to copy.
  public static func codeBlocks(in text: String) -> [String] {
    codeBlocks(in: MarkdownParser.parse(text))
  }

  private static func codeBlocks(in blocks: [MarkdownBlock]) -> [String] {
    blocks.flatMap { block -> [String] in
      switch block {
      case .code(_, let lines): [lines.joined(separator: "\n")]
      case .list(let items): items.flatMap { codeBlocks(in: $0.blocks) }
      case .quote(let inner): codeBlocks(in: inner)
      default: []
      }
    }
  }
}
