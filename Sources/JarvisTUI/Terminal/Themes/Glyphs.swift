/// The characters that chrome, gauges and graphs are made of. All of them one cell wide; none is an emoji.
public struct Glyphs: Sendable, Hashable {
  /// What the terminal's font and locale can show.
  public enum Level: String, Sendable, CaseIterable {
    /// Everything: braille graphs, eighth blocks, box drawing.
    case braille
    /// Box drawing and blocks, no braille.
    case block
    /// Nothing beyond ASCII: no UTF-8, or the Linux console.
    case ascii
  }

  /// Which set this is.
  public var level: Level
  /// Lines and corners of frames and headers.
  public var horizontal: String
  public var vertical: String
  public var topLeft: String
  public var topRight: String
  public var bottomLeft: String
  public var bottomRight: String
  /// The clipped corners of the centre frame and the slanted edge of its tabs.
  public var clippedTopRight: String
  public var clippedBottomLeft: String
  public var tabEdge: String
  /// A module's rule: its ends and its body.
  public var ruleEnd: String
  public var ruleBody: String
  /// The double frame of a card that asks for a decision.
  public var cardHorizontal: String
  public var cardVertical: String
  public var cardTopLeft: String
  public var cardTopRight: String
  public var cardBottomLeft: String
  public var cardBottomRight: String
  /// The ends of a gauge and its empty cells.
  public var gaugeLeft: String
  public var gaugeRight: String
  public var gaugeEmpty: String
  /// Partly filled cells of a gauge, from the thinnest to the full one.
  public var gaugeSteps: [String]
  /// One column of a graph without braille, from empty to full.
  public var graphSteps: [String]
  /// Stands where a graph has no data.
  public var noData: String
  /// The ends of a badge.
  public var badgeLeft: String
  public var badgeRight: String
  /// State always has a glyph, a word and a colour.
  public var good: String
  public var warning: String
  public var critical: String
  public var information: String
  public var unknown: String
  /// A node, up or down.
  public var online: String
  public var offline: String
  /// Something that can be opened, or closed again.
  public var collapsed: String
  public var expanded: String
  /// Marks in text: a list entry, where to type, what was cut, what stands between two facts.
  public var bullet: String
  public var prompt: String
  public var ellipsis: String
  public var separator: String
  /// Directions of traffic and sorting.
  public var up: String
  public var down: String
  /// The Enter key.
  public var enter: String
  /// Stands for a figure that there is not.
  public var dash: String

  /// The set of a level.
  public static func of(_ level: Level) -> Glyphs {
    switch level {
    case .braille: .rich(.braille)
    case .block: .rich(.block)
    case .ascii: .plain
    }
  }

  private static func rich(_ level: Level) -> Glyphs {
    Glyphs(
      level: level, horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
      clippedTopRight: "╲", clippedBottomLeft: "╲", tabEdge: "╲", ruleEnd: "╵", ruleBody: "╴", cardHorizontal: "═",
      cardVertical: "║", cardTopLeft: "╔", cardTopRight: "╗", cardBottomLeft: "╚", cardBottomRight: "╝",
      gaugeLeft: "▕", gaugeRight: "▏", gaugeEmpty: " ", gaugeSteps: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
      graphSteps: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], noData: "·", badgeLeft: "▌", badgeRight: "▐",
      good: "✓", warning: "▲", critical: "■", information: "●", unknown: "?", online: "◉", offline: "○",
      collapsed: "▸", expanded: "▾", bullet: "•", prompt: "❯", ellipsis: "…", separator: "·", up: "↑", down: "↓",
      enter: "⏎", dash: "–")
  }

  private static let plain = Glyphs(
    level: .ascii, horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
    clippedTopRight: "\\", clippedBottomLeft: "\\", tabEdge: "\\", ruleEnd: "'", ruleBody: "-", cardHorizontal: "=",
    cardVertical: "#", cardTopLeft: "#", cardTopRight: "#", cardBottomLeft: "#", cardBottomRight: "#",
    gaugeLeft: "[", gaugeRight: "]", gaugeEmpty: " ", gaugeSteps: ["#"],
    graphSteps: [" ", ".", ":", "-", "=", "+", "*", "#"], noData: ".", badgeLeft: "[", badgeRight: "]",
    good: "+", warning: "!", critical: "X", information: "*", unknown: "?", online: "@", offline: "o",
    collapsed: ">", expanded: "v", bullet: "*", prompt: ">", ellipsis: "~", separator: "-", up: "^", down: "v",
    enter: "<", dash: "-")
}

extension Glyphs {
  /// Single glyphs that a theme file may replace.
  static let replaceable: [String: any WritableKeyPath<Glyphs, String> & Sendable] = [
    "horizontal": \.horizontal, "vertical": \.vertical, "top_left": \.topLeft, "top_right": \.topRight,
    "bottom_left": \.bottomLeft, "bottom_right": \.bottomRight, "clipped_top_right": \.clippedTopRight,
    "clipped_bottom_left": \.clippedBottomLeft, "tab_edge": \.tabEdge, "rule_end": \.ruleEnd, "rule_body": \.ruleBody,
    "no_data": \.noData, "badge_left": \.badgeLeft, "badge_right": \.badgeRight, "good": \.good,
    "warning": \.warning, "critical": \.critical, "information": \.information, "online": \.online,
    "offline": \.offline, "bullet": \.bullet, "prompt": \.prompt, "separator": \.separator,
    "gauge_empty": \.gaugeEmpty,
  ]
}
