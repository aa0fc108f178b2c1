import Foundation
import JarvisAPI
import JarvisCluster
import JarvisLock

let noon = Date(timeIntervalSince1970: 1_795_435_200)

/// A cluster that does what a test says: a world of values, and what power actions change in it.
final class ScriptedCluster: ClusterAPI, Sendable {
  struct World: Sendable {
    var picture = ClusterSnapshot()
    var details: [Int: GuestDetails] = [:]
    var config: [String: JSONValue] = [:]
    var tasks: [ClusterTask] = []
    var log: [String] = []
    var events: [ClusterEvent] = []
    /// What asking for an action gives: a task, or an error.
    var answer: Result<UPID, ProxmoxError> = .success(ScriptedCluster.upid)
    var outcome: Result<ClusterTask.Outcome, ProxmoxError> = .success(.ok)
    var statusError: ProxmoxError?
    /// Answers to questions: path, with or without its query → the body that the API would send.
    var answers: [String: Result<String, ProxmoxError>] = [:]
    var asked: [String] = []
    /// What any other change changes at once; the line is the call with its parameters.
    var onChange: @Sendable (inout World, String) -> Void = { _, _ in }
    /// What an action changes at once.
    var onAction: @Sendable (inout World, GuestAction, Int) -> Void = { _, _, _ in }
    /// What each later look at a guest changes before it is answered.
    var onLook: @Sendable (inout World, Int) -> Void = { _, _ in }
    /// What each look at a configuration changes before it is answered.
    var onConfigRead: @Sendable (inout World, Int) -> Void = { _, _ in }
    var configReads = 0
    var looks = 0
    var refreshes = 0
    var actions: [String] = []
    var followed: [UPID] = []
  }

  static let upid = UPID("UPID:agent:000002FB:00059FF9:6B03981D:vzreboot:102:root@pam!jarvis:")!

  private let box: Guarded<World>

  init(_ world: World = .home) { box = Guarded(world) }

  var world: World { box.withLock { $0 } }
  func change(_ body: (inout World) -> Void) { box.withLock { body(&$0) } }

  func live() -> ClusterSnapshot { world.picture }
  func recentEvents() -> [ClusterEvent] { world.events }
  func account() -> String { "root@pam!jarvis" }
  func refresh() throws(ProxmoxError) -> ClusterSnapshot {
    box.withLock {
      $0.refreshes += 1
      return $0.picture
    }
  }

  func nodeStatus(_ node: String) throws(ProxmoxError) -> NodeDetails {
    guard let node = world.picture.nodes.first(where: { $0.name == node }) else {
      throw ProxmoxError(.notFound, attempted: "read node", reason: "no such node")
    }
    return NodeDetails(node: node, load: [0.5, 0.25, 0.1], version: "9.2.11")
  }

  func guestStatus(_ vmid: Int) throws(ProxmoxError) -> GuestDetails {
    let answer: Result<GuestDetails, ProxmoxError> = box.withLock { world in
      if !world.actions.isEmpty {
        world.looks += 1
        let change = world.onLook
        change(&world, world.looks)
      }
      if let error = world.statusError { return .failure(error) }
      guard let details = world.details[vmid] else {
        return .failure(ProxmoxError(.failed, attempted: "read guest \(vmid)", reason: "it does not exist"))
      }
      return .success(details)
    }
    return try answer.get()
  }

  func guestConfig(_ vmid: Int) throws(ProxmoxError) -> [String: JSONValue] {
    box.withLock { world in
      world.configReads += 1
      let change = world.onConfigRead
      change(&world, world.configReads)
      return world.config
    }
  }
  func tasks(limit: Int) throws(ProxmoxError) -> [ClusterTask] { Array(world.tasks.prefix(limit)) }
  func taskLog(_ upid: UPID, limit: Int) throws(ProxmoxError) -> [String] { world.log.suffix(limit) }

  func read<Answer: Sendable>(_ query: ClusterQuery<Answer>) throws(ProxmoxError) -> Answer {
    let path = String(query.target.prefix { $0 != "?" })
    let answer: Result<String, ProxmoxError>? = box.withLock { world in
      world.asked.append(query.target)
      return world.answers[query.target] ?? world.answers[path]
    }
    guard let answer else {
      throw ProxmoxError(.notImplemented, attempted: "ask \(path)", reason: "no answer is scripted for \(query.target)")
    }
    let body = try answer.get()
    do throws(AnswerFault) {
      return try query.decode(Array(body.utf8))
    } catch {
      throw ProxmoxError(.malformed, attempted: "ask \(path)", reason: error.reason)
    }
  }

  func change(_ change: ClusterChange) throws(ProxmoxError) -> UPID? {
    let parts = change.line.split(separator: "/")
    let answer = box.withLock { world in
      if let action = parts.last.flatMap({ GuestAction(rawValue: String($0)) }), parts.count > 4,
        let vmid = Int(parts[4])
      {
        world.actions.append("\(action.rawValue) \(vmid)")
        let onAction = world.onAction
        onAction(&world, action, vmid)
        return world.answer.map { Optional($0) }
      }
      let line = ([change.line] + change.arguments).joined(separator: " ")
      world.actions.append(line)
      let onChange = world.onChange
      onChange(&world, line)
      return world.answer.map { change.taskTypes.isEmpty ? nil : $0 }
    }
    return try answer.get()
  }

  func follow(_ upid: UPID, patience: Duration) throws(ProxmoxError) -> ClusterTask.Outcome {
    let outcome = box.withLock { world in
      world.followed.append(upid)
      return world.outcome
    }
    return try outcome.get()
  }
}

extension ScriptedCluster.World {
  /// Three nodes, one of them away; guests of every kind.
  static let home: Self = {
    var world = Self()
    let gib: Int64 = 1_073_741_824
    func node(_ name: String, _ status: Node.Status) -> Node {
      Node(
        name: name, status: status, cpu: .known(0.123), cores: .known(8),
        memory: .known(Usage(used: 12 * gib, total: 32 * gib)), disk: .known(Usage(used: 40 * gib, total: 100 * gib)),
        uptime: .known(86_400), seenAt: noon, offlineSince: status == .offline ? noon - 3_600 : nil)
    }
    func guest(
      _ vmid: Int, _ name: String, _ kind: Guest.Kind, _ node: String, _ status: Guest.Status
    ) -> GuestDetails {
      let runs = status == .running
      return GuestDetails(
        guest: Guest(
          vmid: vmid, name: name, kind: kind, node: node, status: status, cpu: .known(runs ? 0.05 : 0),
          memory: .known(Usage(used: runs ? gib : 0, total: 2 * gib)), uptime: .known(runs ? 270_000 : 0),
          tags: vmid == 102 ? ["dns"] : [], seenAt: noon),
        qmpStatus: kind == .qemu ? status.rawValue : nil, agent: kind == .qemu ? true : nil,
        processID: runs ? 4_000 + vmid : nil)
    }
    for details in [
      guest(100, "jarvis", .qemu, "pve", .running), guest(101, "truenas", .qemu, "pve", .running),
      guest(102, "pihole", .lxc, "agent", .running), guest(103, "web-1", .lxc, "agent", .stopped),
      guest(104, "web-2", .lxc, "agent", .running), guest(105, "win11", .qemu, "backup", .unknown),
    ] { world.details[details.guest.vmid] = details }
    world.picture = ClusterSnapshot(
      name: "homelab", at: noon - 5, link: .connected(node: "pve"), quorate: .known(true), version: "9.2.11",
      nodes: [node("pve", .online), node("agent", .online), node("backup", .offline)],
      guests: world.details.values.map(\.guest).sorted { $0.vmid < $1.vmid },
      storages: [
        Storage(
          name: "tank", node: "pve", shared: true, plugin: "nfs",
          usage: .known(Usage(used: 96 * gib, total: 100 * gib)), seenAt: noon),
        Storage(
          name: "local", node: "agent", shared: false, plugin: "dir",
          usage: .withheld(right: "Datastore.Audit /storage"),
          seenAt: noon),
      ])
    world.tasks = [
      ClusterTask(
        upid: "UPID:pve:0000034E:0005A33F:6B039826:vzdump:101:root@pam:", node: "pve", type: "vzdump", target: "101",
        user: "root@pam", startedAt: noon - 900, endedAt: noon - 600, outcome: .failed("no space left")),
      ClusterTask(
        upid: "UPID:agent:000002FB:00059FF9:6B03981D:vzstart:102:root@pam:", node: "agent", type: "vzstart",
        target: "102", user: "root@pam", startedAt: noon - 9_000, endedAt: noon - 8_999, outcome: .ok),
    ]
    world.picture.tasks = world.tasks
    return world
  }()

  /// Changes a guest in details and picture alike.
  mutating func update(_ vmid: Int, _ change: (inout GuestDetails) -> Void) {
    guard var details = details[vmid] else { return }
    change(&details)
    self.details[vmid] = details
    if let index = picture.guests.firstIndex(where: { $0.vmid == vmid }) { picture.guests[index] = details.guest }
  }

  mutating func restart(_ vmid: Int) {
    update(vmid) {
      $0.guest.status = .running
      $0.guest.uptime = .known(4)
      $0.processID = ($0.processID ?? 9_000) + 1
      if $0.guest.kind == .qemu { $0.qmpStatus = "running" }
    }
  }

  mutating func halt(_ vmid: Int) {
    update(vmid) {
      $0.guest.status = .stopped
      $0.guest.uptime = .known(0)
      $0.processID = nil
      if $0.guest.kind == .qemu { $0.qmpStatus = "stopped" }
    }
  }

  /// Actions do what they are for.
  mutating func obey() {
    onAction = { world, action, vmid in
      switch action {
      case .start, .reboot: world.restart(vmid)
      case .shutdown, .stop: world.halt(vmid)
      }
    }
  }
}
