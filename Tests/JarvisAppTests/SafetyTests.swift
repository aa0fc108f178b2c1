import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Safety on the screen")
struct SafetyTests {
  static let freeze = Freeze(
    reason: "storage work on tank", since: Sample.now - 600, until: Sample.now + 5_400, by: "screen")
  static let allowance = Allowance(
    id: AllowanceID(rawValue: 3), tool: "start_guest", target: "pihole (102) on agent", since: Sample.now - 60, uses: 2)

  static func frozen(_ columns: Int = 140, _ rows: Int = 42, holdsKey: Bool = true) -> Session {
    var session = Session.attached(columns, rows, snapshot: Sample.snapshot(holdsKey: holdsKey))
    _ = session.takeEffects()
    session.send(.event(.system(.freeze(freeze))))
    return session
  }

  /// A screen on which this card has been for a second.
  static func waiting(_ card: Approval, _ columns: Int = 140, _ rows: Int = 42) -> Session {
    var session = Session.attached(columns, rows)
    _ = session.takeEffects()
    session.approval(card)
    session.wait(1)
    return session
  }

  // MARK: Kill switch

  @Test("FOUND-08 F9 asks why, and Enter freezes")
  func freezes() {
    var session = Session.attached()
    session.press("F9")
    #expect(session.sees("Stops every change from every caller"))
    session.type("storage work")
    #expect(session.commands.isEmpty)
    session.press("Enter")
    #expect(session.commands == [.freeze(reason: "storage work", until: nil)])
    #expect(session.state.overlays.isEmpty)
  }

  @Test("FOUND-08 F9 freezes from within every layer", arguments: [":safety", ":audit", ":help", ":given", "palette"])
  func freezesFromLayers(_ layer: String) {
    var session = Session.attached()
    if layer == "palette" {
      session.press("^K")
    } else {
      session.type(layer)
      session.press("Enter")
    }
    _ = session.takeEffects()
    session.press("F9")
    session.press("F9")
    #expect(session.sees("Stops every change from every caller"))
    session.type("storm")
    session.press("Enter")
    #expect(session.commands.contains(.freeze(reason: "storm", until: nil)))
    #expect(!session.sees("Stops every change from every caller"))
  }

  @Test("FOUND-08 Esc does not freeze; nothing typed there reaches the input line")
  func freezeCancelled() {
    var session = Session.attached()
    session.press("F9")
    session.type("no")
    session.press("Esc")
    #expect(session.commands.isEmpty && session.state.input.isEmpty && session.state.overlays.isEmpty)
  }

  @Test("FOUND-08 :freeze 2h REASON freezes with an end, after Enter; without a reason it says so")
  func freezeWords() {
    var session = Session.attached()
    session.type(":freeze for 2h new disks")
    session.press("Enter")
    #expect(session.commands.isEmpty)
    session.press("Enter")
    session.press("F9 Enter")
    #expect(
      session.commands == [
        .freeze(reason: "new disks", until: session.now + 7_200), .freeze(reason: "no reason given", until: nil),
      ])
  }

  @Test(
    "FOUND-08 a freeze is told on every screen and in every view, with its reason and its end",
    arguments: [(45, 20), (60, 30), (80, 24), (100, 30), (120, 40), (160, 45), (200, 50), (240, 67), (300, 100)])
  func freezeSeen(columns: Int, rows: Int) throws {
    var session = Self.frozen(columns, rows)
    for view in session.state.views {
      session.type(":\(view.rawValue)")
      session.press("Enter")
      #expect(session.frame[rows - 2].contains("FROZEN"))
      session.press("F2")
    }
    let text = session.frame.joined(separator: "\n").replacing(/\s*│\s*\n\s*│\s*/, with: " ")
    #expect(text.contains("until 22:37"))
    #expect(text.contains("storage work"))
    #expect(try Golden().difference(session.picture, name: "frozen-\(columns)x\(rows)") == nil)
    session.resize(20, 8)
    #expect(session.sees("FROZEN"))
    session.resize(columns, rows)
    session.send(.event(.system(.freeze(nil))))
    #expect(!session.sees("FROZEN"))
  }

  @Test("FOUND-08 the whole status line is red while frozen")
  func freezeRed() throws {
    let theme = try ThemeLibrary().theme(named: "jarvis")
    var session = Self.frozen()
    session.send(.themed(theme))
    let canvas = session.canvas
    let row = canvas.size.rows - 2
    let style = theme.style("status.frozen")
    for x in 0..<canvas.size.columns { #expect(canvas.cells[row * canvas.size.columns + x].style == style) }
  }

  @Test("FOUND-08 lifting it takes a yes and the approval key")
  func unfreezes() {
    var session = Self.frozen()
    session.press("F9")
    #expect(session.sees("Lift the freeze of 20:57 (storage work on tank)?"))
    session.press("n F9 Esc")
    #expect(session.commands.isEmpty)
    session.type(":unfreeze")
    session.press("Enter y")
    #expect(session.commands == [.unfreeze])
    var looking = Self.frozen(holdsKey: false)
    looking.press("F9 y")
    #expect(looking.commands.isEmpty)
    #expect(looking.sees("another screen holds the approval key"))
  }

  // MARK: Cards

  /// Cards in every state, by name.
  static var cards: [(name: String, card: Approval)] {
    var yellow = Sample.approval(1)
    yellow.allowable = true
    yellow.evidence = ["guest_status 102: stopped, onboot set", "list_tasks: no task on 102 since 20:58"]
    yellow.moneySpent = MicroDollars(12_300)
    var red = Sample.approval(2, tier: .red, tool: "rollback_snapshot", consent: .typed("pihole"), hash: "cd34")
    red.snapshotOffer = "a snapshot of pihole (102) first"
    red.untrustedRead = true
    var batch = Sample.approval(3, tier: .red, tool: "shutdown_guest", target: "3 guests", consent: .typed("3"))
    batch.targets = [
      ApprovalTarget(name: "docker-host (100) on pve", state: "running, up 3 d"),
      ApprovalTarget(name: "truenas (101) on pve", state: "running, up 41 d"),
      ApprovalTarget(name: "jellyfin (130) on pve", state: "running, up 2 h"),
    ]
    let states: [(String, Approval.State)] = [
      ("running", .running), ("done", .done("running, up 4 s")), ("failed", .failed("exit status: no such volume")),
      ("refused", .refused(reason: "not before the backup")), ("expired", .expired),
      ("void", .void("pihole is running now")),
    ]
    return [("yellow", yellow), ("red", red), ("batch", batch)]
      + states.map { ($0.0, Sample.approval(4, state: $0.1)) }
  }

  @Test("FOUND-01 a card in every state, at three sizes", arguments: cards.map(\.name))
  func cardStates(name: String) throws {
    let card = try #require(Self.cards.first { $0.name == name }?.card)
    var text = ""
    for (columns, rows) in [(45, 20), (80, 24), (120, 40)] {
      var session = Session.attached(columns, rows)
      var open = card
      open.state = .pending
      session.approval(open)
      session.wait(9)
      session.approval(card)
      if card.state == .pending { session.press("Tab") }
      text += session.picture + "\n"
    }
    #expect(try Golden().difference(text, name: "card-\(name)") == nil)
  }

  @Test("FOUND-01 a allows a YELLOW call while attached, where the card offers it and nowhere else")
  func allow() throws {
    var yellow = try #require(Self.cards.first { $0.name == "yellow" }?.card)
    yellow.allowanceScope = "start_guest on pihole (102) on agent with exactly force=false, asked by the model"
    var session = Self.waiting(yellow)
    session.type("a")
    #expect(session.decisions.isEmpty)
    session.press("^U Tab a")
    #expect(session.decisions.isEmpty)
    // What it is that will run unasked, how long, and how to take it back.
    func words() -> String {
      (Arrangement(session.state, now: session.now).cardText?.keyLines ?? []).map(\.text).joined(separator: " ")
        .replacing(/\s+/, with: " ")
    }
    #expect(
      words().contains(
        "from now on start_guest on pihole (102) on agent with exactly force=false, asked by the model, runs unasked."))
    #expect(words().contains("Until this screen closes or a freeze; :allowances lists it"))
    session.press("Esc")
    #expect(!words().contains("from now on") && session.state.focus == .card)
    session.press("a a")
    #expect(session.decisions == [.decide(ApprovalID(rawValue: 1), .approveAndAllow(hash: "ab12"))])
    for name in ["red", "batch"] {
      let card = try #require(Self.cards.first { $0.name == name }?.card)
      var other = Self.waiting(card, 200, 67)
      other.press("Tab a")
      #expect(other.decisions.isEmpty)
      #expect(other.sees("is asked for each time"))
      #expect(!other.sees("yes, and more of it"))
    }
    var dirty = yellow
    (dirty.allowable, dirty.untrustedRead) = (false, true)
    var suspended = Self.waiting(dirty)
    suspended.press("Tab a")
    #expect(suspended.decisions.isEmpty)
    #expect(suspended.sees("read text from outside"))
  }

  @Test("FOUND-01 s takes the offered snapshot first; another card begins without")
  func snapshot() throws {
    let red = try #require(Self.cards.first { $0.name == "red" }?.card)
    var session = Self.waiting(red, 160, 67)
    session.press("Tab s")
    #expect(session.sees("yes, first"))
    session.press("Y")
    session.type("102")
    session.press("Y")
    #expect(
      session.decisions == [.decide(ApprovalID(rawValue: 2), .approveWithSnapshot(hash: "cd34", typed: "102"))])
    var plain = Self.waiting(Sample.approval(1))
    plain.press("Tab s")
    #expect(plain.sees("no snapshot is offered"))
    plain.press("y")
    #expect(plain.decisions == [.decide(ApprovalID(rawValue: 1), .approve(hash: "ab12", typed: nil))])
  }

  @Test("FOUND-01 every target of a batch stands on its card, and consent needs all of them in sight")
  func batch() throws {
    var batch = try #require(Self.cards.first { $0.name == "batch" }?.card)
    batch.targets = (1...40).map { ApprovalTarget(name: "guest\($0) (\($0))", state: "running") }
    batch.consent = .capitalYes
    var session = Self.waiting(batch, 80, 24)
    session.press("Tab Y")
    #expect(session.decisions.isEmpty)
    var seen: Set<Int> = []
    for _ in 0..<70 {
      for number in 1...40 where session.sees("guest\(number) (\(number)): running") { seen.insert(number) }
      session.press("Down")
    }
    #expect(seen.count == 40)
    session.press("Y")
    #expect(session.decisions.count == 1)
  }

  @Test("FOUND-01 one key asks an expired or void card afresh; it decides nothing", arguments: ["expired", "void"])
  func again(name: String) throws {
    let card = try #require(Self.cards.first { $0.name == name }?.card)
    var session = Self.waiting(Sample.approval(4))
    session.approval(card)
    session.press("Tab y Y")
    #expect(session.decisions.isEmpty)
    session.press("r")
    #expect(session.commands == [.proposeAgain(ApprovalID(rawValue: 4))])
    // Long after its receipt has gone from the screen, too.
    session.wait(3_600)
    session.send(.tick)
    #expect(!session.sees("RECEIPT"))
    session.type(":approve 4")
    session.press("Enter r")
    #expect(session.commands.count == 2 && session.decisions.isEmpty)
  }

  @Test("FOUND-08 a card says FROZEN and what to do; consent waits for the freeze to be lifted, a refusal does not")
  func frozenCard() {
    var session = Self.waiting(Sample.approval(1), 120, 40)
    session.send(.event(.system(.freeze(Self.freeze))))
    #expect(session.sees("APPROVAL 1 ═ YELLOW ═ FROZEN"))
    #expect(session.sees("until 22:37: storage work on tank"))
    #expect(session.sees("Tab to decide:   F9 lifts the freeze   n no, and say why"))
    session.press("Tab y a a")
    #expect(session.decisions.isEmpty)
    #expect(session.sees("everything is frozen: F9 lifts that first; the card waits"))
    session.send(.event(.system(.freeze(nil))))
    #expect(!session.sees("FROZEN"))
    session.press("y")
    #expect(session.decisions.count == 1)
    var other = Self.waiting(Sample.approval(1), 120, 40)
    other.send(.event(.system(.freeze(Self.freeze))))
    other.press("Tab n Enter")
    #expect(other.decisions == [.decide(ApprovalID(rawValue: 1), .refuse(reason: ""))])
  }

  @Test("FOUND-01 PgDn moves a long card by its height; the hint to read on stays until its end was in sight")
  func paging() throws {
    var batch = try #require(Self.cards.first { $0.name == "batch" }?.card)
    batch.targets = (1...40).map { ApprovalTarget(name: "guest\($0) (\($0))", state: "running") }
    batch.consent = .capitalYes
    var session = Self.waiting(batch, 80, 24)
    session.press("Tab")
    var presses = 0
    while session.sees("more to read first: PgDn"), presses < 40 {
      session.wait(60)
      session.send(.tick)
      #expect(session.sees("more to read first: PgDn") || session.state.desk.current?.isExpired(session.now) == true)
      session.press("PgDn")
      presses += 1
    }
    #expect((3...8).contains(presses), "\(presses) pages")
  }

  // MARK: Allowances, stamp, maintenance

  @Test("Allowances are listed and taken back")
  func allowances() {
    var session = Session.attached(160, 45)
    #expect(session.sees("none waits"))
    session.send(.event(.system(.allowances([Self.allowance]))))
    #expect(session.sees("start_guest pihole"))
    session.type(":allowances")
    session.press("Enter")
    #expect(session.sees("3 start_guest pihole (102) on agent, since 21:06, used 2 times"))
    session.press("x")
    #expect(session.commands == [.revokeAllowance(AllowanceID(rawValue: 3))])
    session.send(.event(.system(.allowances([]))))
    session.press("x")
    #expect(session.commands.count == 1)
    #expect(session.sees("none: every YELLOW and RED call is asked for"))
  }

  @Test("The status line shows the hashes of tiers and audit, and warns where they changed")
  func stamp() throws {
    var stamp = SafetyStamp(tableHash: "4f2a9c01", auditHead: "77ab01ff", auditRows: 12, audit: .ok)
    var session = Session.attached(200, 50)
    session.send(.event(.system(.safety(stamp))))
    #expect(session.frame[48].contains("tiers 4f2a · audit 77ab ✓"))
    stamp.changedSinceLastVisit = ["the tier table is another one than on 21 NOV"]
    session.send(.event(.system(.safety(stamp))))
    #expect(session.frame[48].contains("tiers 4f2a ▲"))
    #expect(session.sees("changed since your last visit: the tier table is another one"))
    stamp.audit = .broken("row 7 was changed")
    session.send(.event(.system(.safety(stamp))))
    #expect(session.frame[48].contains("audit BROKEN"))
    #expect(session.sees("the audit is broken: row 7 was changed"))
    session.send(.event(.system(.freeze(Self.freeze))))
    session.send(.event(.system(.allowances([Self.allowance]))))
    session.type(":safety")
    session.press("Enter")
    #expect(try Golden().difference(session.picture, name: "safety") == nil)
  }

  @Test("Maintenance is begun and ended by a word, and marked in the lists")
  func maintenance() {
    var session = Session.attached(160, 45)
    session.type(":maintenance pve 2h new disks")
    session.press("Enter")
    session.type(":maintenance pve end")
    session.press("Enter")
    #expect(
      session.commands == [
        .maintain(target: "pve", until: session.now + 7_200, reason: "new disks"), .endMaintenance(target: "pve"),
      ])
    session.type(":maintenance pve soon")
    session.press("Enter")
    #expect(session.commands.count == 2 && session.sees("as in :maintenance pve 2h"))
    session.send(
      .event(
        .system(
          .maintenance([
            Maintenance(target: "102", since: session.now, until: nil, reason: "HA", by: "HA"),
            Maintenance(target: "pve", since: session.now, until: nil, reason: "HA", by: "HA"),
          ]))))
    session.press("F3")
    #expect(session.frame.contains { $0.contains("pihole") && $0.contains("running, maintenance") })
    session.press("F4")
    #expect(session.frame.contains { $0.contains("online, maintenance") })
  }

  // MARK: Shell and trust

  @Test("s on a node or guest asks for a shell there; the engine's grant hands the terminal over")
  func shell() {
    var session = Session.attached()
    session.press("F3 Down Down s")
    #expect(session.commands == [.openShell(node: "agent", whileFrozen: false)])
    guard case .perform(_, let request)? = session.takeEffects().last else { return }
    let visit = ShellVisit(id: "v1", node: "agent", since: session.now)
    session.send(.reply(request, .shell(visit)))
    #expect(session.takeEffects() == [.openShell(visit)])
    session.send(.shellEnded(visit, failure: nil))
    #expect(session.commands == [.closeShell(visit)])
    #expect(session.sees("back from agent"))
    session.send(.shellEnded(visit, failure: "permission denied"))
    #expect(session.sees("no shell on agent: permission denied"))
  }

  @Test("A shell is opened by the key holder only, not on an offline node, and a frozen engine asks first")
  func shellGuarded() {
    var looking = Session.attached(snapshot: Sample.snapshot(holdsKey: false))
    looking.press("F4 s")
    #expect(looking.commands.isEmpty)
    #expect(looking.sees("no shell from here"))
    var session = Session.attached()
    session.press("F4 G s")
    #expect(session.commands.isEmpty)
    #expect(session.sees("node backup is offline"))
    session.press("F7 s")
    #expect(session.commands.isEmpty)
    #expect(session.sees("EVENTS is no node"))
    var frozen = Self.frozen()
    frozen.type(":shell pve")
    frozen.press("Enter")
    #expect(frozen.sees("Everything is frozen. Open a shell on pve nevertheless?"))
    frozen.press("n")
    #expect(frozen.commands.isEmpty)
    frozen.press("F4 s y")
    #expect(frozen.commands == [.openShell(node: "pve", whileFrozen: true)])
  }

  @Test("s is offered only where it can work: on nodes and guests, with the key, not in the demo")
  func shellOffered() {
    var session = Session.attached(160, 45)
    func offered() -> Bool { session.frame[44].contains("s shell") }
    for (key, has) in [("F3", true), ("F4", true), ("F5", false), ("F6", false), ("F7", false)] {
      session.press(key)
      #expect(offered() == has, "\(key)")
    }
    var snapshot = Sample.snapshot()
    snapshot.cluster.simulated = true
    session = Session.attached(160, 45, snapshot: snapshot)
    session.press("F4 s")
    #expect(session.commands.isEmpty)
    #expect(session.sees("the simulated nodes have no login shell; /exec NODE COMMAND"))
    session.wait(60)
    session.send(.tick)
    #expect(!offered())
  }

  static let firstContact = TrustQuestion(
    .firstContact, subject: "the SSH host key of pve (192.168.1.2:22)", fingerprint: "SHA256:Zm9vYmFy",
    details: ["ssh-ed25519; compare with `ssh-keygen -lf` on the node"], accept: .refresh)

  @Test("A first key is trusted by y, a changed one by Y only; Esc decides nothing")
  func trust() throws {
    var session = Session.attached()
    session.send(.ask(Self.firstContact))
    #expect(session.sees("SHA256:Zm9vYmFy"))
    #expect(try Golden().difference(session.picture, name: "trust-first") == nil)
    session.press("Enter Esc")
    #expect(session.commands.isEmpty)
    session.send(.ask(Self.firstContact))
    session.press("y")
    #expect(session.commands == [.refresh])
    var changed = Self.firstContact
    changed.kind = .changed(from: "SHA256:b2xk")
    session.send(.ask(changed))
    #expect(try Golden().difference(session.picture, name: "trust-changed") == nil)
    session.press("y")
    #expect(session.commands.count == 1)
    session.press("Y")
    #expect(session.commands.count == 2)
    var looking = Session.attached(snapshot: Sample.snapshot(holdsKey: false))
    looking.send(.ask(Self.firstContact))
    looking.press("y")
    #expect(looking.commands.isEmpty)
  }

  @Test("Every word of safety stands in the help, and each F-key has a word")
  func help() {
    let bindings = KeyTable.standard.bindings
    for binding in bindings where binding.context == .everywhere {
      for key in binding.keys { if case .function = key.code { #expect(binding.word != nil, "\(key.label)") } }
    }
    let help = HelpText.lines(Session.attached().state).map(\.text)
    for word in ["F9", ":allowances", ":unfreeze", ":audit", ":shell", ":maintenance", ":again", ":revoke"] {
      #expect(help.contains { $0.hasPrefix(word) }, "\(word)")
    }
  }
}
