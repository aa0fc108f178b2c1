import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Conversation")
struct ChatTests {
  let golden = Golden()
  static let answer = MessageID(rawValue: "a1")

  static func streaming(_ text: String = "", state: ChatMessage.State = .streaming, tools: [ToolActivity] = [])
    -> ChatMessage
  {
    var message = Sample.message("a1", .assistant, text, secondsAgo: 0, state: state, tools: tools)
    message.at = Sample.now
    return message
  }

  @Test("TEST-06 ask, tool, approval, verified answer: the whole flow as the screen sees it")
  func wholeFlow() throws {
    var session = Session.attached(120, 40, snapshot: Sample.snapshot(messages: []))
    session.type("start pihole")
    session.press("Enter")
    #expect(session.commands == [.send(text: "start pihole", conversation: Sample.conversation)])
    guard case .perform(_, let request)? = session.effects.last else {
      Issue.record("nothing was sent")
      return
    }
    session.send(.reply(request, .done))
    #expect(session.state.isIdle)
    session.event(.message(Sample.message("u1", .user, "start pihole", secondsAgo: 0)))
    session.event(.running(Sample.conversation, true))
    session.event(.message(Self.streaming()))
    let id = ApprovalID(rawValue: 1)
    let waiting = Sample.tool(
      "t", "start_guest", "pihole (102)", .waitingForApproval(id), secondsAgo: 0, took: nil, tier: .yellow)
    session.event(.message(Self.streaming(tools: [waiting])))
    session.approval(Sample.approval(1, created: session.now))
    #expect(session.sees("start_guest pihole (102)"))
    #expect(session.sees("approval 1 waits"))
    #expect(!session.sees("verified"))
    session.wait(1)
    session.press("Tab y")
    #expect(session.decisions.count == 1)
    session.approval(Sample.approval(1, state: .running, created: session.now))
    let verified = Sample.tool(
      "t", "start_guest", "pihole (102)", .verified("running, up 4 s"), secondsAgo: -1, took: 3.4, tier: .yellow)
    session.approval(Sample.approval(1, state: .done("verified: running, up 4 s"), created: session.now))
    session.event(.message(Self.streaming(tools: [verified])))
    for word in ["pihole ", "runs ", "again: ", "**verified**."] {
      session.event(.delta(Self.answer, Sample.conversation, word))
    }
    var done = Self.streaming("pihole runs again: **verified**.", state: .complete, tools: [verified])
    done.badge = Sample.badge(.claude, model: "claude-haiku-4-5-20251001", reason: "needs an action", micros: 1_234)
    session.event(.message(done))
    session.event(.running(Sample.conversation, false))
    #expect(session.sees("verified ✓"))
    #expect(session.sees("pihole runs again: verified."))
    #expect(session.sees("▌CLAUDE haiku-4-5▐ needs an action · $0.0012"))
    #expect(try golden.difference(session.picture, name: "flow-verified") == nil)
  }

  @Test("ROUTE-03 each answer bears who answered, why, and what it cost")
  func badges() {
    let typesetter = Session.attached().state.typesetter
    func head(_ badge: Badge) -> String {
      var message = Sample.message("x", .assistant, "hi", secondsAgo: 0)
      message.badge = badge
      return typesetter.answerHead(message, now: Sample.now)[0].text
    }
    #expect(head(Sample.badge(.qwen, model: "qwen2.5", reason: "talk", micros: 0)).contains("▌QWEN▐ talk · $0 "))
    #expect(head(Sample.badge(.live, model: nil, reason: "state", micros: 0)).contains("▌LIVE▐ state · $0 "))
    var cut = Sample.badge(.claude, model: "claude-sonnet-4-5", reason: "hard", micros: 12_340)
    cut.estimated = true
    #expect(head(cut).contains("▌CLAUDE sonnet-4-5▐ hard · ~$0.01"))
    cut.price = .unpriced(model: "claude-sonnet-4-5")
    #expect(head(cut).contains("hard · unpriced"))
  }

  @Test("ROUTE-08 streaming feels the same whoever answers: the text comes as it is told")
  func streamingIsTheSame() {
    var frames: [[String]] = []
    for route in [Route.claude, .qwen] {
      var session = Session.attached(100, 30, snapshot: Sample.snapshot(messages: []))
      session.event(.message(Self.streaming()))
      var seen: [String] = []
      for word in ["One ", "two ", "three.\n\n", "Four"] {
        session.event(.delta(Self.answer, Sample.conversation, word))
        seen.append(session.frame.joined(separator: "\n"))
      }
      #expect(session.sees("One two three."))
      #expect(session.sees("Four"))
      var done = Self.streaming("One two three.\n\nFour", state: .complete)
      done.badge = Sample.badge(route, model: nil, reason: "because", micros: 0)
      session.event(.message(done))
      #expect(session.sees("▌\(route.rawValue.uppercased())▐"))
      frames.append(seen)
    }
    #expect(frames[0] == frames[1])
  }

  @Test("ROUTE-08 however it is cut into pieces, a streamed answer ends in the same lines", arguments: [1, 3, 7, 50])
  func pieces(size: Int) {
    let text = """
      # Heading

      A paragraph that is long enough to be wrapped over more than one line of the narrow screen.

      - one
      - two

      ```sh
      zpool status

      echo done
      ```

      | a | b |
      |---|---|
      | 1 | 2 |

      The end.
      """
    let typesetter = Session.attached(60, 30).state.typesetter
    var whole = MessageBlock(Self.streaming(text, state: .complete), typesetter: typesetter)
    var streamed = MessageBlock(Self.streaming(), typesetter: typesetter)
    var rest = Substring(text)
    while !rest.isEmpty {
      streamed.append(String(rest.prefix(size)), typesetter: typesetter)
      rest = rest.dropFirst(size)
    }
    let live = streamed.lines(with: typesetter, now: Sample.now).all.map(\.text)
    #expect(live == whole.lines(with: typesetter, now: Sample.now).all.map(\.text))
    whole.forgetLines()
    #expect(live == whole.lines(with: typesetter, now: Sample.now).all.map(\.text))
  }

  @Test("Marks of a turn: queued, interrupted, failed, restarted, notices", arguments: [60, 100])
  func marks(columns: Int) throws {
    let tools = [
      Sample.tool("1", "list_guests", "all", .done("14 guests")),
      Sample.tool(
        "2", "task_log", "UPID:pve:1",
        .failed("HTTP 595: no route to host, and the words go on for longer than a narrow line has room for")),
      Sample.tool("3", "stop_guest", "pihole (102)", .refused("not now"), tier: .red),
      Sample.tool("4", "node_status", "backup", .running, took: nil),
      Sample.tool("5", "start_guest", "pihole", .cancelled),
    ]
    var session = Session.attached(
      columns, 40,
      snapshot: Sample.snapshot(messages: [
        Sample.message("q1", .user, "first", secondsAgo: 50),
        Sample.message("q2", .assistant, "half an ans", secondsAgo: 40, state: .interrupted, tools: tools),
        Sample.message("q3", .assistant, "", secondsAgo: 30, state: .failed),
        Sample.message("q4", .notice, "Claude is rate-limited; Qwen answers", secondsAgo: 20),
        Sample.message("q5", .user, "second", secondsAgo: 10, state: .queued),
      ]))
    session.send(.tick)
    #expect(session.sees("interrupted"))
    #expect(try golden.difference(session.picture, name: "marks-\(columns)") == nil)
    session.event(.restarted(MessageID(rawValue: "q2"), Sample.conversation))
    #expect(!session.sees("half an ans"))
  }

  @Test("Esc stops the running answer when nothing is open, and only then")
  func stop() {
    var session = Session.attached()
    session.press("Esc")
    #expect(session.commands.isEmpty)
    session.event(.running(Sample.conversation, true))
    session.press("F1 Esc")
    #expect(session.commands.isEmpty)
    session.press("Esc")
    #expect(session.commands == [.stop(Sample.conversation)])
    session.press("^G")
    #expect(session.commands.count == 2)
  }

  @Test("A line that begins with / is a typed command; Tab completes command and guest")
  func typedCommand() {
    var session = Session.attached()
    session.type("/sta")
    #expect(session.sees("status start"))
    session.type("r")
    session.press("Tab")
    session.type("pi")
    session.press("Tab")
    #expect(session.state.input.text == "/start pihole")
    session.press("Enter")
    #expect(session.commands == [.typed(line: "start pihole", conversation: Sample.conversation)])
  }

  @Test("Scrolling up stays where it is while an answer streams; End follows again")
  func scrolling() {
    let many = (0..<60).map { Sample.message("s\($0)", .user, "message number \($0)", secondsAgo: Double(600 - $0)) }
    var session = Session.attached(100, 30, snapshot: Sample.snapshot(messages: many))
    session.press("PgUp PgUp")
    #expect(!session.sees("message number 59"))
    let before = session.frame.first { $0.contains("message number") }
    session.event(.message(Self.streaming()))
    for _ in 0..<30 { session.event(.delta(Self.answer, Sample.conversation, "more\n\n")) }
    #expect(session.frame.first { $0.contains("message number") } == before)
    #expect(session.sees("more lines"))
    session.press("Tab G")
    #expect(!session.sees("more lines"))
  }

  @Test("After a resize what is in sight is laid out first, the rest soon and unseen")
  func lazyResize() {
    let many = (0..<200).map { Sample.message("s\($0)", .user, "message number \($0)", secondsAgo: Double(600 - $0)) }
    var session = Session.attached(100, 30, snapshot: Sample.snapshot(messages: many))
    session.resize(120, 30)
    #expect(session.sees("message number 199"))
    #expect(session.state.nextTick(after: session.now).timeIntervalSince(session.now) <= AppLimits.wrapPause)
    var ticks = 0
    while session.state.tabs.hasUnwrapped, ticks < 100 {
      session.send(.tick)
      ticks += 1
    }
    #expect(ticks > 5 && ticks < 100)
    session.press("Tab g")
    #expect(session.sees("message number 0 ") || session.frame.contains { $0.contains("message number 0") })
    session.press("G")
    #expect(session.sees("message number 199"))
  }

  @Test("A resize keeps the message in sight that was being read")
  func resizeKeepsPlace() {
    let long = (0..<40).map {
      Sample.message(
        "s\($0)", .user, "number \($0) " + String(repeating: "word ", count: 60), secondsAgo: Double(600 - $0))
    }
    var session = Session.attached(160, 45, snapshot: Sample.snapshot(messages: long))
    for _ in 0..<4 { session.press("PgUp") }
    let top = session.frame.compactMap { $0.firstMatch(of: /number (\d+)/)?.1 }.first.map(String.init)
    session.resize(90, 45)
    #expect(top != nil && session.frame.contains { $0.contains("number \(top ?? "?") ") })
  }

  /// Opens a new conversation, as the engine answers to Ctrl-N.
  private func open(_ name: String, messages: [ChatMessage] = [], in session: inout Session) {
    session.press("^N")
    guard case .perform(.newConversation, let id)? = session.effects.last else {
      Issue.record("no conversation was asked for")
      return
    }
    let info = ConversationInfo(
      id: ConversationID(rawValue: name), title: "talk \(name)", createdAt: session.now, updatedAt: session.now,
      messages: messages.count)
    session.send(.reply(id, .conversation(info, messages: messages)))
  }

  private func said(in conversation: String) -> [ChatMessage] {
    [
      ChatMessage(
        id: MessageID(rawValue: "in " + conversation), conversation: ConversationID(rawValue: conversation),
        role: .user, text: "hello", at: Sample.now)
    ]
  }

  @Test("A fourth conversation takes the place of an empty tab; used ones stay")
  func emptyTabGivesWay() {
    var session = Session.attached()
    open("n2", in: &session)
    open("n3", messages: said(in: "n3"), in: &session)
    open("n4", in: &session)
    #expect(session.state.tabs.open.map(\.id.rawValue) == ["c1", "n4", "n3"])
    #expect(session.state.conversation?.rawValue == "n4")
  }

  @Test("Where all are used a fourth opens beyond; the strip scrolls to it and back")
  func tabsBeyond() {
    var session = Session.attached()
    for number in 2...4 { open("n\(number)", messages: said(in: "n\(number)"), in: &session) }
    #expect(session.state.tabs.open.count == 4)
    #expect(session.sees("‹ 2 talk n2"))
    #expect(session.sees("4 talk n4"))
    session.press("Alt+1")
    #expect(session.state.conversation?.rawValue == "c1")
    #expect(session.sees("1 disk on pve"))
    #expect(session.sees("3 talk n3 ›"))
    session.click("2 talk n2")
    #expect(session.state.conversation?.rawValue == "n2")
    session.event(
      .message(
        ChatMessage(conversation: ConversationID(rawValue: "n3"), role: .assistant, text: "news", at: session.now)))
    #expect(session.sees("3 talk n3 •"))
  }

  @Test("With no room for more tabs a quiet one gives way, never one whose answer runs")
  func tabsFull() {
    var session = Session.attached()
    session.event(.running(Sample.conversation, true))
    for number in 2...AppLimits.conversationTabs + 1 {
      open("n\(number)", messages: said(in: "n\(number)"), in: &session)
    }
    let open = session.state.tabs.open.map(\.id.rawValue)
    #expect(open.count == AppLimits.conversationTabs)
    #expect(open.contains("c1") && !open.contains("n2"))
  }

  @Test("A queued question's time counts from its own start")
  func queuedTime() {
    var session = Session.attached()
    session.event(.running(Sample.conversation, true))
    let queued = Sample.message("q", .user, "and then?", secondsAgo: 0, state: .queued)
    session.event(.message(queued))
    session.wait(90)
    #expect(session.sees("1 m, Esc stops"))
    var begun = queued
    begun.state = .complete
    session.event(.message(begun))
    session.wait(3)
    #expect(session.sees("3 s, Esc stops"))
  }

  @Test("y copies the logical text of the last answer; what could not be copied is said")
  func copy() {
    var session = Session.attached()
    session.press("Tab y")
    #expect(
      session.effects == [.copy("Reads every block, checks it against its checksum and repairs what it can.")])
    session.send(.copied(failure: "this terminal does not take OSC 52"))
    #expect(session.sees("not copied: this terminal does not take OSC 52"))
  }

  @Test("A table longer than what a stream lays out afresh is one table once it is whole")
  func longTable() {
    let rows = (0..<200).map { "| /command-\($0) | RED | what it does, in some words |" }
    let text = (["| command | tier | what |", "|---|---|---|"] + rows).joined(separator: "\n")
    var flowed = FlowedText()
    for line in text.split(separator: "\n") { flowed.append(line + "\n") { [StyledLine($0)] } }
    #expect(flowed.isTorn)
    let whole = FlowedText(whole: text) { $0.split(separator: "\n").map { StyledLine(String($0)) } }
    #expect(!whole.isTorn && whole.settled.count == 202 && whole.tail.isEmpty)
  }
}
