import Foundation
import JarvisAPI
import Testing

@testable import JarvisCluster

@Suite("Poll, diff, events")
struct PictureTests {
  private let start = Fixture.start

  /// Applies one look at resources after another, 12 s apart, and returns the texts of each one's events.
  private func looks(_ picture: inout LivePicture, _ lists: ResourceList...) -> [[String]] {
    lists.map { list in
      let at = max(picture.snapshot.at, start - 12) + 12
      return picture.apply(.resources(list, via: "pve"), at: at).map { "\($0.severity.rawValue): \($0.text)" }
    }
  }

  @Test("FOUND-03 nodes go offline and come back; unknown says nothing")
  func nodes() throws {
    var picture = Fixture.picture()
    let online = try Fixture.resources(
      Fixture.node("pve"), Fixture.node("backup"), Fixture.guest(1, "running", node: "backup"))
    let offline = try Fixture.resources(
      Fixture.node("pve"), Fixture.node("backup", "offline"), Fixture.guest(1, "running", node: "backup"))
    let unknown = try Fixture.resources(Fixture.node("pve"), Fixture.node("backup", "unknown"))
    let told = looks(&picture, online, unknown, offline, unknown, offline, online)
    #expect(told[0] == [] && told[1].filter { $0.contains("node") } == [])
    #expect(
      told[2] == ["critical: node backup is offline; 1 guest inside", "information: pihole (1) is new on backup"])
    #expect(told[3].filter { $0.contains("node") } == [] && told[4].filter { $0.contains("node ") } == [])
    #expect(told[5].contains("good: node backup is online again"))
    #expect(picture.snapshot.nodes[0].name == "backup" && picture.snapshot.nodes[0].offlineSince == nil)
  }

  @Test("FOUND-03 trouble that stands at the first look is told; stopped guests are not trouble")
  func firstLook() throws {
    var picture = Fixture.picture()
    let told = looks(
      &picture,
      try Fixture.resources(
        Fixture.node("pve", "offline"), Fixture.guest(1, "stopped"), Fixture.storage("tank", node: "agent", used: 960),
        Fixture.node("agent")))
    #expect(told[0] == ["critical: node pve is offline", "critical: tank on agent is 96 % full"])
    #expect(picture.snapshot.nodes.first { $0.name == "pve" }?.offlineSince == start)
  }

  @Test("FOUND-03 guests start and stop; unknown is not stopped; templates never count")
  func guests() throws {
    var picture = Fixture.picture()
    func look(_ status: String, _ extra: String = "") throws -> ResourceList {
      try Fixture.resources(
        Fixture.node("agent"), Fixture.guest(102, status, extra: extra),
        Fixture.guest(900, status, name: "tpl", extra: #","template":1"#))
    }
    let told = looks(
      &picture, try look("running"), try look("unknown"), try look("running"), try look("unknown"), try look("stopped"),
      try look("running"), try look("paused"), try look("running"), try look("stopped", #","lock":"backup""#))
    #expect(
      told == [
        [], [], [], [], ["warning: pihole (102) stopped on agent"], ["good: pihole (102) started on agent"],
        ["information: pihole (102) is paused"], ["good: pihole (102) runs again on agent"],
        ["warning: pihole (102) stopped on agent, held by backup"],
      ])
    #expect(picture.events.map(\.subject) == Array(repeating: "guest:102", count: 5))
  }

  @Test("FOUND-03 a stop with a task that wanted it is told with its cause")
  func wantedStop() throws {
    var picture = Fixture.picture()
    _ = looks(&picture, try Fixture.resources(Fixture.node("agent"), Fixture.guest(102, "running")))
    let upid = "UPID:agent:0000030E:0005A11B:6B49D200:vzshutdown:102:anna@pve:"
    let task = ClusterTask(
      upid: upid, node: "agent", type: "vzshutdown", target: "102", user: "anna@pve", startedAt: start,
      endedAt: start + 5,
      outcome: .ok)
    _ = picture.apply(.tasks([task]), at: start + 6)
    let told = looks(&picture, try Fixture.resources(Fixture.node("agent"), Fixture.guest(102, "stopped")))
    #expect(told == [["information: pihole (102) stopped: vzshutdown by anna@pve"]])
  }

  @Test("FOUND-03 a stop waits for the tasks of its moment, but not for ever")
  func heldStop() throws {
    var picture = Fixture.picture()
    let running = try Fixture.resources(Fixture.node("agent"), Fixture.guest(102, "running"))
    let stopped = try Fixture.resources(Fixture.node("agent"), Fixture.guest(102, "stopped"))
    _ = looks(&picture, running)
    #expect(picture.apply(.tasks([]), at: start).isEmpty)
    #expect(picture.apply(.resources(stopped, via: "pve"), at: start + 12).isEmpty, "the tasks are 12 s old")
    let task = ClusterTask(
      upid: "UPID:agent:0000030E:0005A11B:6B49D200:vzstop:102:anna@pve:", node: "agent", type: "vzstop", target: "102",
      user: "anna@pve", startedAt: start + 11, endedAt: start + 12, outcome: .ok)
    #expect(picture.apply(.tasks([task]), at: start + 13).map(\.text) == ["pihole (102) stopped: vzstop by anna@pve"])
    _ = picture.apply(.resources(running, via: "pve"), at: start + 24)
    #expect(picture.apply(.resources(stopped, via: "pve"), at: start + 5_000).isEmpty)
    let told = picture.apply(.resources(stopped, via: "pve"), at: start + 5_012)
    #expect(told.map(\.text) == ["pihole (102) stopped on agent"] && told[0].at == start + 5_000)
    #expect(picture.apply(.resources(stopped, via: "pve"), at: start + 5_024).isEmpty)
  }

  @Test("FOUND-03 guests move, restart, appear and vanish; many at once are one event")
  func otherChanges() throws {
    var picture = Fixture.picture()
    let nodes = [Fixture.node("agent"), Fixture.node("home")].joined(separator: ",")
    let told = looks(
      &picture, try Fixture.resources(nodes, Fixture.guest(102, "running")),
      try Fixture.resources(nodes, Fixture.guest(102, "running", node: "home")),
      try Fixture.resources(
        nodes, Fixture.guest(102, "running", node: "home").replacing("\"uptime\":1000", with: "\"uptime\":3")),
      try Fixture.resources(nodes, Fixture.guest(103, "running", name: "")),
      try Fixture.resources(nodes, (200..<240).map { Fixture.guest($0, "running") }.joined(separator: ",")))
    #expect(
      told == [
        [], ["information: pihole (102) moved from agent to home"], ["information: pihole (102) was restarted"],
        ["information: guest 103 is new on agent", "warning: pihole (102) is no longer listed"],
        ["information: 40 guests moved or changed", "warning: guest 103 is no longer listed"],
      ])
  }

  @Test("FOUND-03 storages cross 90 and 95 percent with hysteresis; shared ones count once; figures keep their age")
  func storages() throws {
    var picture = Fixture.picture()
    func look(_ used: Int, _ status: String = "available") throws -> ResourceList {
      try Fixture.resources(
        Fixture.node("pve"), Fixture.node("agent"),
        Fixture.storage("nas", node: "agent", used: used, shared: 1, status: status),
        Fixture.storage("nas", node: "pve", used: used, shared: 1, status: status))
    }
    let told = looks(
      &picture, try look(899), try look(900), try look(890), try look(879), try look(955), try look(940),
      try look(0, "unknown"),
      try look(929), try look(100))
    #expect(
      told == [
        [], ["warning: nas is 90 % full"], [], ["good: nas is 88 % full"], ["critical: nas is 96 % full"], [], [],
        ["good: nas is 93 % full"], ["good: nas is 10 % full"],
      ])
    _ = looks(&picture, try look(0, "unknown"))
    let nas = try #require(picture.snapshot.storages.first)
    #expect(picture.snapshot.storages.count == 1 && !nas.available)
    #expect(nas.usage == .known(Usage(used: 100, total: 1_000)) && nas.seenAt == start + 8 * 12)
  }

  @Test("FOUND-03 tasks that end are told once, history is not, starts and consoles are silent")
  func tasks() throws {
    var picture = Fixture.picture()
    func task(_ type: String, _ outcome: ClusterTask.Outcome, ended: TimeInterval? = nil, number: Int = 1)
      -> ClusterTask
    {
      ClusterTask(
        upid: "UPID:pve:\(number):1:1:\(type):100:a@pam:", node: "pve", type: type, target: "100", user: "a@pam",
        startedAt: start, endedAt: ended.map { start + $0 }, outcome: outcome)
    }
    let old = task("vzdump", .failed("job errors"), ended: -9_000, number: 9)
    #expect(picture.apply(.tasks([old, task("vzdump", .running)]), at: start) == [])
    let told = picture.apply(
      .tasks([
        old, task("vzdump", .failed("no space"), ended: 400), task("qmstart", .ok, ended: 5, number: 2),
        task("qmstart", .failed("VM is locked (backup)"), ended: 5, number: 3),
        task("vncproxy", .ok, ended: 5, number: 4),
        task("qmigrate", .warnings(2), ended: 300, number: 5), task("qmclone", .ok, ended: 30, number: 6),
        task("imgcopy", .ok, ended: -9_000, number: 7),
      ]), at: start + 410)
    #expect(
      told.map(\.text) == [
        "qmclone 100 OK after 30 s", "qmigrate 100 ended after 5 min with 2 warnings",
        "qmstart 100 failed after 5 s: VM is locked (backup)", "vzdump 100 failed after 6 min: no space",
      ])
    #expect(picture.apply(.tasks(picture.snapshot.tasks), at: start + 420) == [])
  }

  @Test("FOUND-03 quorum and link are lost and regained, each told once")
  func quorumAndLink() throws {
    var picture = Fixture.picture()
    func status(_ quorate: Int) throws -> ClusterStatus {
      try ClusterStatus(
        Fixture.body(
          #"{"data":[{"type":"cluster","name":"sued","quorate":\#(quorate)},{"type":"node","name":"pve","ip":"10.0.0.1"}]}"#
        ))
    }
    #expect(picture.apply(.status(try status(1)), at: start).isEmpty)
    #expect(picture.apply(.status(try status(0)), at: start).map(\.severity) == [.critical])
    #expect(picture.apply(.status(try status(0)), at: start).isEmpty)
    #expect(picture.snapshot.quorate == .known(false))
    #expect(picture.apply(.status(try status(1)), at: start).map(\.severity) == [.good])
    let list = try Fixture.resources(Fixture.node("pve"), Fixture.guest(102, "running", node: "pve"))
    _ = picture.apply(.resources(list, via: "pve"), at: start)
    let gone = ProxmoxError(.refused, attempted: "read", reason: "refused")
    #expect(picture.apply(.lost(gone), at: start + 12).map(\.text) == ["the cluster cannot be reached: refused"])
    #expect(picture.apply(.lost(ProxmoxError(.timeout, attempted: "read", reason: "slow")), at: start + 24).isEmpty)
    #expect(
      picture.snapshot.link
        == .lost(since: start + 12, reason: "slow", advice: ProxmoxError(.timeout, attempted: "", reason: "").advice))
    #expect(picture.snapshot.at == start && picture.snapshot.guests[0].seenAt == start, "old figures keep their age")
    #expect(picture.snapshot.quorate == .unknown, "nobody knows it now")
    #expect(
      picture.apply(.resources(list, via: "home"), at: start + 100).map(\.text)
        == ["the cluster is reached again through home after 88 s"])
  }

  @Test("FOUND-03 a single node without a cluster has quorum and a name")
  func singleNode() throws {
    var picture = Fixture.picture()
    let status = try ClusterStatus(
      Fixture.body(#"{"data":[{"type":"node","name":"solo","local":1,"online":1,"ip":"10.0.0.1"}]}"#))
    _ = picture.apply(.status(status), at: start)
    #expect(picture.snapshot.name == "solo" && picture.snapshot.quorate == .known(true))
  }

  @Test("FOUND-03 lists are bounded")
  func bounds() throws {
    var picture = Fixture.picture()
    let many = (0..<1_000).map { number in
      ClusterTask(
        upid: "\(number)", node: "pve", type: "vzdump", target: "", user: "", startedAt: start, outcome: .running)
    }
    _ = picture.apply(.tasks(many), at: start)
    #expect(picture.snapshot.tasks.count == LivePicture.maximumTasks)
    for round in 0..<400 {
      let status = round % 2 == 0 ? "running" : "stopped"
      _ = looks(
        &picture,
        try Fixture.resources(Fixture.node("agent"), Fixture.guest(1, status), Fixture.guest(2, status, name: "b")))
    }
    #expect(picture.events.count == LivePicture.maximumEvents)
  }
}
