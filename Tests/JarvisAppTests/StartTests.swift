import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Start, loss, end")
struct StartTests {
  let golden = Golden()

  @Test("The boot text shows the real steps until ready, 1.2 s or a key")
  func boot() throws {
    var session = Session(100, 30, boot: true)
    #expect(session.sees("J A R V I S"))
    session.send(.boot(BootStep("configuration read", ok: true)))
    session.send(.boot(BootStep("no key for Claude", ok: false)))
    #expect(session.sees("✓ configuration read"))
    #expect(try golden.difference(session.picture, name: "boot") == nil)
    var skipped = session
    skipped.press("x")
    #expect(!skipped.sees("J A R V I S"))
    #expect(skipped.state.input.text == "x")
    var ready = session
    ready.send(.event(.system(.ready)))
    #expect(!ready.sees("J A R V I S"))
    session.wait(1.2)
    session.send(.tick)
    #expect(session.sees("starting: no key for Claude"))
  }

  @Test("The clock ticks at full seconds, at the end of the boot text, and when progress is due")
  func ticks() throws {
    let start = Date(timeIntervalSince1970: 1_000.9)
    let session = Session(100, 30, boot: true, now: start)
    #expect(session.state.nextTick(after: start) == Date(timeIntervalSince1970: 1_001))
    #expect(session.state.nextTick(after: start + 1.15) == start + 1.2)
    var asking = Session.attached()
    let id = try #require(asking.state.conversation)
    asking.send(.event(.chat(.running(id, true))))
    let asked = asking.now
    let second = Date(timeIntervalSince1970: asked.timeIntervalSince1970.rounded(.down) + 1)
    #expect(asking.state.nextTick(after: asked) == min(second, asked + AppLimits.progressSeconds))
  }

  @Test("A lost cluster says since when, why and what to do; its figures are stale")
  func lost() throws {
    let session = try #require(PanelTests.states.first { $0.name == "lost" }?.session)
    #expect(session.sees("cluster lost since 21:04 (3 m): connection refused by pve:8006"))
    #expect(session.sees("is pveproxy running?"))
    #expect(session.sees("~"))
    #expect(try golden.difference(session.picture, name: "link-lost") == nil)
  }

  @Test("The simulated cluster says DEMO in title, frame and status line")
  func demo() {
    var snapshot = Sample.snapshot()
    snapshot.cluster.simulated = true
    let session = Session.attached(snapshot: snapshot)
    #expect(session.frame[0].contains("homelab · DEMO"))
    #expect(session.frame[1].contains("DEMO"))
    #expect(session.frame[session.frame.count - 2].contains("DEMO"))
    #expect(!Session.attached().sees("DEMO"))
  }

  @Test("Providers and notices are told as they are")
  func providers() {
    var session = Session.attached(160, 45)
    #expect(session.sees("claude ✓"))
    session.send(.event(.system(.provider(ProviderHealth(route: .claude, model: "x", state: .absent("no key"))))))
    #expect(session.sees("claude ▲ no key"))
    session.send(
      .event(.system(.notice(Notice(id: "n", severity: .warning, text: "Claude is out: no key; Qwen answers")))))
    #expect(session.sees("Qwen answers"))
    session.send(.event(.system(.noticeEnded(id: "n"))))
    #expect(!session.sees("Qwen answers"))
  }

  @Test("ROUTE-03 the cost panel moves with each report")
  func cost() {
    var session = Session.attached()
    #expect(session.sees("today $0.42"))
    var report = Sample.cost
    report.today = MicroDollars(8_500_000)
    report.unpricedToday = 2
    session.send(.event(.system(.cost(report))))
    #expect(session.sees("today $8.50 +2 unp"))
    #expect(session.sees("85 % ▲"))
  }

  @Test("An engine that stops or is lost is told; nothing can be sent then")
  func detached() {
    var session = Session.attached()
    session.send(.event(.system(.stopping(reason: "SIGTERM"))))
    #expect(session.sees("the engine stops: SIGTERM"))
    session.send(
      .detached(UserFacingError(.unreachable, attempted: "attach", reason: "socket closed", advice: "start it")))
    session.type("hello")
    session.press("Enter")
    #expect(session.commands.isEmpty)
    #expect(session.state.input.text == "hello")
    #expect(session.sees("could not attach: socket closed"))
  }

  @Test("A theme is asked for by name, drawn when it comes, and refused in words")
  func themes() throws {
    var session = Session.attached()
    session.type(":theme amber")
    session.press("Enter")
    #expect(session.effects == [.setTheme("amber")])
    let before = session.frame
    session.send(.themed(try ThemeLibrary().theme(named: "amber")))
    #expect(session.state.themeName == "amber")
    #expect(session.canvas[0, 0].style.foreground != nil)
    #expect(session.frame.dropLast() == before.dropLast())
    session.send(.themeRefused("there is no theme \"x\""))
    #expect(session.sees("there is no theme"))
  }
}
