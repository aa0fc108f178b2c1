import Foundation
import JarvisAPI
import JarvisTerminal

/// What the gate holds, in words: freeze, allowances, maintenance, hashes and what is wrong with them.
enum SafetyText {
  private static let labelWidth = 14

  static func lines(_ state: AppState, selected: Int) -> [StyledLine] {
    let (mirror, theme, glyphs, clock) = (state.mirror, state.theme, state.glyphs, state.clock)
    var lines: [StyledLine] = []
    func row(_ label: String, _ text: String, _ scope: String = "text") {
      lines.append(
        StyledLine([
          Span(TextFit.pad(label, to: labelWidth), theme.style("text.dim")),
          Span(text.sanitisedLine, theme.style(scope)),
        ]))
    }
    if let freeze = mirror.freeze {
      row("freeze", glyphs.critical + " " + FreezeText.sentence(freeze, clock: clock), "state.critical")
    } else {
      row("freeze", "off")
    }
    if mirror.allowances.isEmpty { row("allowances", "none: every YELLOW and RED call is asked for") }
    for (index, allowance) in mirror.allowances.enumerated() {
      let text = "\(allowance.id.rawValue) " + AllowanceText.words(allowance)
      let uses = allowance.uses == 1 ? "used once" : "used \(allowance.uses) times"
      row(
        index == 0 ? "allowances" : "", "\(text), since \(clock.minutes(allowance.since)), \(uses)",
        index == min(selected, mirror.allowances.count - 1) ? "selection" : "text")
    }
    if mirror.maintenance.isEmpty { row("maintenance", "none") }
    for (index, entry) in mirror.maintenance.enumerated() {
      let end = entry.until.map { "until \(clock.minutes($0))" } ?? "until it is ended"
      row(index == 0 ? "maintenance" : "", "\(entry.target) \(end), by \(entry.by): \(entry.reason)")
    }
    let stamp = mirror.safety
    row("tiers", stamp.tableHash.isEmpty ? "not told" : stamp.tableHash)
    let (audit, scope) = stamp.auditWords(glyphs)
    row(
      "audit",
      audit + (stamp.auditHead.isEmpty ? "" : ", \(Format.counted(stamp.auditRows, "row")), head \(stamp.auditHead)"),
      scope)
    for text in stamp.changedSinceLastVisit { row("changed", glyphs.warning + " " + text, "state.warning") }
    for text in stamp.warnings { row("warning", glyphs.warning + " " + text, "state.warning") }
    lines.append(
      StyledLine(
        mirror.allowances.isEmpty ? "Esc closes" : "x takes the selected allowance back   Esc closes",
        theme.style("text.dim")))
    return lines
  }
}

/// The kill switch in words.
enum FreezeText {
  /// "frozen since 21:04 by screen until 23:00: storage work".
  static func sentence(_ freeze: Freeze, clock: WallClock) -> String {
    let end = freeze.until.map { "until \(clock.minutes($0))" } ?? "until it is lifted"
    return "frozen since \(clock.minutes(freeze.since)) by \(freeze.by) \(end): \(freeze.reason)".sanitisedLine
  }

  /// For the status line: "FROZEN until 23:00: storage work".
  static func status(_ freeze: Freeze, clock: WallClock) -> String {
    ("FROZEN" + (freeze.until.map { " until \(clock.minutes($0))" } ?? "") + ": " + freeze.reason).sanitisedLine
  }
}

/// An allowance in words.
enum AllowanceText {
  /// What `a` on this card would let run – as the gate says it –, how long, how to take it back.
  static func scope(of card: Approval) -> String {
    "\(card.allowanceScope ?? "\(card.tool) on \(card.target)"), runs unasked. Until this screen closes or a freeze; "
      + ":allowances lists it, x there takes it back."
  }

  /// What it lets through, as the gate says it.
  static func words(_ allowance: Allowance) -> String {
    let exact = allowance.exactText.map { ": " + $0 } ?? ""
    return (allowance.scope.isEmpty ? "\(allowance.tool) \(allowance.target)\(exact)" : allowance.scope).sanitisedLine
  }
}

extension SafetyStamp {
  /// "ok", "not checked yet", "BROKEN: …", and the scope it is drawn in.
  func auditWords(_ glyphs: Glyphs) -> (text: String, scope: String) {
    switch audit {
    case .unknown: ("not checked yet", "state.off")
    case .ok: ("ok " + glyphs.good, "state.ok")
    case .broken(let text): (glyphs.critical + " BROKEN: " + text, "state.critical")
    }
  }

  /// "tiers 4f2a", short enough for a status line; marked where it is not what it was.
  func statusWords(_ glyphs: Glyphs) -> [(text: String, scope: String)] {
    var parts: [(text: String, scope: String)] = []
    let head = auditHead.isEmpty ? "" : " " + auditHead.prefix(4)
    switch audit {
    case .broken: parts.append(("audit BROKEN " + glyphs.critical, "state.critical"))
    case .ok: parts.append(("audit\(head) " + glyphs.good, "state.ok"))
    case .unknown: if !head.isEmpty { parts.append(("audit\(head) " + glyphs.unknown, "state.off")) }
    }
    guard !tableHash.isEmpty else { return parts }
    let hasNews = !changedSinceLastVisit.isEmpty || !warnings.isEmpty
    parts.append(
      ("tiers \(tableHash.prefix(4))" + (hasNews ? " " + glyphs.warning : ""), hasNews ? "state.warning" : "text.dim"))
    return parts
  }
}
