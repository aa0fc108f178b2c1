import Foundation
import JarvisAPI
import JarvisTerminal

/// Turns messages into lines of one width: role, badge, tool lines, text, marks.
struct Typesetter: Sendable {
  /// What lines depend on: lines of another edition do not fit.
  struct Edition: Sendable, Hashable {
    var width: Int
    /// Counts changes of the theme.
    var look: Int
  }

  let edition: Edition
  let theme: Theme
  let clock: WallClock

  var glyphs: Glyphs { theme.glyphs }
  var width: Int { edition.width }
  /// An answer stands in from its header by so many cells.
  static let indent = 2

  // MARK: Messages

  func user(_ message: ChatMessage) -> [StyledLine] {
    var head = StyledLine("you", theme.style("chat.user"))
    if message.state == .queued { head.append("  queued", theme.style("text.dim")) }
    var lines = [spread(head, time(of: message))]
    for line in shortened(message.text).split(separator: "\n", omittingEmptySubsequences: false) {
      lines += Wrap.lines(of: StyledLine(String(line), theme.style("text")), width: width)
    }
    return lines + [StyledLine()]
  }

  func notice(_ message: ChatMessage) -> [StyledLine] {
    let style = theme.style("chat.notice")
    var line = StyledLine(glyphs.warning + " ", style)
    line.append(shortened(message.text), style)
    return Wrap.lines(of: line, width: width, indent: 2) + [StyledLine()]
  }

  /// What stands above an answer's text: role, badge, tools.
  func answerHead(_ message: ChatMessage, now: Date) -> [StyledLine] {
    [spread(head(of: message, now: now), time(of: message))] + message.tools.flatMap { toolLines($0, now: now) }
  }

  /// What stands below it: how it ended, and a blank line.
  func answerFoot(_ message: ChatMessage, isCut: Bool) -> [StyledLine] {
    var lines: [StyledLine] = []
    if isCut { lines.append(mark("\(glyphs.ellipsis) longer than the screen keeps; y copies it", "text.dim")) }
    switch message.state {
    case .interrupted: lines.append(mark("\(glyphs.critical) interrupted; what was shown stays", "state.warning"))
    case .failed: lines.append(mark("\(glyphs.critical) failed", "state.critical"))
    case .queued, .streaming, .complete: break
    }
    return lines + [StyledLine()]
  }

  /// Markdown as lines inside an answer, standing in from its header.
  func markdown(_ text: String) -> [StyledLine] {
    let indent = Span(String(repeating: " ", count: Self.indent))
    return Markdown.render(text, width: max(8, width - Self.indent), theme: theme).map {
      $0.spans.isEmpty ? $0 : StyledLine([indent] + $0.spans)
    }
  }

  // MARK: Parts

  private func head(of message: ChatMessage, now: Date) -> StyledLine {
    var line = StyledLine("jarvis", theme.style("chat.assistant"))
    if let badge = message.badge {
      line.append("  ")
      line.append(
        glyphs.badgeLeft + badge.title + glyphs.badgeRight, theme.style("badge." + badge.decision.route.rawValue))
      let price = Format.price(badge.price, estimated: badge.estimated)
      let reason = Sanitiser.clean(badge.decision.reason, keepingNewlines: false)
      line.append(" \(reason) \(glyphs.separator) \(price)", theme.style("chat.meta"))
    }
    let waited = now.timeIntervalSince(message.at)
    if message.state == .streaming, message.text.isEmpty, waited >= AppLimits.progressSeconds {
      line.append("  \(glyphs.ellipsis) \(Format.age(waited))", theme.style("text.dim"))
    }
    return line
  }

  private func time(of message: ChatMessage) -> StyledLine {
    StyledLine(clock.minutes(message.at), theme.style("text.dim"))
  }

  private func mark(_ text: String, _ scope: String) -> StyledLine {
    StyledLine(String(repeating: " ", count: Self.indent) + text, theme.style(scope))
  }

  /// `left`, then `right` at the right edge; the left gives way.
  private func spread(_ left: StyledLine, _ right: StyledLine) -> StyledLine {
    var line = left.truncated(to: max(1, width - right.width - 1), ellipsis: glyphs.ellipsis)
    line.append(String(repeating: " ", count: max(1, width - line.width - right.width)))
    for span in right.spans { line.append(span.text, span.style) }
    return line
  }

  private func toolLines(_ tool: ToolActivity, now: Date) -> [StyledLine] {
    let outcome = ToolOutcome(tool, glyphs: glyphs)
    var left = StyledLine("  \(glyphs.collapsed) ", theme.style("text.dim"))
    left.append(Sanitiser.clean(tool.tool, keepingNewlines: false), theme.style("chat.tool"))
    left.append(" " + Sanitiser.clean(tool.summary, keepingNewlines: false), theme.style("text"))
    var right = StyledLine()
    let took = (tool.endedAt ?? now).timeIntervalSince(tool.startedAt)
    if tool.endedAt != nil || took >= AppLimits.progressSeconds {
      right.append(Format.duration(took) + " ", theme.style("text.dim"))
    }
    right.append(outcome.mark, theme.style(outcome.scope))
    let detail = StyledLine(outcome.detail, theme.style("text.dim"))
    if outcome.detail.isEmpty { return [spread(left, right)] }
    if left.width + detail.width + right.width + 5 <= width {
      return [spread(left, StyledLine(detail.spans + [Span("  ")] + right.spans))]
    }
    let more = Wrap.lines(of: detail, width: max(8, width - 4)).prefix(4)
    return [spread(left, right)] + more.map { StyledLine([Span("    ")] + $0.spans) }
  }

  private func shortened(_ text: String) -> String {
    text.utf8.count > AppLimits.messageCharacters ? String(text.prefix(AppLimits.messageCharacters)) + " …" : text
  }
}

/// How a tool line ends: its mark, the colour of it, and what came.
struct ToolOutcome: Sendable, Equatable {
  var mark: String
  var scope: String
  var detail: String

  init(_ tool: ToolActivity, glyphs: Glyphs) {
    switch tool.state {
    case .waitingForApproval(let id): self.init("approval \(id.rawValue) waits " + glyphs.warning, "state.warning", "")
    case .running: self.init("runs " + glyphs.ellipsis, "text.dim", "")
    case .done(let text): self.init(glyphs.good, "state.ok", text)
    case .verified(let text): self.init("verified " + glyphs.good, "state.ok", text)
    case .failed(let text): self.init("failed " + glyphs.critical, "state.critical", text)
    case .refused(let text): self.init("refused " + glyphs.critical, "state.warning", text)
    case .cancelled: self.init("stopped " + glyphs.critical, "state.warning", "")
    }
  }

  private init(_ mark: String, _ scope: String, _ detail: String) {
    self.mark = mark
    self.scope = scope
    self.detail = Sanitiser.clean(detail, keepingNewlines: false)
  }
}

extension Badge {
  /// "CLAUDE haiku-4-5", "QWEN", "LIVE", "COMMAND": who answered, the model's own name where it has several.
  var title: String {
    let who = decision.route.rawValue.uppercased()
    guard decision.route == .claude, let model = decision.model, model.hasPrefix("claude-") else { return who }
    let parts = model.dropFirst("claude-".count).split(separator: "-")
    // A date at the end names the same model.
    let kept = parts.last.map { $0.count == 8 && $0.allSatisfy(\.isNumber) } == true ? parts.dropLast() : parts[...]
    return Sanitiser.clean(who + " " + kept.joined(separator: "-"), keepingNewlines: false)
  }
}
