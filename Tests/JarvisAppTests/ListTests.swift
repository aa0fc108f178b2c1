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
    #expect(session.commands == [.typed(line: "guest pihole", conversation: Sample.conversation)])
    #expect(session.state.shownView == .chat)
  }

  @Test("Enter on a row leaves nothing in the input line and takes no draft away")
  func enter() {
    var session = Session.attached()
    session.type("half a question")
    session.press("F3 Enter")
    #expect(session.state.input.text == "half a question")
    #expect(session.state.focus == .input)
    #expect(session.commands.count == 1)
    session.press("F7 Enter")
    #expect(session.state.input.text == "half a question")
    #expect(session.sees("holds a draft"))
    session.press("Esc ^U F7 Enter")
    #expect(session.state.input.text.hasPrefix("What about this event: "))
    // Asking a model costs money: nothing was sent.
    #expect(session.commands.count == 1)
  }

  @Test("A field that does not exist is named, with those that do")
  func unknownField() {
    var session = Session.attached()
    session.press("F3 /")
    session.type("host:pve")
    #expect(session.sees("no field \"host\"; there are node, status, tag, type"))
    session.press("^U")
    session.type("node:pve 10:30")
    #expect(!session.sees("no field"))
  }

  @Test("A template is neither stopped nor down, a guest of unknown state is counted as that")
  func counts() {
    var cluster = Sample.cluster(step: 25, at: Sample.now + 12, pihole: .unknown)
    var template = Sample.guest(900, "golden", on: "pve", status: .stopped)
    template.template = true
    cluster.guests.append(template)
    var session = Session.attached(160, 45)
    session.send(.event(.monitoring(.cluster(cluster))))
    #expect(session.sees("4 up, 0 down, 1 unknown"))
    session.press("F3")
    #expect(session.frame.contains { $0.contains("golden") && $0.contains("template") && !$0.contains("STOPPED") })
    session.press("/")
    session.type("status:stopped")
    #expect(session.sees("0 of 6"))
  }

  @Test("What an offline node took with it is that node's trouble and nobody else's")
  func folded() {
    var cluster = Sample.cluster(step: 25, at: Sample.now + 12)
    var local = Sample.storage("local", 0.2)
    (local.node, local.shared, local.available) = ("backup", false, false)
    var nfs = Sample.storage("nfs", 0.2)
    nfs.available = false
    cluster.storages += [local, nfs]
    cluster.guests.append(Sample.guest(110, "pbs", on: "backup", status: .unknown))
    let texts = Trouble.list(in: cluster, stoppedAt: [:]).map(\.text)
    #expect(texts.contains("node backup offline, 1 guest, 1 storage"))
    #expect(!texts.contains { $0.contains("backup/local") })
    #expect(texts.contains("storage nfs not available"))
  }

  @Test("At 160 columns a storage's name is whole")
  func storageNames() {
    var cluster = Sample.cluster(step: 25, at: Sample.now + 12)
    cluster.storages[0].name = "backup/local-lvm"
    var session = Session.attached(160, 45)
    session.send(.event(.monitoring(.cluster(cluster))))
    #expect(session.sees("backup/local-lvm ▕"))
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
