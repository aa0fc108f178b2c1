/// The scopes that the screen asks for. A theme file may name these and no others, so that a slip of the pen is found.
public enum ThemeScopes {
  /// What a scope is for, and so how much contrast it needs with its ground (WCAG 2.2, 1.4.3 and 1.4.11).
  enum Use: Double {
    case text = 4.5
    /// Lines and marks that say something.
    case chrome = 3
    /// Empty dots and grids: nothing is lost when they are not seen.
    case decoration = 1
  }

  static let uses: [String: Use] = {
    var uses: [String: Use] = [:]
    for scope in texts { uses[scope] = .text }
    for scope in chrome { uses[scope] = .chrome }
    for scope in decoration { uses[scope] = .decoration }
    return uses
  }()

  /// All known scopes, sorted.
  public static var all: [String] { uses.keys.sorted() }

  /// Families whose members are not known beforehand: a badge for each provider.
  static let open = ["badge"]

  static func isKnown(_ scope: String) -> Bool {
    uses[scope] != nil || open.contains { scope.hasPrefix($0 + ".") && scope.count > $0.count + 1 }
  }

  private static let texts = [
    "text", "text.dim", "text.bright", "panel", "panel.header", "panel.title", "panel.meta", "panel.label",
    "panel.value", "tab", "tab.active", "tab.inactive", "chat", "chat.user", "chat.assistant", "chat.notice",
    "chat.code", "chat.code.inline", "chat.heading", "chat.tool", "chat.quote", "chat.link", "chat.list", "chat.table",
    "chat.meta", "badge", "badge.claude", "badge.qwen", "badge.live", "badge.command", "event", "event.information",
    "event.warning", "event.critical", "event.good", "approval", "approval.yellow", "approval.red", "state",
    "state.ok", "state.warning", "state.critical", "state.stale", "state.off", "input", "input.prompt",
    "input.placeholder", "selection", "status", "status.frozen", "status.past", "footer", "footer.key", "help",
    "help.key", "palette", "palette.match", "demo", "clock", "boot", "table", "table.header", "error",
  ]
  private static let chrome = [
    "frame", "frame.active", "panel.rule", "gauge", "gauge.end", "graph", "approval.frame", "scrollbar", "ring",
    "chat.rule",
  ]
  private static let decoration = ["text.faint", "gauge.empty", "graph.empty", "field", "field.empty", "overlay"]

  /// Gradients that panels ask for.
  public static let gradients = ["cpu", "memory", "network", "storage", "temperature", "budget"]
}
