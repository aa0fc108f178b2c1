import Foundation
import JarvisAPI
import JarvisTerminal

/// The audit in lines: its state, the rows in sight, or one row's body.
enum AuditText {
  /// What the head and the foot take.
  private static let fixedRows = 4

  /// - Parameters:
  ///   - width: cells of a line.
  ///   - height: lines there is room for.
  static func lines(_ browser: AuditBrowser, _ state: AppState, width: Int, height: Int, now: Date) -> [StyledLine] {
    let theme = state.theme
    let room = max(1, height - fixedRows)
    let body = browser.isOpen ? record(browser, state, width: width) : rows(browser, state, room: room, now: now)
    let first = browser.isOpen ? min(browser.scroll, max(0, body.count - room)) : 0
    return [head(browser, state), filter(browser, state)] + body.dropFirst(first).prefix(room)
      + [
        StyledLine("", theme.style("text")),
        StyledLine(
          browser.isOpen
            ? "Up Down scroll   Enter or Esc: back to the list"
            : "Up Down select   Enter opens   / filters, as in kind:refusal pihole   r reads anew   Esc closes",
          theme.style("text.dim")),
      ]
  }

  private static func head(_ browser: AuditBrowser, _ state: AppState) -> StyledLine {
    let stamp = state.mirror.safety
    let (words, scope) = stamp.auditWords(state.glyphs)
    let head = stamp.auditHead.isEmpty ? "" : ", head \(stamp.auditHead)"
    return StyledLine([
      Span("chain ", state.theme.style("text.dim")), Span(words, state.theme.style(scope)),
      Span("   \(Format.counted(browser.total, "row"))\(head)", state.theme.style("text.dim")),
    ])
  }

  private static func filter(_ browser: AuditBrowser, _ state: AppState) -> StyledLine {
    let theme = state.theme
    if let failure = browser.failure {
      return StyledLine(state.glyphs.warning + " " + failure.sanitisedLine, theme.style("state.warning"))
    }
    if browser.isFiltering || !browser.filter.isEmpty {
      return StyledLine([
        Span("/ ", theme.style("input.prompt")), Span(browser.filter.sanitisedLine, theme.style("input")),
        Span(browser.isFiltering ? "_   Enter looks" : "", theme.style("text.dim")),
      ])
    }
    let more = browser.next == nil ? "" : ", older ones below"
    let text =
      browser.isLoading ? "reading \(state.glyphs.ellipsis)" : "\(browser.entries.count) shown, newest first\(more)"
    return StyledLine(text, theme.style("text.dim"))
  }

  private static func rows(_ browser: AuditBrowser, _ state: AppState, room: Int, now: Date) -> [StyledLine] {
    let theme = state.theme
    if browser.entries.isEmpty {
      return [StyledLine(browser.isLoading ? "" : "no such rows", theme.style("text.dim"))]
    }
    let first = min(max(0, browser.selected - room / 2), max(0, browser.entries.count - room))
    return browser.entries.enumerated().dropFirst(first).prefix(room).map { index, entry in
      let isSelected = index == browser.selected
      func style(_ scope: String) -> Style { theme.style(isSelected ? "selection" : scope) }
      return StyledLine([
        Span(TextFit.pad(String(entry.number), to: 7), style("text.dim")),
        Span(TextFit.pad(state.clock.short(entry.at, now: now), to: 13), style("text.dim")),
        Span(TextFit.pad(entry.kind, to: 12), style(scope(of: entry.kind))),
        Span(TextFit.pad(entry.tier?.rawValue ?? "", to: 7), style(scope(of: entry.tier))),
        Span(TextFit.pad(entry.result ?? "", to: 10), style("text")), Span(entry.text.sanitisedLine, style("text")),
      ])
    }
  }

  private static func scope(of tier: SafetyTier?) -> String {
    switch tier {
    case nil, .green: "text.dim"
    case .yellow: "approval.yellow"
    case .red, .black: "approval.red"
    }
  }

  /// What a person looks for first stands out; always with its word.
  private static func scope(of kind: String) -> String {
    switch kind {
    case "freeze", "fault": "state.critical"
    case "refusal", "unfreeze", "shellOpened", "pin", "allow": "state.warning"
    case "read": "text.dim"
    default: "text"
    }
  }

  private static func record(_ browser: AuditBrowser, _ state: AppState, width: Int) -> [StyledLine] {
    guard let entry = browser.current else { return [] }
    let theme = state.theme
    let refers = entry.refersTo.map { ", belongs to row \($0)" } ?? ""
    var lines = [
      StyledLine(
        "row \(entry.number), \(entry.kind), \(state.clock.day(entry.at) + " " + state.clock.seconds(entry.at))\(refers)",
        theme.style("text.bright"))
    ]
    for field in entry.fields {
      lines += Wrap.lines(
        of: StyledLine([
          Span(field.name.sanitisedLine + "  ", theme.style("text.dim")),
          Span(field.value.sanitisedLine, theme.style("text")),
        ]), width: max(8, width))
    }
    if entry.fields.isEmpty {
      lines.append(StyledLine("its words were forgotten; its place in the chain holds", theme.style("text.dim")))
    }
    return lines
  }
}
