import Foundation

extension SimulatedCluster {
  /// Begins a task now.
  /// - Parameters:
  ///   - seconds: how long it takes before `taskTime` is applied; a task that fails at once takes none.
  ///   - failure: the exit status it will end with; nil for OK.
  ///   - lines: log lines, spread evenly over its time.
  /// - Returns: its UPID.
  @discardableResult
  mutating func begin(
    _ type: String, target: String, on node: String, user: String, seconds: Double, failure: String? = nil,
    effect: TaskState.Effect = .none, lines: [String] = []
  ) -> String {
    let waiting = self.failure(for: type)
    let length = seconds * configuration.taskTime
    let index = nodes.firstIndex { $0.name == node }
    let process = index.map { nodes[$0].nextProcess } ?? 1000
    if let index { nodes[index].nextProcess += 1 + Int(random.unit() * 6) }
    let pstart = Int((now - (index.map { nodes[$0].bootedAt } ?? 0)) * 100) & 0xFFFF_FFFF
    let upid =
      "UPID:\(node):\(Self.hex(process)):\(Self.hex(pstart)):\(Self.hex(Int(now))):\(type):\(target):\(user):"
    let task = TaskState(
      upid: upid, node: node, process: process, processStart: pstart, startedAt: now, type: type, target: target,
      user: user, endsAt: now + length, exitStatus: waiting ?? failure ?? "OK",
      effect: waiting == nil && failure == nil ? effect : effect.afterFailure,
      lines: lines.enumerated().map { (at: now + length * Double($0) / Double(lines.count), text: $1) }, ended: false)
    tasks.append(task)
    forgetOldTasks()
    note("starting task \(upid)", node: node, tag: "pvedaemon", process: process, user: user)
    if length > 0 {
      events.add(.taskEnds(upid: upid), at: now + length)
    } else {
      finish(upid)
    }
    return upid
  }

  /// Ends a task now and does what it was for.
  mutating func finish(_ upid: String) {
    guard let index = tasks.lastIndex(where: { $0.upid == upid && !$0.ended }) else { return }
    tasks[index].ended = true
    tasks[index].endsAt = now
    let task = tasks[index]
    note(
      "end task \(upid) \(task.exitStatus)", node: task.node, tag: "pvedaemon", process: task.process, user: task.user,
      priority: task.failed ? 3 : 6)
    apply(task.effect, startedAt: task.startedAt)
  }

  /// Ends a running task before its time: stopped by an operator, or lost with its node.
  mutating func abort(_ upid: String, as exitStatus: String = "received interrupt") {
    guard let index = tasks.lastIndex(where: { $0.upid == upid && !$0.ended }) else { return }
    tasks[index].exitStatus = exitStatus
    tasks[index].effect = tasks[index].effect.afterFailure
    events.remove { $0 == .taskEnds(upid: upid) }
    finish(upid)
  }

  private mutating func apply(_ effect: TaskState.Effect, startedAt: Double) {
    switch effect {
    case .none: break
    case .start(let vmid): boot(vmid)
    case .stop(let vmid): guests[vmid]?.end(at: now)
    case .restart(let vmid):
      guests[vmid]?.end(at: now)
      boot(vmid)
    case .pause(let vmid): guests[vmid]?.power = .paused
    case .resume(let vmid): guests[vmid]?.power = .running
    case .unlock(let vmid): unlock(vmid)
    case .snapshot(let vmid, let name, let description, let memory):
      finishSnapshot(vmid, name: name, description: description, memory: memory)
    case .deleteSnapshot(let vmid, let name): finishDeletion(vmid, name: name)
    case .rollback(let vmid, let name, let start): finishRollback(vmid, name: name, start: start)
    case .backedUp(let vmid, let storage): finishBackup(vmid, storage: storage, at: startedAt)
    case .migrate(let vmid, let target, let restart): finishMigration(vmid, to: target, restart: restart)
    case .birth(let vmid): finishBirth(vmid)
    case .stillbirth(let vmid): births[vmid] = nil
    case .serviceRuns(let service, let node): finishServiceStart(service, on: node)
    case .wish(let vmid, let runs): carryOutWish(vmid, runs: runs)
    }
  }

  mutating func boot(_ vmid: Int) {
    guard let guest = guests[vmid], let index = nodes.firstIndex(where: { $0.name == guest.node }) else { return }
    nodes[index].nextProcess += 3
    guests[vmid]?.begin(at: now, process: nodes[index].nextProcess)
  }

  private mutating func forgetOldTasks() {
    guard tasks.count > Limit.tasks, let oldest = tasks.firstIndex(where: \.ended) else { return }
    tasks.remove(at: oldest)
  }

  private static func hex(_ number: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 8 - text.count)) + text
  }
}
