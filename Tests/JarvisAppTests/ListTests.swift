import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Lists")
struct ListTests {
  let golden = Golden()

  @Test(
    "FOUND-06 every list, wide and narrow",
    arguments: [CentreView.guests, .nodes, .storage, .tasks, .events, .system, .network])
  func views(view: CentreView) throws {
    var text = ""
    for (columns, rows) in [(60, 24), (110, 24)] {
      var session = Session.attached(columns, rows)
      session.type(":\(view.rawValue)")
      session.press("Enter")
      text += session.picture + "\n"
    }
    #expect(try golden.difference(text, name: "view-\(view.rawValue)") == nil)
  }

  @Test("The selection is kept by identity over a refresh")
  func selection() {
    var session = Session.attached()
    session.press("F3 Down Down")
    #expect(session.state.lists[.guests]?.selected == "102")
    var cluster = Sample.cluster(step: 25, at: session.now + 12)
    cluster.guests.insert(Sample.guest(50, "first", on: "pve"), at: 0)
    session.send(.event(.monitoring(.cluster(cluster))))
    session.press("Enter")
    #expect(session.state.input.text == "/guest pihole")
    #expect(session.state.focus == .input)
    #expect(session.commands.isEmpty)
  }

  @Test("The filter finds words and fields, and Esc clears it")
  func filter() {
    var session = Session.attached()
    session.press("F3 /")
    session.type("node:pve type:qemu")
    session.press("Enter")
    #expect(session.sees("2 of 5"))
    #expect(session.find("homeassistant").map { $0.x < 28 } ?? true)
    session.press("/")
    session.type(" nothing")
    #expect(session.sees("nothing matches"))
    session.press("Esc")
    #expect(session.sees("100 docker-host"))
    session.press("Esc")
    #expect(session.state.focus == .input)
    session.press("Esc")
    #expect(session.state.shownView == .chat)
  }

  @Test("A click selects a row, another view's tab shows it, the wheel scrolls")
  func mouse() {
    var session = Session.attached(100, 30)
    session.click("GUESTS  NODES")
    #expect(session.state.shownView == .guests)
    session.click("truenas")
    session.press("F3")
    #expect(session.state.shownView == .guests)
    session.click("homeassistant")
    #expect(session.state.focus == .content)
  }

  @Test("Ten thousand guests are no frame's work")
  func many() {
    var cluster = Sample.cluster(step: 25, at: Sample.now + 12)
    cluster.guests = (0..<10_000).map { Sample.guest(1_000 + $0, "guest\($0)", on: "pve", cpu: Double($0 % 100) / 100) }
    var session = Session.attached()
    session.send(.event(.monitoring(.cluster(cluster))))
    session.press("F3 G")
    #expect(session.state.lists[.guests]?.selected == "10999")
    #expect(session.sees("guest9999"))
    #expect(session.sees("10000 up"))
  }
}
