import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Panels")
struct PanelTests {
  let golden = Golden()

  /// One panel alone, in each of the sizes it may get.
  func picture(_ kind: PanelKind, _ session: Session, width: Int = 28, height: Int = 6) -> String {
    var brush = Brush(canvas: Canvas(size: Size(columns: width, rows: height)), theme: session.state.theme)
    let placed = PlacedPanel(kind: kind, rect: Rect(x: 0, y: 0, width: width, height: height))
    var memo = PanelMemo()
    Panels.draw(placed, state: session.state, now: session.now, memo: &memo, brush: &brush)
    return brush.canvas.lines.joined(separator: "\n")
  }

  /// The states a panel can be in, each with its name.
  static var states: [(name: String, session: Session)] {
    var before = Session(140, 42)
    before.send(.tick)
    var lost = Session.attached()
    var cluster = lost.state.mirror.cluster
    cluster.link = .lost(
      since: lost.now - 180, reason: "connection refused by pve:8006", advice: "is pveproxy running?")
    lost.send(.event(.monitoring(.cluster(cluster))))
    var stale = Session.attached()
    stale.wait(37)
    stale.send(.tick)
    var blind = Session.attached()
    var withheld = Sample.cluster(step: 25, at: blind.now + 12)
    withheld.quorate = .unknown
    for index in withheld.nodes.indices {
      withheld.nodes[index].cpu = .withheld(right: "Sys.Audit /nodes/\(withheld.nodes[index].name)")
      withheld.nodes[index].memory = .withheld(right: "Sys.Audit /nodes/\(withheld.nodes[index].name)")
      withheld.nodes[index].cores = .unknown
      withheld.nodes[index].uptime = .unknown
    }
    for index in withheld.guests.indices {
      withheld.guests[index].name = ""
      withheld.guests[index].cpu = .unknown
    }
    for index in withheld.storages.indices { withheld.storages[index].usage = .withheld(right: "Datastore.Audit") }
    blind.send(.event(.monitoring(.cluster(withheld))))
    var ascii = Session.attached(ascii: true)
    ascii.approval(Sample.approval(1))
    var busy = Session.attached()
    busy.send(.event(.monitoring(.cluster(Sample.cluster(step: 25, at: busy.now + 12, pihole: .stopped)))))
    busy.approval(Sample.approval(1))
    busy.approval(ApprovalTests.red)
    return [
      ("before", before), ("normal", .attached()), ("trouble", busy), ("stale", stale), ("lost", lost),
      ("withheld", blind), ("ascii", ascii),
    ]
  }

  @Test("FOUND-06 every panel in every state", arguments: PanelKind.allCases)
  func panels(kind: PanelKind) throws {
    let height: [PanelKind: Int] = [.clock: 3, .memory: 4, .cost: 8, .traffic: 5, .ring: 2]
    let text = Self.states.map { name, session in
      "== \(name)\n" + picture(kind, session, height: height[kind] ?? 6)
    }.joined(separator: "\n")
    #expect(try golden.difference(text, name: "panel-\(kind.rawValue)") == nil)
  }

  @Test("A guest that was stopped on order is no trouble, whenever its task is told; one that fell is")
  func orderedStops() {
    func task(_ type: String, _ outcome: ClusterTask.Outcome, at: Date, target: String = "102") -> ClusterTask {
      ClusterTask(
        upid: "UPID:\(type)\(at)", node: "agent", type: type, target: target, user: "root@pam", startedAt: at - 4,
        endedAt: at, outcome: outcome)
    }
    func warns(_ session: Session) -> Bool {
      session.state.mirror.trouble.contains { $0.subject == "guest:102" && $0.severity == .warning }
    }
    for (late, tasks, isTrouble) in [
      (false, [("vzshutdown", ClusterTask.Outcome.ok, "102")], false), (true, [("vzstop", .ok, "102")], false),
      (false, [("vzshutdown", .failed("timeout"), "102")], true), (false, [("vzstop", .ok, "103")], true),
      (false, [("vzdump", .ok, "102")], true), (false, [], true),
    ] {
      var session = Session.attached()
      var cluster = Sample.cluster(step: 25, at: session.now + 12, pihole: .stopped)
      let told = tasks.map { task($0.0, $0.1, at: session.now + 8, target: $0.2) }
      if !late { cluster.tasks = told }
      session.wait(12)
      session.send(.event(.monitoring(.cluster(cluster))))
      if late {
        #expect(warns(session))
        cluster.tasks = told
        session.send(.event(.monitoring(.cluster(cluster))))
      }
      #expect(warns(session) == isTrouble, "\(tasks)")
      #expect(session.state.mirror.board.alarming.isEmpty == !isTrouble)
      // The list of tasks moves on; what it told stays known for as long as the guest is down.
      session.wait(12)
      session.send(.event(.monitoring(.cluster(Sample.cluster(step: 26, at: session.now, pihole: .stopped)))))
      #expect(warns(session) == isTrouble, "\(tasks)")
      session.wait(12)
      session.send(.event(.monitoring(.cluster(Sample.cluster(step: 27, at: session.now)))))
      session.wait(700)
      session.send(.event(.monitoring(.cluster(Sample.cluster(step: 28, at: session.now, pihole: .stopped)))))
      #expect(warns(session))
    }
  }

  @Test("FOUND-06 every panel draws in any room it may get without leaving it", arguments: PanelKind.allCases)
  func cramped(kind: PanelKind) {
    let session = Session.attached(snapshot: Sample.snapshot(approvals: [Sample.approval(1)]))
    for width in 1...40 {
      for height in 1...9 {
        var brush = Brush(canvas: Canvas(size: Size(columns: 60, rows: 20)), theme: .plain)
        let rect = Rect(x: 10, y: 5, width: width, height: height)
        var memo = PanelMemo()
        Panels.draw(
          PlacedPanel(kind: kind, rect: rect), state: session.state, now: session.now, memo: &memo, brush: &brush)
        for y in 0..<20 {
          for x in 0..<60 where !rect.contains(x: x, y: y) {
            #expect(brush.canvas[x, y].text == " ", "\(kind) \(width)x\(height) wrote at \(x),\(y)")
          }
        }
      }
    }
  }

  @Test("A stale figure looks stale: older than three polls, in words and not by colour alone")
  func stale() {
    var session = Session.attached()
    #expect(!session.sees("~"))
    session.wait(36)
    #expect(!session.sees("~"))
    session.wait(1)
    #expect(session.sees("~40 %"))
  }

  @Test("What the token may not see is no right, what nobody told is –, and neither is 0")
  func withheld() throws {
    let blind = try #require(Self.states.first { $0.name == "withheld" }?.session)
    let cpu = picture(.cpu, blind)
    #expect(cpu.contains("no right"))
    #expect(!cpu.contains("0 %"))
    #expect(picture(.guests, blind).contains("–"))
    #expect(picture(.memory, blind).contains("no right"))
  }

  @Test("ROUTE-05 The money panel goes with the conversation in front; a piece of an answer draws no panel anew")
  func moneyOfTheTab() throws {
    let other = ConversationID(rawValue: "other")
    var session = Session.attached()
    var cost = Sample.cost
    cost.conversations = [Sample.conversation: MicroDollars(1_110_000), other: MicroDollars(2_220_000)]
    session.send(.event(.system(.cost(cost))))
    var memo = PanelMemo()
    var drawn = 0
    func panel() -> String {
      memo.canvas(of: .cost, size: Size(columns: 28, rows: 8), state: session.state, now: session.now) {
        drawn += 1
        var brush = Brush(canvas: Canvas(size: Size(columns: 28, rows: 8)), theme: session.state.theme)
        Panels.cost(session.state, Rect(x: 0, y: 0, width: 28, height: 8), &brush)
        return brush.canvas
      }.lines.joined(separator: "\n")
    }
    #expect(panel().contains("1.11"))
    let answer = ChatMessage(
      id: MessageID(rawValue: "piece"), conversation: Sample.conversation, role: .assistant, text: "", at: Sample.now,
      state: .streaming)
    session.send(.event(.chat(.message(answer))))
    _ = panel()
    let before = drawn
    session.send(.event(.chat(.delta(answer.id, answer.conversation, "a piece"))))
    #expect(panel().contains("1.11") && drawn == before)
    session.press("^N")
    guard case .perform(.newConversation, let id)? = session.effects.last else {
      Issue.record("no conversation was asked for")
      return
    }
    let info = ConversationInfo(
      id: other, title: "other", createdAt: session.now, updatedAt: session.now, messages: 0)
    session.send(.reply(id, .conversation(info, messages: [])))
    #expect(session.state.conversation == other)
    #expect(panel().contains("2.22"), "\(panel())")
  }

  @Test("ASCII mode draws nothing but ASCII")
  func ascii() throws {
    let session = try #require(Self.states.first { $0.name == "ascii" }?.session)
    for line in session.frame {
      #expect(line.unicodeScalars.allSatisfy { $0.isASCII || $0 == "–" || $0 == "…" || $0 == "·" }, "\(line)")
    }
  }

  @Test("Names with escape sequences are drawn harmless")
  func hostileNames() {
    var cluster = Sample.cluster(step: 25, at: Sample.now + 12)
    cluster.guests[0].name = "evil\u{1B}[31m\u{1B}]0;pwned\u{07}\u{202E}name"
    cluster.nodes[0].name = "pve\u{9B}2J"
    cluster.storages[0].name = "tank\nnew line"
    cluster.name = "home\u{1B}[2Jlab"
    var session = Session.attached(200, 50)
    session.send(.event(.monitoring(.cluster(cluster))))
    for view in ["F2", "F3", "F4", "F5"] {
      session.press(view)
      for line in session.frame {
        #expect(!line.contains("pwned") && !line.contains("[31m") && !line.contains("[2J"), "\(line)")
        #expect(
          line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{202E}" })
      }
    }
    session.press("F3")
    #expect(session.sees("evilname"))
  }
}
