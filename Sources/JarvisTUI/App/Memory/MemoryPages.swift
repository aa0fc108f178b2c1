import Foundation
import JarvisAPI
import JarvisTerminal

/// One memory in full, and what an answer was given, as lines of an overlay.
enum MemoryPages {
  private static let labelWidth = 11

  static func lines(_ item: MemoryItem, _ state: AppState, width: Int, now: Date) -> [StyledLine] {
    var lines = Wrap.lines(
      of: StyledLine(item.text.sanitisedLine, state.theme.style("text.bright")), width: max(8, width))
    func row(_ label: String, _ text: String) { lines.append(Self.row(label, text, state)) }
    lines.append(StyledLine())
    row("what", "\(item.kind.rawValue), \(item.tier.rawValue) memory" + (item.role.map { ", said by \($0)" } ?? ""))
    row("from", item.source)
    row("since", "\(state.clock.short(item.at, now: now)), \(Format.age(now.timeIntervalSince(item.at))) ago")
    row("ends", end(item, state, now: now))
    if let until = item.validTo { row("held until", state.clock.short(until, now: now)) }
    if let preference = item.preference { row("acts as", preference.words) }
    row("used", used(item, state, now: now))
    if !item.entities.isEmpty { row("about", item.entities.joined(separator: ", ")) }
    row("id", item.id.rawValue)
    lines.append(
      StyledLine(
        "e edits   p \(item.pinned ? "unpins" : "pins")   x forgets   Esc closes", state.theme.style("text.dim")))
    return lines
  }

  static func lines(_ given: GivenMemory, _ state: AppState, width: Int, now: Date) -> [StyledLine] {
    var lines: [StyledLine] = []
    func part(_ title: String, _ items: [GivenMemory.Line]) {
      guard !items.isEmpty else { return }
      let tokens = items.reduce(0) { $0 + $1.tokens }
      lines.append(StyledLine("\(title), \(tokens) tokens", state.theme.style("panel.title")))
      for line in items {
        let date = line.item.map { state.clock.short($0.at, now: now) + "  " } ?? ""
        let text = line.item?.text.sanitisedLine ?? "forgotten or expired since"
        lines.append(
          StyledLine([
            Span("\(TextFit.pad(String(line.tokens), to: 4)) ", state.theme.style("text.dim")),
            Span(date, state.theme.style("text.dim")), Span(text, state.theme.style("text")),
          ]))
      }
    }
    part("beside the question", given.recalled)
    part("in the system prompt, once for the conversation", given.opening)
    if lines.isEmpty { lines.append(StyledLine("No memory was given to this answer.", state.theme.style("text"))) }
    if let cost = cost(given, state) {
      lines.append(StyledLine())
      lines.append(StyledLine(cost, state.theme.style("text.dim")))
    }
    lines.append(StyledLine("Esc closes", state.theme.style("text.dim")))
    return lines
  }

  /// Its share of what the answer cost to read.
  private static func cost(_ given: GivenMemory, _ state: AppState) -> String? {
    guard given.tokens > 0 else { return nil }
    let badge = state.tabs.open.lazy.flatMap(\.messages).first { $0.id == given.message }?.badge
    guard let usage = badge?.usage, usage.prompt > 0 else { return "\(given.tokens) tokens in all" }
    return "\(given.tokens) tokens of memory; the answer read \(Format.count(usage.prompt)) in all its calls"
  }

  private static func end(_ item: MemoryItem, _ state: AppState, now: Date) -> String {
    if item.pinned { return "never: pinned" }
    guard let end = item.expiresAt else { return "never, until it is forgotten" }
    return "\(state.clock.short(end, now: now)), in \(Format.age(max(0, end.timeIntervalSince(now))))"
  }

  private static func used(_ item: MemoryItem, _ state: AppState, now: Date) -> String {
    guard item.uses > 0 else { return "never" }
    let times = item.uses == 1 ? "once" : "\(item.uses) times"
    return times + (item.usedAt.map { ", last " + state.clock.short($0, now: now) } ?? "")
  }

  private static func row(_ label: String, _ text: String, _ state: AppState) -> StyledLine {
    StyledLine([
      Span(TextFit.pad(label, to: labelWidth), state.theme.style("text.dim")),
      Span(text.sanitisedLine, state.theme.style("text")),
    ])
  }
}

extension Preference {
  /// What it means to those who obey it.
  var words: String {
    switch self {
    case .notify(let severity, let channel): "\(severity) notices by \(channel): kept, no channel yet"
    case .askBefore(let tool, let target):
      "always ask before \(tool ?? "any change")\(target.map { " of \($0)" } ?? "")"
    case .never(let tool, let target): "refuse \(tool ?? "any change")\(target.map { " of \($0)" } ?? "")"
    case .offOnPurpose(let guest): "no trouble is made of \(guest) being off"
    case .alias(let name, let thing): "\"\(name)\" is \(thing)"
    }
  }
}
