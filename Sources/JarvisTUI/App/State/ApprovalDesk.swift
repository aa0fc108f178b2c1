import Foundation
import JarvisAPI

/// The cards that wait for a person, and what a key means to the one on the screen.
///
/// The rules (safety.md, "Approvals"): only a focused card takes keys; no key pressed in the half second after a card
/// appeared decides it; a card that is gone, changed, expired or decided cannot be decided. Pure: time comes in.
struct ApprovalDesk: Sendable, Equatable {
  /// What the card on the screen is asking for.
  enum Mode: Sendable, Equatable {
    case choosing
    /// The asked word, as far as it has been typed.
    case typing(String)
    /// Why not, as far as it has been typed.
    case refusing(String)
    /// What an allowance would let run stands on the card; the same key again gives it.
    case allowing
  }

  /// What came of a key.
  enum Outcome: Sendable, Equatable {
    /// The card has no use for this key.
    case ignored
    case changed
    /// Give the focus back to the input line.
    case left
    case decided(ApprovalID, ApprovalDecision)
    /// The same is to be asked afresh.
    case again(ApprovalID)
    /// Nothing was decided, and this is why.
    case said(String)
  }

  /// By number, oldest first.
  private(set) var cards: [Approval] = []
  /// The card docked above the input line.
  private(set) var shown: ApprovalID?
  /// When that card, in just this shape, came to the screen.
  private(set) var shownAt: Date = .distantPast
  private(set) var mode: Mode = .choosing
  /// First line of the card's body in sight.
  var scroll = 0
  /// The end of the card on the screen has been in sight: what stands above it was scrolled past.
  var wasReadToEnd = false
  /// The person wants the snapshot that the card on the screen offers.
  private(set) var wantsSnapshot = false
  /// Decisions on their way to the engine.
  private(set) var sent: Set<ApprovalID> = []
  /// When each receipt came, while it may still be docked.
  private var receipts: [ApprovalID: Date] = [:]
  /// What the person chose to look at: `:approve 2`, a click.
  private var chosen: ApprovalID?

  var current: Approval? { shown.flatMap { id in cards.first { $0.id == id } } }
  var waiting: [Approval] { cards.filter { $0.state == .pending } }

  /// True while keys go into a field of the card.
  var isTyping: Bool {
    switch mode {
    case .choosing, .allowing: false
    case .typing, .refusing: true
    }
  }

  func isSent(_ id: ApprovalID) -> Bool { sent.contains(id) }

  // MARK: What the engine tells

  mutating func replaceAll(_ approvals: [Approval], now: Date) {
    cards = Array(approvals.sorted { $0.id < $1.id }.suffix(AppLimits.approvalsKept))
    sent.removeAll()
    receipts.removeAll()
    settle(now: now)
  }

  mutating func take(_ approval: Approval, now: Date) {
    if let index = cards.firstIndex(where: { $0.id == approval.id }) {
      let wasOpen = cards[index].isOpen
      cards[index] = approval
      if wasOpen, !approval.isOpen { receipts[approval.id] = now }
    } else {
      cards.append(approval)
      cards.sort { $0.id < $1.id }
      trim()
    }
    if approval.state != .pending { sent.remove(approval.id) }
    settle(now: now)
  }

  /// The engine did not take the decision: the card waits again.
  mutating func decisionFailed(_ id: ApprovalID) { sent.remove(id) }

  /// The wall clock was set by so many seconds.
  mutating func moveSpans(by seconds: TimeInterval) {
    // At its end nothing has been shown yet: that moment has no clock.
    if shownAt != .distantPast { shownAt += seconds }
    receipts = receipts.mapValues { $0 + seconds }
  }

  private mutating func trim() {
    while cards.count > AppLimits.approvalsKept {
      let index = cards.firstIndex { !$0.isOpen } ?? 0
      receipts.removeValue(forKey: cards[index].id)
      sent.remove(cards[index].id)
      cards.remove(at: index)
    }
  }

  // MARK: Which card is on the screen

  /// Chooses the card to show; called whenever something changed and at every tick.
  mutating func settle(now: Date) {
    receipts = receipts.filter { now.timeIntervalSince($0.value) < AppLimits.receiptSeconds }
    let next = choose(now: now)
    shown = next?.id
    let face = next.map(Face.init)
    guard face != faceOnScreen else { return }
    faceOnScreen = face
    hasNewFace = true
    shownAt = now
    mode = .choosing
    scroll = 0
    wasReadToEnd = false
    wantsSnapshot = false
  }

  /// True once after another card, or this one in another shape, came to the screen: it must not keep the focus.
  mutating func takeNewFace() -> Bool {
    defer { hasNewFace = false }
    return hasNewFace
  }

  /// Puts the receipts away: the next turn begins, and they belong to the last one.
  mutating func endReceipts(now: Date) {
    receipts.removeAll()
    if let current, !current.isOpen, chosen == current.id { chosen = nil }
    settle(now: now)
  }

  /// What makes a card another card to the person who reads it.
  private struct Face: Sendable, Equatable {
    var id: ApprovalID
    var hash: String
    var state: Approval.State
    init(_ card: Approval) {
      id = card.id
      hash = card.callHash
      state = card.state
    }
  }
  private var faceOnScreen: Face?
  private var hasNewFace = false

  private func choose(now: Date) -> Approval? {
    if let chosen, let card = cards.first(where: { $0.id == chosen }), card.isOpen || receipts[chosen] != nil {
      return card
    }
    // What is being read stays until it is decided, then its receipt until something else waits.
    if let current, current.state == .pending, !current.isExpired(now) { return current }
    if let card = cards.first(where: { $0.state == .pending && !$0.isExpired(now) }) { return card }
    if let card = cards.first(where: { $0.state == .running }) { return card }
    return cards.filter { receipts[$0.id] != nil }
      .max { (receipts[$0.id] ?? now, $0.id) < (receipts[$1.id] ?? now, $1.id) }
  }

  /// True where the card on the screen has a use for keys.
  func takesFocus(now: Date) -> Bool {
    guard let current else { return false }
    return current.state == .pending || current.canBeProposedAgain
  }

  /// Brings a card to the screen.
  /// - Returns: false where no such card is open or can be asked afresh.
  mutating func show(_ id: ApprovalID, now: Date) -> Bool {
    guard let card = cards.first(where: { $0.id == id }), card.isOpen || card.canBeProposedAgain else { return false }
    chosen = id
    if !card.isOpen { receipts[id] = now }
    settle(now: now)
    return true
  }

  /// Puts the receipts away.
  mutating func dismissReceipt(now: Date) -> Bool {
    guard let current, !current.isOpen else { return false }
    // All of them: an older one that came up instead would be the next thing to put away.
    receipts.removeAll()
    if chosen == current.id { chosen = nil }
    settle(now: now)
    return true
  }

  // MARK: Keys of the focused card

  /// A choice made by a key of the key table.
  mutating func choose(_ choice: CardChoice, now: Date, mayDecide: String?) -> Outcome {
    guard let card = current else { return .left }
    if choice == .again {
      if let mayDecide { return .said(mayDecide) }
      let isOver = card.canBeProposedAgain || card.isExpired(now)
      return isOver
        ? .again(card.id) : .said("approval \(card.id.rawValue) is \(card.stateWord): nothing to ask afresh")
    }
    guard card.state == .pending else { return .said("approval \(card.id.rawValue) is already \(card.stateWord)") }
    guard !card.isExpired(now) else { return .said("approval \(card.id.rawValue) has expired; r asks afresh") }
    if let mayDecide { return .said(mayDecide) }
    if sent.contains(card.id) { return .said("the decision is on its way") }
    if now.timeIntervalSince(shownAt) < AppLimits.cardGuardSeconds {
      return .said("the card has only just appeared: read it first")
    }
    switch (choice, card.consent) {
    case (.refuse, _):
      mode = .refusing("")
      return .changed
    case (.snapshot, _):
      guard card.snapshotOffer != nil else { return .said("no snapshot is offered here") }
      wantsSnapshot.toggle()
      return .changed
    case (.allow, _):
      guard card.isAllowable else { return .said(card.whyNotAllowable) }
      if wantsSnapshot { return .said("an allowance takes no snapshot: s leaves it out") }
      if mode != .allowing {
        mode = .allowing
        return .changed
      }
      return decide(card, .approveAndAllow(hash: card.callHash))
    case (.again, _): return .ignored
    case (.yes, .yes), (.capitalYes, .yes), (.capitalYes, .capitalYes):
      return decide(card, consent(to: card, typed: nil))
    case (.yes, .capitalYes): return .said("a \(card.tier.rawValue) call is approved with capital Y")
    case (.capitalYes, .typed):
      mode = .typing("")
      return .changed
    case (.yes, .typed): return .said("press Y, type \(card.wordsWanted), then Y again")
    }
  }

  /// A key of a text field on the card. Only called while `mode` is not `.choosing`.
  mutating func edit(_ edit: FieldEdit, now: Date, mayDecide: String?) -> Outcome {
    guard let card = current, card.state == .pending, !card.isExpired(now) else {
      mode = .choosing
      return .said("this card can no longer be decided")
    }
    switch (mode, edit) {
    case (.choosing, _), (.allowing, _): return .ignored
    case (_, .cancel):
      mode = .choosing
      return .changed
    case (.typing(let text), .character("Y")) where !card.acceptedWords.contains { $0.hasPrefix(text + "Y") }:
      if let mayDecide { return .said(mayDecide) }
      guard card.acceptedWords.contains(text) else { return .said(card.wantedWords(insteadOf: text)) }
      return decide(card, consent(to: card, typed: text))
    case (.typing(let text), .enter):
      return .said(card.acceptedWords.contains(text) ? "now press Y" : card.wantedWords(insteadOf: text))
    case (.refusing(let reason), .enter):
      if let mayDecide { return .said(mayDecide) }
      return decide(card, .refuse(reason: reason.trimmingCharacters(in: .whitespaces)))
    case (.typing(let text), _):
      mode = .typing(edit.applied(to: text))
      return .changed
    case (.refusing(let text), _):
      mode = .refusing(edit.applied(to: text))
      return .changed
    }
  }

  /// The focus left the card: half a word is no consent.
  mutating func blur() { mode = .choosing }

  private func consent(to card: Approval, typed: String?) -> ApprovalDecision {
    wantsSnapshot && card.snapshotOffer != nil
      ? .approveWithSnapshot(hash: card.callHash, typed: typed) : .approve(hash: card.callHash, typed: typed)
  }

  private mutating func decide(_ card: Approval, _ decision: ApprovalDecision) -> Outcome {
    sent.insert(card.id)
    mode = .choosing
    if chosen == card.id { chosen = nil }
    return .decided(card.id, decision)
  }
}

/// What a key of the key table asks of a card.
enum CardChoice: Sendable, Equatable {
  case yes, capitalYes, refuse
  /// Yes, and no more question of this kind while attached.
  case allow
  /// With the offered snapshot, or without.
  case snapshot
  /// Ask afresh.
  case again

  /// Lets something happen to the cluster.
  var isConsent: Bool {
    switch self {
    case .yes, .capitalYes, .allow: true
    case .refuse, .snapshot, .again: false
    }
  }
}

/// One key in a one-line field.
enum FieldEdit: Sendable, Equatable {
  case character(Character)
  case backspace
  case clear
  case enter
  case cancel

  /// The field's text after this key; bounded.
  func applied(to text: String, limit: Int = AppLimits.reasonCharacters) -> String {
    switch self {
    case .character(let character):
      return text.count < limit ? text + Sanitiser.clean(String(character), keepingNewlines: false) : text
    case .backspace: return String(text.dropLast())
    case .clear: return ""
    case .enter, .cancel: return text
    }
  }
}

extension Approval {
  /// Not decided yet, or running.
  var isOpen: Bool { state == .pending || state == .running }

  func isExpired(_ now: Date) -> Bool { state == .expired || (state == .pending && now >= expiresAt) }

  /// True where `a` works.
  var isAllowable: Bool { allowable && tier == .yellow }

  /// Why `a` does not work here.
  var whyNotAllowable: String {
    if tier != .yellow { return "a \(tier.rawValue) call is asked for each time" }
    if untrustedRead { return "this turn has read text from outside: each change is asked for" }
    return targets.isEmpty ? "this call cannot be allowed in advance" : "a batch is asked for each time"
  }

  /// What may be typed as consent: the word asked for and, where the target is written "name (id)", its other name. The
  /// engine has the last word.
  var acceptedWords: [String] {
    guard case .typed(let word) = consent else { return [] }
    guard let open = target.lastIndex(of: "("), let close = target[open...].firstIndex(of: ")") else { return [word] }
    let names = [String(target[..<open]).trimmed, String(target[target.index(after: open)..<close])]
    return names.contains(word) ? [word] + names.filter { $0 != word && !$0.isEmpty } : [word]
  }

  /// "pihole or 102".
  var wordsWanted: String { acceptedWords.map(\.sanitisedLine).joined(separator: " or ") }

  /// Why what was typed is no consent.
  func wantedWords(insteadOf text: String) -> String {
    text.isEmpty ? "type \(wordsWanted), then Y" : "\"\(text)\" is not it: type \(wordsWanted), then Y"
  }

  /// The state in one word, for tables and remarks.
  var stateWord: String {
    switch state {
    case .pending: "waiting"
    case .running: "running"
    case .done: "done"
    case .failed: "failed"
    case .refused: "refused"
    case .expired: "expired"
    case .void: "void"
    }
  }
}
