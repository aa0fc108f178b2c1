import JarvisAPI
import JarvisTerminal

/// The help, made from the key table.
enum HelpText {
  /// More lines than any help has: the bound of its scrolling.
  static let lineLimit = 1_000
  private static let keyWidth = 18

  static func lines(_ state: AppState) -> [StyledLine] {
    let theme = state.theme
    var lines: [StyledLine] = []
    func row(_ left: String, _ right: String) {
      lines.append(
        StyledLine([
          Span(TextFit.pad(left, to: keyWidth, ellipsis: state.glyphs.ellipsis), theme.style("help.key")),
          Span(" " + right.sanitisedLine, theme.style("help")),
        ]))
    }
    func heading(_ text: String) {
      if !lines.isEmpty { lines.append(StyledLine()) }
      lines.append(StyledLine(text, theme.style("panel.title")))
    }
    for context in KeyContext.allCases {
      heading(context.title)
      for binding in state.keys.bindings
      where binding.context == context && !binding.keys.isEmpty && !binding.description.isEmpty {
        let word = binding.word.map { "  (:\($0))" } ?? ""
        row(binding.keys.map(\.label).joined(separator: " "), binding.description + word)
      }
    }
    heading("Words behind :")
    for binding in state.keys.bindings where binding.keys.isEmpty {
      row(":" + (binding.word ?? ""), binding.description)
    }
    for word in CommandWord.withArgument { row(":" + word.usage, word.description) }
    if !state.mirror.typedCommands.isEmpty {
      heading("Typed commands (no model is asked)")
      for command in state.mirror.typedCommands {
        row(
          "/\(command.name) \(command.usage)".trimmed,
          command.summary + (command.tier == .green ? "" : "  " + command.tier.rawValue))
      }
    }
    return lines
  }
}
