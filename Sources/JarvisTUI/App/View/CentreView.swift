import Foundation
import JarvisAPI
import JarvisTerminal

/// The framed centre: tabs, banner, conversation or list, card, input line.
enum CentreViewPainter {
  static func draw(_ state: AppState, _ arrangement: Arrangement, _ now: Date, _ brush: inout Brush) {
    let centre = arrangement.centre
    brush.canvas.drawFrame(
      centre.frame, tabs: tabs(state), meta: meta(state), glyphs: brush.glyphs, style: FrameStyle(brush.theme))
    if state.boot.isShowing {
      BootView.draw(state, centre.content, &brush)
    } else {
      for (index, line) in BannerText.lines(state, width: centre.banner.width, now: now).prefix(centre.banner.height)
        .enumerated()
      {
        brush.canvas.put(line, x: centre.banner.x, y: centre.banner.y + index, width: centre.banner.width)
      }
      content(state, centre.content, now, &brush)
    }
    CardView.draw(state, arrangement, &brush)
    InputView.draw(state, centre.input, &brush)
  }

  /// Conversations in sight; unused places read EMPTY, marks at the ends tell of tabs beyond.
  static func tabs(_ state: AppState) -> [Tab] {
    let visible = state.tabs.visible
    return (0..<AppLimits.tabsShown).map { place in
      let index = visible.lowerBound + place
      guard state.tabs.open.indices.contains(index) else { return Tab("\(index + 1) EMPTY") }
      let transcript = state.tabs.open[index]
      let title = transcript.title.isEmpty ? "new" : transcript.title.sanitisedLine
      let mark = transcript.isUnread ? " " + state.glyphs.bullet : ""
      let before = place == 0 && index > 0 ? "‹ " : ""
      let beyond = index == visible.upperBound - 1 && visible.upperBound < state.tabs.open.count ? " ›" : ""
      return Tab(
        "\(before)\(index + 1) " + TextFit.truncate(title, to: 20, ellipsis: state.glyphs.ellipsis) + mark + beyond,
        isActive: index == state.tabs.front)
    }
  }

  /// How full the model's window is, as far as the last answer told; a list says what it shows.
  private static func meta(_ state: AppState) -> String {
    let dot = " \(state.glyphs.separator) "
    var parts: [String] = []
    if state.shownView != .chat {
      parts.append(state.shownView.title)
    } else if let badge = state.tabs.current?.lastAnswer?.badge,
      let window = state.mirror.providers.first(where: { $0.route == badge.decision.route })?.window, window > 0,
      badge.usage.prompt > 0
    {
      parts.append("window " + Format.percent(Double(badge.usage.prompt + badge.usage.output) / Double(window)))
    }
    if state.shownView == .chat { parts.append(state.pin?.rawValue.uppercased() ?? "AUTO") }
    if state.isDemo { parts.append("DEMO") }
    return parts.joined(separator: dot)
  }

  private static func content(_ state: AppState, _ rect: Rect, _ now: Date, _ brush: inout Brush) {
    switch state.shownView {
    case .chat: ChatView.draw(state, rect, now, &brush)
    case .guests, .nodes, .storage, .tasks, .events, .memory, .conversations:
      ListView.draw(state.shownView, state, rect, now, &brush)
    case .system, .network: break
    }
  }
}

/// The conversation in front.
enum ChatView {
  static func draw(_ state: AppState, _ rect: Rect, _ now: Date, _ brush: inout Brush) {
    guard !rect.isEmpty else { return }
    guard let transcript = state.tabs.current else { return BootView.waiting(state, rect, &brush) }
    if transcript.blocks.isEmpty { return welcome(state, rect, &brush) }
    let (lines, below) = transcript.visible(height: rect.height, typesetter: state.typesetter, now: now)
    // A short conversation stands at the top, as on paper.
    for (index, line) in lines.enumerated() {
      brush.canvas.put(line, x: rect.x, y: rect.y + index, width: rect.width)
    }
    if below > 0 {
      let text = " \(brush.glyphs.down) \(below) more lines "
      let row = Rect(x: rect.x, y: rect.maxY - 1, width: rect.width, height: 1)
      brush.trailing(text, in: row, "selection")
    } else if transcript.isRunning, let since = transcript.runningSince {
      running(since, state, rect, used: lines.count, now, &brush)
    }
  }

  /// Progress is shown for whatever takes longer than half a second.
  private static func running(
    _ since: Date, _ state: AppState, _ rect: Rect, used: Int, _ now: Date, _ brush: inout Brush
  ) {
    let seconds = now.timeIntervalSince(since)
    guard seconds >= AppLimits.progressSeconds else { return }
    let text = "\(brush.glyphs.ellipsis) \(Format.age(seconds)), Esc stops"
    brush.trailing(text, in: rect.row(min(used, rect.height - 1)), "text.dim")
  }

  private static func welcome(_ state: AppState, _ rect: Rect, _ brush: inout Brush) {
    var lines = ["Ask about the cluster, or type / for a command.", "Tab leads to an approval card, ? to all keys."]
    if state.mirror.providers.allSatisfy({ $0.state.isUnusable }) {
      lines.insert("No model is configured: typed commands work without one.", at: 0)
    }
    if state.link == .attached, state.mirror.cluster.link == .none {
      lines.insert("No cluster is configured: ^Q leaves, `jarvis-tui init` connects one,", at: 0)
      lines.insert("`jarvis-tui demo` shows a simulated one.", at: 1)
    }
    if state.isDemo { lines.append("DEMO: this cluster is simulated, and so are its models.") }
    for (index, line) in lines.enumerated() {
      brush.text(line, x: rect.x, y: rect.y + index, "text.dim", width: index < rect.height ? rect.width : 0)
    }
  }
}

/// The start-up steps as they happen.
enum BootView {
  static func draw(_ state: AppState, _ rect: Rect, _ brush: inout Brush) {
    guard !rect.isEmpty else { return }
    brush.text("J A R V I S", x: rect.x, y: rect.y, "text.bright", width: rect.width)
    for (index, step) in state.boot.steps.suffix(max(0, rect.height - 2)).enumerated() {
      let mark = step.ok ? brush.glyphs.good : brush.glyphs.critical
      let used = brush.text(mark + " ", x: rect.x, y: rect.y + 2 + index, step.ok ? "state.ok" : "state.critical")
      brush.text(step.text, x: rect.x + used, y: rect.y + 2 + index, "boot", width: rect.width - used)
    }
  }

  /// Before the engine is attached, once the boot text has gone.
  static func waiting(_ state: AppState, _ rect: Rect, _ brush: inout Brush) {
    guard state.link == .starting, let row = rect.isEmpty ? nil : rect.row(0) else { return }
    let step = state.boot.steps.last.map { ": " + $0.text } ?? ""
    brush.text("starting" + step + " " + brush.glyphs.ellipsis, x: row.x, y: row.y, "text.dim", width: row.width)
  }
}

extension ProviderHealth.State {
  /// True where this provider cannot answer at all.
  var isUnusable: Bool {
    switch self {
    case .absent: true
    case .unknown, .ready, .out, .unfit: false
    }
  }
}
