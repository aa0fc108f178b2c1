import Foundation
import JarvisAPI
import JarvisTerminal

/// An approval card in words: what is asked, on what, why, what follows; afterwards the receipt.
struct CardText: Sendable {
  let title: String
  /// Time left, or what became of it.
  let remark: String
  let scope: String
  let lines: [StyledLine]
  /// The rows at the card's foot: which keys do what, or the field being typed into.
  let keyLines: [StyledLine]
  /// Where the cursor stands in the last key line; nil where nothing is typed.
  let cursor: Int?

  private static let labelWidth = 8

  init(_ card: Approval, state: AppState, width: Int, now: Date) {
    let isFocused = state.focus == .card && state.overlays.isEmpty
    let glyphs = state.glyphs
    let bar = " \(glyphs.cardHorizontal) "
    switch card.state {
    case .pending where card.isExpired(now):
      (title, remark) = ("APPROVAL \(card.id.rawValue)\(bar)EXPIRED", "no answer is a no")
    case .pending:
      let left = Format.countdown(card.expiresAt.timeIntervalSince(now)) + " left"
      let frozen = state.mirror.freeze == nil ? "" : "\(bar)FROZEN"
      (title, remark) = ("APPROVAL \(card.id.rawValue)\(bar)\(card.tier.rawValue)\(frozen)", left)
    case .running: (title, remark) = ("APPROVAL \(card.id.rawValue)\(bar)APPROVED", "runs " + glyphs.ellipsis)
    default:
      (title, remark) = ("RECEIPT \(card.id.rawValue)\(bar)\(card.stateWord.uppercased())", "Esc puts it away")
    }
    scope = card.isOpen ? card.tier.scope : Self.receiptScope(card)
    let frozen = state.mirror.freeze.map { FreezeText.sentence($0, clock: state.clock) }
    lines = Self.body(
      card, wantsSnapshot: state.desk.wantsSnapshot, frozen: frozen, theme: state.theme, glyphs: glyphs, width: width)
    (keyLines, cursor) = Self.keys(card, state: state, isFocused: isFocused, width: width, now: now)
  }

  private static func receiptScope(_ card: Approval) -> String {
    switch card.state {
    case .done: "state.ok"
    case .failed, .void: "state.critical"
    default: "state.warning"
    }
  }

  // MARK: Body

  private static func body(
    _ card: Approval, wantsSnapshot: Bool, frozen: String?, theme: Theme, glyphs: Glyphs, width: Int
  ) -> [StyledLine] {
    var lines: [StyledLine] = []
    func add(_ label: String, _ text: String, _ scope: String = "text") {
      let clean = String(text.prefix(AppLimits.cardFieldCharacters)).sanitisedLine
      guard !clean.isEmpty else { return }
      let wrapped = Wrap.lines(of: StyledLine(clean, theme.style(scope)), width: max(4, width - labelWidth))
      for (index, line) in wrapped.enumerated() {
        let head = index == 0 ? TextFit.pad(label, to: labelWidth) : String(repeating: " ", count: labelWidth)
        lines.append(StyledLine([Span(head, theme.style("text.dim"))] + line.spans))
      }
    }
    add("call", "\(card.tool) \(card.target)", "text.bright")
    switch card.state {
    case .done(let result): add("result", result, "state.ok")
    case .failed(let reason): add("failed", reason, "state.critical")
    case .refused(let reason): add("refused", reason.isEmpty ? "no reason given" : reason, "state.warning")
    case .void(let reason): add("void", reason, "state.critical")
    case .expired: add("expired", "nobody answered within the time; nothing was done", "state.warning")
    case .running: break
    case .pending:
      if let frozen {
        add("FROZEN", "\(frozen). Nothing runs until F9 (:unfreeze) lifts it; n refuses", "state.critical")
      }
      add("asked", card.caller.words + (card.rule.isEmpty ? "" : "; \(card.rule)"), "text.dim")
      if card.targets.isEmpty {
        add("now", card.targetState)
      } else {
        add("targets", "\(card.targets.count), each is read again before it is touched", "text.bright")
        for (index, target) in card.targets.enumerated() { add("", "\(index + 1). \(target.name): \(target.state)") }
      }
      add("why", card.why)
      for (index, text) in card.evidence.enumerated() { add(index == 0 ? "read" : "", text, "text.dim") }
      for (index, item) in card.impact.enumerated() { add(index == 0 ? "then" : "", item, "state.warning") }
      for (index, step) in card.plan.enumerated() { add(index == 0 ? "plan" : "", "\(index + 1). \(step)") }
      add("undo", card.undo)
      if let offer = card.snapshotOffer {
        add(
          "offer", wantsSnapshot ? "\(offer): yes, first" : "\(offer)? s takes it", wantsSnapshot ? "state.ok" : "text")
      }
      if let money = card.moneySpent { add("spent", Format.money(money) + " so far", "text.dim") }
      if card.untrustedRead {
        add("note", "this turn has read text from outside; nothing is allowed in advance", "state.warning")
      }
    }
    guard lines.count > AppLimits.cardLinesKept else { return lines }
    return lines.prefix(AppLimits.cardLinesKept) + [
      StyledLine("cut here: too long to show", theme.style("state.critical"))
    ]
  }

  // MARK: Foot

  private static func keys(
    _ card: Approval, state: AppState, isFocused: Bool, width: Int, now: Date
  ) -> ([StyledLine], Int?) {
    let dim = state.theme.style("text.dim")
    let key = state.theme.style("footer.key")
    // Choices stay whole: where a row has no more room the next one begins.
    func rows(_ pairs: [(String, String)]) -> [StyledLine] {
      var lines = [StyledLine()]
      for pair in pairs {
        let text = pair.1.isEmpty ? "" : " " + pair.1
        let used = lines[lines.count - 1].width
        if used > 0, used + 3 + CellWidth.of(pair.0 + text) > width { lines.append(StyledLine()) }
        lines[lines.count - 1].append(lines[lines.count - 1].width > 0 ? "   " : "", dim)
        lines[lines.count - 1].append(pair.0, key)
        lines[lines.count - 1].append(text, dim)
      }
      return lines
    }
    if card.canBeProposedAgain || (card.state == .pending && card.isExpired(now)) {
      let again = [("r", "ask afresh, on the state of now")]
      if let why = state.mirror.whyUndecidable { return ([StyledLine(why, dim)], nil) }
      return (rows(isFocused ? again + [("Esc", "back")] : [("Tab", "to:")] + again), nil)
    }
    guard card.isOpen else { return ([], nil) }
    if card.state == .running || state.desk.isSent(card.id) {
      let text = card.state == .running ? "runs; its end will be read back" : "your decision is on its way"
      return ([StyledLine(text, dim)], nil)
    }
    if let why = state.mirror.whyUndecidable { return ([StyledLine(why + ": decided elsewhere", dim)], nil) }
    switch state.desk.mode {
    case .typing(let text):
      return field("type \(card.wordsWanted), then Y: ", text, state: state, width: width)
    case .refusing(let text): return field("no, because: ", text, state: state, width: width)
    case .allowing:
      let words = "a again: yes, and from now on \(AllowanceText.scope(of: card))"
      return (
        Wrap.lines(of: StyledLine(words.sanitisedLine, state.theme.style("text")), width: width)
          + rows([("a", "yes, do not ask again"), ("Esc", "back")]), nil
      )
    case .choosing: break
    }
    guard state.mirror.freeze == nil else {
      let choices = [("F9", "lifts the freeze"), ("n", "no, and say why")]
      return (rows(isFocused ? choices + [("Esc", "back")] : [("Tab", "to decide:")] + choices), nil)
    }
    let yes: (String, String)
    switch card.consent {
    case .yes: yes = ("y", "yes")
    case .capitalYes: yes = ("Y", "yes")
    case .typed: yes = ("Y", "then type \(card.wordsWanted), then Y")
    }
    var choices = [yes, ("n", "no, and say why")]
    if card.isAllowable { choices.append(("a", "yes, and more of it")) }
    if card.snapshotOffer != nil { choices.append(("s", state.desk.wantsSnapshot ? "no snapshot" : "snapshot first")) }
    return (rows(isFocused ? choices + [("Esc", "back")] : [("Tab", "to decide:")] + choices), nil)
  }

  private static func field(_ label: String, _ text: String, state: AppState, width: Int) -> ([StyledLine], Int?) {
    let room = max(1, width - CellWidth.of(label) - 1)
    let shown = String(TextFit.suffix(of: text, cells: room))
    let line = StyledLine([Span(label, state.theme.style("input.prompt")), Span(shown, state.theme.style("input"))])
    return ([line], line.width)
  }
}

extension Caller {
  /// Who asks, in words.
  var words: String {
    switch self {
    case .model: "by the model"
    case .runbook: "by a runbook"
    case .mcp: "by an MCP client"
    case .human: "by you"
    }
  }
}
