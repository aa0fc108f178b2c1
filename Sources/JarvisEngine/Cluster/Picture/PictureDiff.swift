import Foundation
import JarvisAPI

/// Finds out what happened between two looks at the cluster. Holds only what the looks themselves do not tell: the last
/// known state of each guest and node, how full each storage was said to be, which tasks were seen.
struct PictureDiff: Sendable {
  /// A shared cause (a node gone, rights taken away) moves many guests at once: beyond this many of a kind one event
  /// counts them.
  static let maximumSingleEvents = 10
  /// Shares of a storage at which it is a warning, and critical.
  static let storageWarning = 0.90
  static let storageCritical = 0.95
  /// A level is left only this far below its threshold, so that a storage at the edge does not flicker.
  static let storageHysteresis = 0.02
  /// A stop within this time of a task that stops the guest is told as wanted.
  static let purposeWindow: TimeInterval = 600
  /// A list of tasks this old still tells why a guest stopped just now.
  static let freshTasks: TimeInterval = 1
  /// Clocks of nodes may differ from ours by this much.
  static let clockSlack: TimeInterval = 120
  /// Uptimes come from broadcasts of about 10 s; a fall smaller than this is no restart.
  static let uptimeSlack: TimeInterval = 30

  private enum Level: Int { case fine, warning, critical }

  let makeID: @Sendable () -> UUID
  private var guestStates: [Int: Guest.Status] = [:]
  private var nodeStates: [String: Node.Status] = [:]
  private var storageLevels: [String: Level] = [:]
  private var lastQuorum: Bool?
  /// Outcomes of the tasks in the last list; nil before the first.
  private var taskOutcomes: [String: ClusterTask.Outcome]?
  /// nil where tasks were never told: then none are waited for.
  private var lastTaskLook: Date?
  private var begun = false
  /// Stops without a known cause, held back until the tasks of the same moment are there.
  private var heldStops: [(guest: Guest, at: Date)] = []

  init(makeID: @escaping @Sendable () -> UUID) { self.makeID = makeID }

  private func event(
    _ severity: ClusterEvent.Severity, _ subject: String, _ text: String, at: Date, change: ClusterEvent.Change? = nil
  ) -> ClusterEvent {
    ClusterEvent(id: makeID(), at: at, severity: severity, subject: subject, text: text, change: change)
  }

  // MARK: Resources

  /// What changed in nodes, guests and storages. At the first look only standing trouble is told.
  mutating func resources(
    from old: ClusterSnapshot, to new: ClusterSnapshot, before: [Int: Guest], after: [Int: Guest], at now: Date
  ) -> [ClusterEvent] {
    var events = link(from: old.link, to: new.link, at: now)
    events += releaseStops(tasks: old.tasks)
    events += nodes(old, new, at: now)
    events += guests(old, new, before: before, after: after, at: now)
    events += storages(new.storages, at: now)
    begun = true
    return events
  }

  private mutating func nodes(_ old: ClusterSnapshot, _ new: ClusterSnapshot, at now: Date) -> [ClusterEvent] {
    var events: [ClusterEvent] = []
    var states: [String: Node.Status] = [:]
    for node in new.nodes {
      let before = nodeStates[node.name]
      // "unknown" says nothing: the last state that was known stays.
      states[node.name] = node.status == .unknown ? before : node.status
      if node.status == .offline, before != .offline {
        let inside = new.guests.count { $0.node == node.name && !$0.template }
        let guests = inside == 0 ? "" : "; \(inside) \(inside == 1 ? "guest" : "guests") inside"
        // Whoever puts a node in maintenance means to restart it.
        let wanted = node.maintenance.value == true
        events.append(
          event(
            wanted ? .information : .critical, "node:\(node.name)",
            "node \(node.name) is offline\(wanted ? ", in maintenance" : "")\(guests)", at: now, change: .down))
      } else if node.status == .online, before == .offline {
        events.append(event(.good, "node:\(node.name)", "node \(node.name) is online again", at: now, change: .up))
      } else if before == nil, begun, !old.nodes.contains(where: { $0.name == node.name }) {
        events.append(event(.information, "node:\(node.name)", "node \(node.name) joined", at: now))
      }
    }
    for name in old.nodes.map(\.name) where !new.nodes.contains(where: { $0.name == name }) {
      events.append(event(.warning, "node:\(name)", "node \(name) is no longer listed", at: now))
    }
    nodeStates = states
    return events
  }

  /// What HA began or ended since the last look; what was not known before is no news.
  func maintenance(from old: [Node], to new: [Node], at now: Date) -> [ClusterEvent] {
    let before = Dictionary(old.map { ($0.name, $0.maintenance.value) }, uniquingKeysWith: { first, _ in first })
    return new.compactMap { node in
      guard let was = before[node.name] ?? nil, let isNow = node.maintenance.value, was != isNow else { return nil }
      return event(
        .information, "node:\(node.name)",
        isNow ? "HA put node \(node.name) in maintenance" : "HA ended the maintenance of node \(node.name)", at: now)
    }
  }

  private mutating func guests(
    _ old: ClusterSnapshot, _ new: ClusterSnapshot, before: [Int: Guest], after: [Int: Guest], at now: Date
  ) -> [ClusterEvent] {
    var started: [ClusterEvent] = []
    var stopped: [ClusterEvent] = []
    var other: [ClusterEvent] = []
    for guest in new.guests where !guest.template {
      let last = guestStates[guest.vmid]
      if guest.status != .unknown { guestStates[guest.vmid] = guest.status }
      guard begun else { continue }
      let subject = "guest:\(guest.vmid)"
      guard let earlier = before[guest.vmid] else {
        other.append(event(.information, subject, "\(guest.label) is new on \(guest.node)", at: now))
        continue
      }
      if earlier.node != guest.node {
        other.append(
          event(.information, subject, "\(guest.label) moved from \(earlier.node) to \(guest.node)", at: now))
      }
      // Unknown is not stopped: it is compared with what was known last.
      guard guest.status != .unknown, let last else { continue }
      if last != guest.status {
        switch guest.status {
        case .running:
          let again = last == .paused || last == .suspended ? "runs again" : "started"
          started.append(event(.good, subject, "\(guest.label) \(again) on \(guest.node)", at: now, change: .up))
        case .stopped:
          if let told = stop(guest, tasks: old.tasks, at: now, final: areFresh(at: now)) {
            stopped.append(told)
          } else {
            heldStops.append((guest, now))
          }
        case .paused, .suspended:
          other.append(event(.information, subject, "\(guest.label) is \(guest.status.rawValue)", at: now))
        case .unknown: break
        }
      } else if guest.status == .running, earlier.node == guest.node, let was = earlier.uptime.value,
        let uptime = guest.uptime.value, uptime + Self.uptimeSlack < was
      {
        started.append(event(.information, subject, "\(guest.label) was restarted", at: now))
      }
    }
    var gone: [ClusterEvent] = []
    for guest in old.guests where after[guest.vmid] == nil {
      guestStates[guest.vmid] = nil
      gone.append(event(.warning, "guest:\(guest.vmid)", "\(guest.label) is no longer listed", at: now))
    }
    return gathered(started, "guests started", .good, at: now) + gathered(stopped, "guests stopped", .warning, at: now)
      + gathered(other, "guests moved or changed", .information, at: now)
      + gathered(gone, "guests are no longer listed", .warning, at: now)
  }

  private func gathered(
    _ events: [ClusterEvent], _ what: String, _ severity: ClusterEvent.Severity, at now: Date
  ) -> [ClusterEvent] {
    events.count <= Self.maximumSingleEvents ? events : [event(severity, "", "\(events.count) \(what)", at: now)]
  }

  /// True where nothing is gained by waiting for the next list of tasks.
  private func areFresh(at now: Date) -> Bool {
    lastTaskLook.map { now.timeIntervalSince($0) <= Self.freshTasks } ?? true
  }

  /// Tells the stops that waited for a list of tasks.
  private mutating func releaseStops(tasks: [ClusterTask]) -> [ClusterEvent] {
    defer { heldStops = [] }
    return gathered(
      heldStops.compactMap { stop($0.guest, tasks: tasks, at: $0.at, final: true) }, "guests stopped", .warning,
      at: heldStops.last?.at ?? .distantPast)
  }

  /// A stop with its cause, where a task in the log tells one. A power-off from inside leaves no task.
  /// - Parameter final: false where the tasks of this moment are still to come; without a cause the answer is then nil.
  private func stop(_ guest: Guest, tasks: [ClusterTask], at now: Date, final: Bool) -> ClusterEvent? {
    let subject = "guest:\(guest.vmid)"
    let cause = tasks.first { task in
      task.target == String(guest.vmid) && PowerTasks.stopping.contains(task.type)
        && now.timeIntervalSince(task.endedAt ?? task.startedAt) < Self.purposeWindow
    }
    if let cause {
      return event(
        .information, subject, "\(guest.label) stopped: \(cause.type) by \(cause.user)", at: now, change: .down)
    }
    guard final else { return nil }
    let held = guest.lock.map { ", held by \($0)" } ?? ""
    // What is meant to be off is no trouble when it stops.
    let severity: ClusterEvent.Severity = guest.offOnPurpose ? .information : .warning
    return event(severity, subject, "\(guest.label) stopped on \(guest.node)\(held)", at: now, change: .down)
  }

  private mutating func storages(_ storages: [Storage], at now: Date) -> [ClusterEvent] {
    var events: [ClusterEvent] = []
    var levels: [String: Level] = [:]
    for storage in storages {
      let before = storageLevels[storage.id] ?? .fine
      guard storage.available, let share = storage.usage.value?.fraction else {
        levels[storage.id] = before
        continue
      }
      let level = level(share, before)
      levels[storage.id] = level
      guard level != before else { continue }
      let name = storage.shared ? storage.name : "\(storage.name) on \(storage.node)"
      let text = "\(name) is \(PercentFormat.text(share)) full"
      let severity: ClusterEvent.Severity =
        level.rawValue < before.rawValue ? .good : level == .critical ? .critical : .warning
      events.append(event(severity, "storage:\(storage.name)", text, at: now))
    }
    storageLevels = levels
    return events
  }

  private func level(_ share: Double, _ before: Level) -> Level {
    let slack = Self.storageHysteresis
    if share >= Self.storageCritical || before == .critical && share > Self.storageCritical - slack { return .critical }
    if share >= Self.storageWarning || before != .fine && share > Self.storageWarning - slack { return .warning }
    return .fine
  }

  // MARK: Tasks, quorum, link

  /// Tasks that ended since the last list. The first list is history and tells nothing.
  mutating func tasks(_ tasks: [ClusterTask], guests: [Int: Guest], at now: Date) -> [ClusterEvent] {
    let known = taskOutcomes
    taskOutcomes = Dictionary(tasks.map { ($0.upid, $0.outcome) }, uniquingKeysWith: { first, _ in first })
    defer { lastTaskLook = now }
    var events = releaseStops(tasks: tasks)
    guard let known else { return events }
    for task in tasks.reversed() where task.outcome != .running {
      if let before = known[task.upid], before != .running { continue }
      // Only the newest list's tasks are remembered: an older one that comes back into it must not be told again.
      if known[task.upid] == nil, let ended = task.endedAt, let lastTaskLook,
        ended < lastTaskLook - Self.clockSlack
      {
        continue
      }
      if let event = ended(task, guests: guests, at: now) { events.append(event) }
    }
    return events
  }

  private func ended(_ task: ClusterTask, guests: [Int: Guest], at now: Date) -> ClusterEvent? {
    let vmid = Int(task.target)
    let about = vmid.flatMap { guests[$0]?.label } ?? task.target
    let what = about.isEmpty ? "\(task.type) on \(task.node)" : "\(task.type) \(about)"
    let subject = vmid.map { "guest:\($0)" } ?? "node:\(task.node)"
    let took = task.endedAt.map { " after \(Self.span($0.timeIntervalSince(task.startedAt)))" } ?? ""
    switch task.outcome {
    case .failed(let why): return event(.warning, subject, "\(what) failed\(took): \(why)", at: now)
    case .warnings(let count):
      return event(
        .warning, subject, "\(what) ended\(took) with \(count) \(count == 1 ? "warning" : "warnings")", at: now)
    // What a start or stop did is told by the guest itself; consoles come and go.
    case .ok where PowerTasks.isSilent(task.type): return nil
    case .ok: return event(.information, subject, "\(what) OK\(took)", at: now)
    case .unknown, .running: return nil
    }
  }

  private static func span(_ seconds: TimeInterval) -> String {
    let whole = Int(max(0, seconds).rounded())
    return whole < 120 ? "\(whole) s" : whole < 7_200 ? "\(whole / 60) min" : "\(whole / 3_600) h"
  }

  mutating func quorum(_ new: Reading<Bool>, at now: Date) -> [ClusterEvent] {
    guard let value = new.value else { return [] }
    defer { lastQuorum = value }
    switch (lastQuorum, value) {
    case (.some(true), false), (nil, false):
      return [event(.critical, "", "the cluster has no quorum: it takes no changes", at: now)]
    case (.some(false), true): return [event(.good, "", "the cluster has quorum again", at: now)]
    default: return []
    }
  }

  func link(from old: ClusterLink, to new: ClusterLink, at now: Date) -> [ClusterEvent] {
    switch (old, new) {
    case (.lost, .lost): return []
    case (_, .lost(_, let reason, _)):
      return [event(.critical, "", "the cluster cannot be reached: \(reason)", at: now)]
    case (.lost(let since, _, _), .connected(let node)):
      let gap = Self.span(now.timeIntervalSince(since))
      return [event(.good, "", "the cluster is reached again through \(node) after \(gap)", at: now)]
    default: return []
    }
  }
}

extension Guest {
  /// "pihole (102)", or "guest 102" where the name is withheld.
  var label: String { name.isEmpty ? "guest \(vmid)" : "\(name) (\(vmid))" }
}
