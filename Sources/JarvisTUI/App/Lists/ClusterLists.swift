import Foundation
import JarvisAPI
import JarvisTerminal

/// The lists read off the picture of the cluster.
extension ListContent {
  static let guestColumns = [
    TableColumn("ID", align: .right, minimum: 3, priority: 9),
    TableColumn("NAME", minimum: 14, priority: 10, isFlexible: true),
    TableColumn("STATUS", minimum: 7, priority: 8), TableColumn("NODE", minimum: 4, priority: 6),
    TableColumn("CPU", align: .right, minimum: 5, priority: 7),
    TableColumn("MEMORY", align: .right, minimum: 9, priority: 5),
    TableColumn("UP", align: .right, minimum: 4, priority: 4), TableColumn("TYPE", minimum: 4, priority: 3),
    TableColumn("TAGS", minimum: 4, maximum: 20, priority: 1),
  ]

  static func row(of guest: Guest, _ state: AppState, now: Date) -> ListRow {
    let look = state.mirror.isStale(guest.seenAt, now: now) ? "state.stale" : "text"
    let name = Sanitiser.clean(guest.name, keepingNewlines: false)
    return ListRow(
      id: String(guest.vmid),
      cells: [
        .init(String(guest.vmid), look), .init(name.isEmpty ? Format.withheld : name, look),
        .init(
          guest.statusText + state.mirror.maintenanceMark(String(guest.vmid)),
          guest.statusScope(stale: look != "text")), .init(guest.node, look),
        .init(Format.reading(guest.cpu, Format.percent), look),
        .init(Format.reading(guest.memory) { Format.bytes($0.used) }, look),
        .init(Format.reading(guest.uptime) { $0 > 0 ? Format.age($0) : Format.unknown }, look),
        .init(guest.kind.rawValue, look), .init(guest.tags.joined(separator: " ").sanitisedLine, look),
      ],
      fields: [
        "node": [guest.node.lowercased()], "status": [guest.template ? "template" : guest.status.rawValue],
        "type": [guest.kind.rawValue],
        "tag": guest.tags.map { $0.lowercased() },
      ],
      question: "/guest \(name.isEmpty ? String(guest.vmid) : name)", node: guest.node)
  }

  static let nodeColumns = [
    TableColumn("NODE", minimum: 6, priority: 10, isFlexible: true), TableColumn("STATUS", minimum: 7, priority: 9),
    TableColumn("CPU", align: .right, minimum: 5, priority: 8),
    TableColumn("CORES", align: .right, minimum: 5, priority: 3),
    TableColumn("MEMORY", align: .right, minimum: 9, priority: 7, isWhole: true),
    TableColumn("ROOT DISK", align: .right, minimum: 9, priority: 5, isWhole: true),
    TableColumn("UP", align: .right, minimum: 4, priority: 6),
    TableColumn("ADDRESS", minimum: 7, priority: 2, isWhole: true),
  ]

  static func row(of node: Node, _ state: AppState, now: Date) -> ListRow {
    let isStale = state.mirror.isStale(node.seenAt, now: now)
    let look = isStale ? "state.stale" : "text"
    let off = node.offlineSince.map { " " + Format.age(now.timeIntervalSince($0)) } ?? ""
    let word = node.status == .offline ? "offline" + off : node.status.rawValue
    let status = word + state.mirror.maintenanceMark(node.name)
    return ListRow(
      id: node.name,
      cells: [
        .init(node.name, look),
        .init(status, node.status == .online ? (isStale ? look : "state.ok") : "state.critical"),
        .init(node.figure(node.cpu, Format.percent), look), .init(node.figure(node.cores) { String($0) }, look),
        .init(node.figure(node.memory, Format.usage), look), .init(node.figure(node.disk, Format.usage), look),
        .init(node.figure(node.uptime, Format.age), look),
        .init((node.address ?? Format.unknown).sanitisedLine, look),
      ],
      fields: ["node": [node.name.lowercased()], "status": [node.status.rawValue], "type": ["node"]],
      question: "/node \(node.name)", node: node.name)
  }

  static let storageColumns = [
    TableColumn("STORAGE", minimum: 10, priority: 10, isFlexible: true), TableColumn("NODE", minimum: 6, priority: 6),
    TableColumn("FULL", align: .right, minimum: 5, priority: 9),
    TableColumn("USED", align: .right, minimum: 9, priority: 7, isWhole: true),
    TableColumn("TYPE", minimum: 4, priority: 4),
    TableColumn("HOLDS", minimum: 5, maximum: 30, priority: 2),
  ]

  static func row(of storage: Storage, _ state: AppState, now: Date) -> ListRow {
    let look = state.mirror.isStale(storage.seenAt, now: now) ? "state.stale" : "text"
    let share = storage.usage.map { $0.fraction }
    return ListRow(
      id: storage.id,
      cells: [
        .init(storage.name.sanitisedLine, look), .init(storage.shared ? "shared" : storage.node, look),
        storage.available
          ? .init(Format.reading(share) { $0.map(Format.percent) ?? Format.unknown }, look)
          : .init("not there", "state.warning"),
        .init(Format.reading(storage.usage, Format.usage), look),
        .init((storage.plugin ?? Format.unknown).sanitisedLine, look),
        .init(storage.content.joined(separator: " ").sanitisedLine, look),
      ],
      fields: [
        "node": [storage.node.lowercased()], "status": [storage.available ? "available" : "unavailable"],
        "type": [(storage.plugin ?? "").lowercased()],
      ],
      question: "/storage \(storage.node)")
  }

  static let taskColumns = [
    TableColumn("START", minimum: 6, priority: 8), TableColumn("TASK", minimum: 8, priority: 10),
    TableColumn("ON", minimum: 4, priority: 7), TableColumn("NODE", minimum: 4, priority: 6),
    TableColumn("RESULT", minimum: 8, priority: 9, isFlexible: true),
    TableColumn("TOOK", align: .right, minimum: 6, priority: 5),
    TableColumn("BY", minimum: 4, maximum: 24, priority: 2),
  ]

  static func row(of task: ClusterTask, _ state: AppState, now: Date) -> ListRow {
    let (result, scope, word) = task.outcomeText
    return ListRow(
      id: task.upid,
      cells: [
        .init(state.clock.short(task.startedAt, now: now), "text.dim"), .init(task.type.sanitisedLine),
        .init(task.target.isEmpty ? Format.unknown : task.target.sanitisedLine), .init(task.node),
        .init(result.sanitisedLine, scope),
        .init(Format.duration((task.endedAt ?? now).timeIntervalSince(task.startedAt)), "text.dim"),
        .init(task.user.sanitisedLine, "text.dim"),
      ],
      fields: ["node": [task.node.lowercased()], "status": [word], "type": [task.type.lowercased()]],
      question: "/log \(task.upid)")
  }

  static let eventColumns = [
    TableColumn("TIME", minimum: 6, priority: 9), TableColumn("", minimum: 1, priority: 8),
    TableColumn("EVENT", minimum: 10, priority: 10, isFlexible: true),
    TableColumn("ABOUT", minimum: 6, maximum: 24, priority: 2),
  ]

  static func row(of event: ClusterEvent, _ state: AppState, now: Date) -> ListRow {
    let subject = event.subject.split(separator: ":", maxSplits: 1).map(String.init)
    return ListRow(
      id: event.id.uuidString,
      cells: [
        .init(state.clock.short(event.at, now: now), "text.dim"),
        .init(state.glyphs.mark(of: event.severity), event.severity.scope), .init(event.text.sanitisedLine, "text"),
        .init(event.subject.sanitisedLine, "text.dim"),
      ],
      fields: [
        "status": [event.severity.rawValue], "type": subject.prefix(1).map { $0.lowercased() },
        "node": subject.first == "node" ? [subject.last?.lowercased() ?? ""] : [],
      ],
      question: "What about this event: \(event.text.sanitisedLine)")
  }
}

extension Node {
  /// A figure of this node; an offline one has none.
  func figure<Value>(_ reading: Reading<Value>, _ show: (Value) -> String) -> String {
    status == .online ? Format.reading(reading, show) : Format.unknown
  }
}

extension Guest {
  /// "running", "STOPPED", "running, backup": the lock is part of the state.
  var statusText: String {
    // A template never runs: it is not stopped either.
    let stopped = offOnPurpose ? "off, wanted" : "STOPPED"
    let word = template ? "template" : status == .stopped ? stopped : status.rawValue
    return lock.map { word + ", " + $0.sanitisedLine } ?? word
  }

  func statusScope(stale: Bool) -> String {
    if stale { return "state.stale" }
    return switch status {
    case .running: "state.ok"
    case .stopped: template || offOnPurpose ? "text.dim" : "state.warning"
    case .paused, .suspended: "state.warning"
    case .unknown: "state.off"
    }
  }
}

extension ClusterTask {
  /// What became of it, the scope it is drawn in, and the word a filter knows it by.
  var outcomeText: (String, String, String) {
    switch outcome {
    case .running: ("running", "text", "running")
    case .ok: ("OK", "state.ok", "ok")
    case .warnings(let count): ("OK, \(count) warnings", "state.warning", "warnings")
    case .failed(let text): (text, "state.critical", "failed")
    case .unknown: ("ended, result unknown", "state.off", "unknown")
    }
  }
}

extension ClusterEvent.Severity {
  /// The scope that events and troubles of this severity are drawn in.
  var scope: String { "event." + rawValue }
}

extension Glyphs {
  /// State is never told by colour alone.
  func mark(of severity: ClusterEvent.Severity) -> String {
    switch severity {
    case .information: separator
    case .warning: warning
    case .critical: critical
    case .good: good
    }
  }
}

extension String {
  /// On one line, without anything that a terminal could take for a command.
  var sanitisedLine: String { Sanitiser.clean(self, keepingNewlines: false) }
}
