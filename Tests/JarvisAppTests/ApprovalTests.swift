import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Approvals")
struct ApprovalTests {
  static let red = Sample.approval(
    2, tier: .red, tool: "stop_guest", consent: .typed("102"), hash: "cd34")

  /// A screen on which card 1 has been for a second.
  static func waiting(_ card: Approval = Sample.approval(1), holdsKey: Bool = true, readOnly: Bool = false) -> Session {
    var session = Session.attached(
      140, 42, snapshot: Sample.snapshot(holdsKey: holdsKey, readOnly: readOnly))
    _ = session.takeEffects()
    session.approval(card)
    session.wait(1)
    return session
  }

  @Test("FOUND-01 keys typed into the input line never decide a card")
  func typing() {
    var session = Self.waiting()
    session.type("yYnNay")
    #expect(session.decisions.isEmpty)
    #expect(session.state.input.text == "yYnNay")
    #expect(session.state.focus == .input)
  }

  @Test("FOUND-01 Tab, then y approves a YELLOW call with the hash that was shown")
  func yellow() {
    var session = Self.waiting()
    session.press("Tab")
    #expect(session.sees("y yes   n no, and say why   Esc back"))
    session.press("y")
    #expect(
      session.decisions == [.decide(ApprovalID(rawValue: 1), .approve(hash: "ab12", typed: nil))])
    #expect(session.state.focus == .input)
    #expect(!session.state.isIdle)
    // Single use: the same key again finds nothing to decide.
    session.press("Tab y")
    #expect(session.decisions.count == 1)
  }

  @Test("FOUND-01 a key within half a second after the card appeared decides nothing")
  func tooSoon() {
    var session = Session.attached(140, 42)
    session.approval(Sample.approval(1))
    session.press("Tab")
    session.wait(0.49)
    session.press("y")
    #expect(session.decisions.isEmpty)
    #expect(session.sees("only just appeared"))
    session.wait(0.02)
    session.press("y")
    #expect(session.decisions.count == 1)
  }

  @Test("FOUND-01 a RED call needs Y; y says so and decides nothing")
  func capital() {
    var session = Self.waiting(Sample.approval(1, tier: .red, tool: "reboot_guest", consent: .capitalYes))
    session.press("Tab y")
    #expect(session.decisions.isEmpty)
    #expect(session.sees("capital Y"))
    session.press("Y")
    #expect(session.decisions.count == 1)
  }

  @Test("FOUND-01 where a word is asked for, only that word and then Y approves")
  func typedWord() {
    var session = Self.waiting(Self.red)
    session.press("Tab Y")
    session.type("10")
    session.press("Enter Y")
    #expect(session.decisions.isEmpty)
    session.press("^U")
    session.type("102")
    #expect(session.sees("type 102 or pihole, then Y: 102"))
    session.press("y")
    #expect(session.decisions.isEmpty)
    session.press("Backspace Y")
    #expect(
      session.decisions == [.decide(ApprovalID(rawValue: 2), .approve(hash: "cd34", typed: "102"))])
  }

  @Test("FOUND-01 the target's other name is as good as the word asked for", arguments: ["102", "pihole"])
  func eitherName(word: String) {
    var session = Self.waiting(Self.red)
    session.press("Tab Y")
    session.type(word)
    session.press("Y")
    #expect(
      session.decisions == [.decide(ApprovalID(rawValue: 2), .approve(hash: "cd34", typed: word))])
  }

  @Test("FOUND-01 a word that is not wanted and Y: it is said what is", arguments: ["10", "agent", ""])
  func wrongWord(word: String) {
    var session = Self.waiting(Self.red)
    session.press("Tab Y")
    session.type(word)
    session.press("Y")
    #expect(session.decisions.isEmpty)
    #expect(session.sees("type 102 or pihole, then Y"))
    #expect(session.state.remark?.severity == .warning)
    #expect(session.state.desk.mode == .typing(word))
  }

  @Test("FOUND-01 a Y that belongs to the word is typed")
  func wordWithY() {
    var session = Self.waiting(
      Sample.approval(2, tier: .red, target: "NYC (7) on agent", consent: .typed("NYC"), hash: "cd34"))
    session.press("Tab Y")
    session.type("NYC")
    #expect(session.decisions.isEmpty)
    session.press("Y")
    #expect(session.decisions.count == 1)
  }

  @Test("FOUND-01 n asks for a reason of one line, and Enter sends it")
  func refusal() {
    var session = Self.waiting()
    session.press("Tab n")
    session.type("not Yet")
    #expect(session.sees("no, because: not Yet"))
    session.press("Enter")
    #expect(session.decisions == [.decide(ApprovalID(rawValue: 1), .refuse(reason: "not Yet"))])
  }

  @Test("FOUND-01 Esc gives the focus back, half a word is forgotten")
  func escape() {
    var session = Self.waiting(Self.red)
    session.press("Tab Y")
    session.type("102")
    session.press("Esc")
    #expect(session.state.desk.mode == .choosing)
    session.press("Esc")
    #expect(session.state.focus == .input)
    session.press("Tab Tab Tab Y")
    #expect(session.decisions.isEmpty)
  }

  @Test("FOUND-01 a card that changes loses the focus, and the half second begins anew")
  func changed() {
    var session = Self.waiting()
    session.press("Tab")
    session.approval(Sample.approval(1, hash: "ffff"))
    #expect(session.state.focus == .input)
    session.press("Tab y")
    #expect(session.decisions.isEmpty)
    session.wait(0.6)
    session.press("y")
    #expect(
      session.decisions == [.decide(ApprovalID(rawValue: 1), .approve(hash: "ffff", typed: nil))])
  }

  @Test("FOUND-01 an expired card cannot be decided and says so")
  func expired() {
    var session = Self.waiting()
    session.press("Tab")
    session.wait(300)
    session.press("y")
    #expect(session.decisions.isEmpty)
    session.send(.tick)
    #expect(session.state.focus == .input)
    session.approval(Sample.approval(1, state: .expired))
    #expect(session.sees("EXPIRED"))
    #expect(session.sees("nothing was done"))
  }

  @Test("FOUND-01 cards queue: the next comes when the first is decided, without the focus")
  func queue() {
    var session = Self.waiting()
    session.approval(Self.red)
    #expect(session.sees("APPROVAL 1"))
    #expect(session.sees("2 wait"))
    session.press("Tab y")
    session.approval(Sample.approval(1, state: .running))
    #expect(session.sees("APPROVAL 2"))
    #expect(session.state.focus == .input)
    session.press("Tab Y")
    #expect(session.decisions.count == 1)
    #expect(session.sees("only just appeared"))
  }

  @Test("FOUND-01 :approve 2 gives card 2 the focus and decides nothing")
  func word() {
    var session = Self.waiting()
    session.approval(Self.red)
    session.type(":approve 2")
    session.press("Enter")
    #expect(session.state.focus == .card)
    #expect(session.sees("APPROVAL 2"))
    #expect(session.decisions.isEmpty)
    session.press("Y")
    #expect(session.sees("only just appeared"))
  }

  @Test("FOUND-01 a click focuses a card and decides nothing")
  func click() {
    var session = Self.waiting()
    session.click("APPROVAL 1 ")
    #expect(session.state.focus == .card)
    #expect(session.decisions.isEmpty)
  }

  @Test(
    "FOUND-01 without the approval key, or read-only, nothing is decided", arguments: [(false, false), (true, true)])
  func keyless(holdsKey: Bool, readOnly: Bool) {
    var session = Self.waiting(holdsKey: holdsKey, readOnly: readOnly)
    session.press("Tab y Y n")
    session.type("x")
    session.press("Enter")
    #expect(session.decisions.isEmpty)
    #expect(session.sees(readOnly ? "read-only" : "another screen holds the approval key"))
  }

  @Test("FOUND-01 a word behind : is typed from a focused card too, and none of its letters decides")
  func wordFromCard() {
    var session = Self.waiting()
    session.press("Tab")
    session.type(":yYan")
    #expect(session.decisions.isEmpty && session.state.overlays == [.command("yYan")])
    session.press("Esc")
    session.type(":safety")
    session.press("Enter")
    #expect(session.sees("SAFETY") && session.decisions.isEmpty)
    session.press("Esc")
    #expect(session.state.focus == .card)
  }

  @Test("FOUND-01 a paste never decides a card")
  func paste() {
    var session = Self.waiting()
    session.press("Tab")
    session.send(.paste("y\nY\n"))
    #expect(session.decisions.isEmpty)
  }

  @Test("FOUND-01 what does not fit on the card is read before consent is taken")
  func hiddenLines() {
    var card = Sample.approval(1)
    card.impact = (1...30).map { "guest \($0) will notice" }
    var session = Session.attached(45, 20)
    session.approval(card)
    session.wait(1)
    session.press("Tab y")
    #expect(session.decisions.isEmpty)
    #expect(session.sees("read the rest"))
    for _ in 0..<60 { session.press("Down") }
    session.press("y")
    #expect(session.decisions.count == 1)
  }

  @Test("FOUND-01 a screen too small to show the card decides nothing")
  func unseen() {
    var session = Self.waiting()
    session.press("Tab")
    session.resize(40, 10)
    session.press("y Y")
    #expect(session.decisions.isEmpty)
  }

  @Test("FOUND-01 a decision that the engine refuses leaves the card waiting")
  func failure() throws {
    var session = Self.waiting()
    session.press("Tab y")
    guard case .perform(_, let id)? = session.takeEffects().last else {
      Issue.record("no decision was sent")
      return
    }
    session.send(.failed(id, UserFacingError(.refused, attempted: "approve 1", reason: "the target changed")))
    #expect(session.state.isIdle)
    #expect(session.sees("the target changed"))
    session.press("Tab y")
    #expect(session.decisions.count == 1)
  }

  @Test("FOUND-01 afterwards the card is the receipt, and Esc puts it away")
  func receipt() {
    var session = Self.waiting()
    session.press("Tab y")
    session.approval(Sample.approval(1, state: .running))
    #expect(session.sees("APPROVED"))
    session.approval(Sample.approval(1, state: .done("verified: running, up 4 s")))
    #expect(session.sees("RECEIPT 1 ═ DONE"))
    #expect(session.sees("verified: running, up 4 s"))
    session.press("Esc")
    #expect(!session.sees("RECEIPT"))
  }

  @Test("A decided card takes three rows and leaves the rest to the conversation", arguments: [(80, 24), (45, 20)])
  func small(columns: Int, rows: Int) {
    var session = Session.attached(columns, rows)
    session.approval(Sample.approval(1))
    func height() -> Int { Arrangement(session.state, now: session.now).centre.card.height }
    #expect(height() > 7)
    session.approval(Sample.approval(1, state: .running))
    #expect(height() <= 5)
    session.approval(Sample.approval(1, state: .done("running, up 4 s")))
    #expect(height() <= (columns > 60 ? 4 : 5))
    #expect(session.sees("running, up 4 s"))
  }

  @Test("Esc puts all receipts away: none comes up in place of another")
  func receiptsAway() {
    var session = Self.waiting()
    for id in 1...3 {
      session.approval(Sample.approval(id))
      session.approval(Sample.approval(id, state: .done("done \(id)")))
    }
    #expect(session.sees("RECEIPT 3"))
    session.press("Esc")
    #expect(!session.sees("RECEIPT"))
    session.wait(1)
    session.send(.tick)
    #expect(!session.sees("RECEIPT"))
  }

  @Test("A receipt goes with the next turn: it belongs to the one before")
  func receiptEnds() {
    var session = Self.waiting()
    session.approval(Sample.approval(1, state: .done("running, up 4 s")))
    #expect(session.sees("RECEIPT 1"))
    session.type("thanks")
    #expect(session.sees("RECEIPT 1"))
    session.press("Enter")
    #expect(!session.sees("RECEIPT"))
    // A card that still waits stays.
    session.approval(Self.red)
    session.type("and now?")
    session.press("Enter")
    #expect(session.sees("APPROVAL 2"))
  }

  @Test(
    "What waits and what is wrong is counted in the status line where no panel does",
    arguments: [(60, 30), (45, 20), (80, 24)])
  func counted(columns: Int, rows: Int) {
    var session = Session.attached(columns, rows)
    #expect(!session.sees(" asks"))
    #expect(session.frame[rows - 2].contains(columns < 60 ? "2 ■" : "2 troubles ■"))
    session.approval(Sample.approval(1))
    #expect(session.frame[rows - 2].contains("1 asks"))
    session.approval(Self.red)
    #expect(session.frame[rows - 2].contains("2 ask"))
  }

  @Test("A new card rings once; a changed one does not")
  func bell() {
    var session = Session.attached(140, 42)
    _ = session.takeEffects()
    session.approval(Sample.approval(1))
    #expect(session.takeEffects() == [.bell])
    session.approval(Sample.approval(1, state: .running))
    #expect(session.takeEffects().isEmpty)
  }
}
