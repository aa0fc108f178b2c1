import Foundation
import JarvisAPI
import JarvisTerminal

/// The row of views, and how Jarvis itself is doing.
enum StatusView {
  /// The tabs of views with their places.
  static func tabs(_ state: AppState, in rect: Rect) -> [(view: CentreView, title: String, rect: Rect)] {
    let full = state.views.map(\.title)
    // Where the whole words do not leave room for the state, their beginnings do.
    let needed = full.reduce(0) { $0 + $1.count + 2 }
    let isShort = needed > rect.width * 2 / 3
    let gap = isShort ? 1 : 2
    var x = rect.x
    return state.views.map { view in
      let title = isShort ? String(view.title.prefix(3)) : view.title
      defer { x += title.count + gap }
      return (view, title, Rect(x: x, y: rect.y, width: title.count, height: 1))
    }
  }

  static func draw(_ state: AppState, _ rect: Rect, _ now: Date, _ brush: inout Brush) {
    guard !rect.isEmpty else { return }
    if let freeze = state.mirror.freeze { return frozen(freeze, state, rect, now, &brush) }
    var end = rect.x
    for tab in tabs(state, in: rect) where tab.rect.maxX <= rect.maxX {
      brush.text(tab.title, x: tab.rect.x, y: rect.y, tab.view == state.shownView ? "tab.active" : "tab.inactive")
      end = tab.rect.maxX
    }
    // From the right: what must be said first keeps its place.
    var right = rect.maxX
    for part in parts(state, now, brush.glyphs) {
      let cells = CellWidth.of(part.text)
      guard right - cells - 2 >= end else { continue }
      right -= cells
      brush.text(part.text, x: right, y: rect.y, part.scope)
      right -= 3
      if right > end { brush.text(brush.glyphs.separator, x: right + 1, y: rect.y, "text.dim") }
    }
    // The dot after the last part has nothing to part.
    brush.text(" ", x: right + 1, y: rect.y, "text")
  }

  /// While everything is frozen the whole row says so, in red; the views stay where they can be clicked.
  private static func frozen(
    _ freeze: Freeze, _ state: AppState, _ rect: Rect, _ now: Date, _ brush: inout Brush
  ) {
    brush.canvas.fill(rect, style: brush.style("status.frozen"))
    var end = rect.x
    for tab in tabs(state, in: rect) where tab.rect.maxX <= rect.maxX {
      brush.text(tab.title, x: tab.rect.x, y: rect.y, "status.frozen")
      end = tab.rect.maxX
    }
    let room = Rect(x: end + 2, y: rect.y, width: max(0, rect.maxX - end - 2), height: 1)
    let freezeText = brush.glyphs.critical + " " + FreezeText.status(freeze, clock: state.clock)
    // What else must be seen stands before it, where there is room for both.
    let others = (state.isDemo ? ["DEMO"] : []) + counts(state, now, brush.glyphs).map(\.text).reversed() + [freezeText]
    let all = others.joined(separator: " \(brush.glyphs.separator) ")
    brush.trailing(CellWidth.of(all) <= room.width ? all : freezeText, in: room, "status.frozen")
  }

  /// Most important first.
  private static func parts(_ state: AppState, _ now: Date, _ glyphs: Glyphs) -> [(text: String, scope: String)] {
    var parts: [(text: String, scope: String)] = []
    if state.layout.shape != .three { parts += counts(state, now, glyphs) }
    if state.isDemo { parts.append(("DEMO", "demo")) }
    parts.append(cluster(state, now, glyphs))
    parts += state.mirror.safety.statusWords(glyphs)
    for provider in state.mirror.providers {
      let name = provider.route.rawValue
      switch provider.state {
      case .ready: parts.append((name + " " + glyphs.good, "state.ok"))
      case .unknown: parts.append((name + " " + glyphs.unknown, "state.off"))
      case .absent(let why), .out(let why), .unfit(let why):
        parts.append((TextFit.truncate("\(name) \(glyphs.warning) \(why.sanitisedLine)", to: 28), "state.warning"))
      }
    }
    return parts
  }

  /// What the panels of a wider screen would tell: what waits for the person, what is wrong.
  private static func counts(_ state: AppState, _ now: Date, _ glyphs: Glyphs) -> [(text: String, scope: String)] {
    var parts: [(text: String, scope: String)] = []
    let waiting = state.desk.waiting.filter { !$0.isExpired(now) }
    if let first = waiting.first {
      parts.append((waiting.count == 1 ? "1 asks" : "\(waiting.count) ask", first.tier.scope))
    }
    let open = state.mirror.trouble.filter { $0.severity != .information }
    if let worst = open.first {
      // A phone has room for the mark only.
      let word = state.size.columns < 60 ? "" : open.count == 1 ? "trouble " : "troubles "
      parts.append(("\(open.count) " + word + glyphs.mark(of: worst.severity), worst.severity.scope))
    }
    return parts
  }

  private static func cluster(_ state: AppState, _ now: Date, _ glyphs: Glyphs) -> (text: String, scope: String) {
    switch state.link {
    case .starting: return ("starting " + glyphs.ellipsis, "text.dim")
    case .detached: return ("engine gone " + glyphs.critical, "state.critical")
    case .attached: break
    }
    switch state.mirror.cluster.link {
    case .none: return ("no cluster", "state.off")
    case .connecting: return ("connecting " + glyphs.ellipsis, "state.warning")
    case .connected(let node): return ("via \(node.sanitisedLine) " + glyphs.good, "state.ok")
    case .lost(let since, _, _):
      return ("LOST \(Format.age(now.timeIntervalSince(since))) " + glyphs.critical, "state.critical")
    }
  }
}

/// The last row: keys of the present context, a remark while there is one, and who may decide.
enum FooterView {
  static func draw(_ state: AppState, _ rect: Rect, _ now: Date, _ brush: inout Brush) {
    guard !rect.isEmpty else { return }
    let key = state.link == .attached ? (state.mirror.whyUndecidable ?? "you hold the approval key") : ""
    if let remark = state.remark, now < remark.until {
      let text = brush.glyphs.mark(of: remark.severity) + " " + remark.text
      brush.text(text, x: rect.x, y: rect.y, remark.severity.scope, width: rect.width)
      return
    }
    let hints = hints(state)
    let used = hints.reduce(0) { $0 + $1.0.count + $1.1.count + 4 }
    let showsKey = used + CellWidth.of(key) <= rect.width
    if showsKey { brush.trailing(key, in: rect, "footer") }
    var x = rect.x
    for (label, text) in hints {
      guard x + label.count + 1 + text.count <= rect.maxX else { return }
      x += brush.text(label, x: x, y: rect.y, "footer.key") + 1
      x += brush.text(text, x: x, y: rect.y, "footer") + 3
    }
  }

  /// From the key table: the focused context first.
  static func hints(_ state: AppState) -> [(String, String)] {
    let openers: [(String, String)] = state.focus == .card ? [] : [("?", "help")]
    let bound = state.contexts.flatMap { context in
      state.keys.bindings.filter {
        $0.context == context && $0.footer != nil
          && !($0.isDangerous && (state.mirror.readOnly || state.mirror.freeze != nil))
      }
    }
    return openers
      + bound.compactMap { binding in
        guard binding.action != .help, let text = binding.footer else { return nil }
        // Offered only where it can work.
        if binding.action == .openShell, !state.shownView.hasNodes || state.mirror.whyNoShell != nil { return nil }
        if binding.action == .freeze, state.mirror.freeze != nil { return ("F9", "lift the freeze") }
        // A RED card takes the capital letter only: the hint must not name the other one.
        let approves = binding.action == .approve && state.desk.current.map { $0.consent != .yes } ?? false
        let label = binding.action == .commandLine ? ":" : approves ? "Y" : binding.keys.first?.label
        return label.map { ($0, text) }
      }
  }
}
