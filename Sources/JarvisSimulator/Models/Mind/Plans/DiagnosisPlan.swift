import JarvisAPI

/// Why a guest or node is slow or down: its figures, its tasks, the place it runs on, and the log of what failed.
struct DiagnosisPlan {
  let subject: MindSubject

  /// Shares from which a figure explains trouble, in percent.
  private enum Limit {
    static let cpu = 85.0
    static let memory = 90.0
    static let disk = 90.0
  }

  /// nil while results are wanted.
  func answer(_ bench: inout MindBench) -> String? {
    subject.kind == .node ? node(&bench) : guest(&bench)
  }

  private func guest(_ bench: inout MindBench) -> String? {
    let status = bench.need("guest_status", ["guest": .string(subject.name)])
    let tasks = bench.need("list_tasks", ["guest": .string(subject.name)])
    guard bench.wanted.isEmpty, let status, let tasks else { return nil }
    let name = MindFigures.name(.string(subject.name))
    guard let guest = status.value else { return status.excuse(for: name) }

    var host: JSONValue?
    if let node = guest["node"]?.string {
      guard let finding = bench.need("node_status", ["node": .string(node)]) else {
        _ = failureLog(tasks, &bench)
        return nil
      }
      host = finding.value
    }
    let log = failureLog(tasks, &bench)
    guard bench.wanted.isEmpty else { return nil }

    var causes: [String] = []
    if guest["status"]?.string != "running" {
      causes.append("it is not running: its status is **\(MindFigures.name(guest["status"]))**")
    }
    if let lock = guest["lock"]?.string, !lock.isEmpty {
      causes.append("it is locked (\(MindFigures.name(.string(lock))))")
    }
    if let cpu = guest["cpu_percent"]?.number, cpu >= Limit.cpu {
      causes.append("its CPU is at \(MindFigures.number(cpu)) %")
    }
    if let memory = GuestPhrases.memoryPercent(guest), memory >= Limit.memory {
      causes.append("its memory is at \(MindFigures.number(memory)) %")
    }
    if let host { causes += hostCauses(host) }
    return compose(
      title: GuestPhrases.speak(guest), causes: causes, tasks: tasks, log: log,
      host: host.map { "Its node: " + NodePhrases.speak($0) })
  }

  private func node(_ bench: inout MindBench) -> String? {
    let status = bench.need("node_status", ["node": .string(subject.name)])
    let tasks = bench.need("list_tasks", ["node": .string(subject.name)])
    let guests = bench.need("list_guests", ["node": .string(subject.name)])
    let events = bench.need("recent_events")
    guard bench.wanted.isEmpty, let status, let tasks, let guests, let events else { return nil }
    let name = MindFigures.name(.string(subject.name))
    let log = failureLog(tasks, &bench)
    guard bench.wanted.isEmpty else { return nil }

    var causes: [String] = []
    let title: String
    if let value = status.value {
      title = NodePhrases.speak(value)
      if NodePhrases.isOnline(value) {
        causes += hostCauses(value)
        if let disk = value["disk_percent"]?.number, disk >= Limit.disk {
          causes.append("its root disk is at \(MindFigures.number(disk)) %")
        }
      } else {
        causes.append("it does not answer: its status is **\(MindFigures.name(value["status"]))**")
      }
    } else {
      title = status.excuse(for: "node \(name)") ?? ""
      causes.append("it gives no figures, as a node does that is down or cut off from the others")
    }
    let here = (guests.value?.entries("guests") ?? []).filter { $0["node"]?.string == subject.name }
    if let busiest = here.max(by: { ($0["cpu_percent"]?.number ?? 0) < ($1["cpu_percent"]?.number ?? 0) }),
      let cpu = busiest["cpu_percent"]?.number, cpu >= Limit.cpu
    {
      causes.append("\(MindFigures.name(busiest["name"])) on it uses \(MindFigures.number(cpu)) % CPU")
    }
    let told = (events.value?.entries("events") ?? [])
      .filter { MindWords.split($0["text"]?.string ?? "").contains(MindWords.fold(subject.name)) }
    let lately =
      told.isEmpty ? nil : "Lately:\n" + told.suffix(3).reversed().map(EventPhrases.line).joined(separator: "\n")
    return compose(title: title, causes: causes, tasks: tasks, log: log, host: lately)
  }

  private func hostCauses(_ node: JSONValue) -> [String] {
    let name = MindFigures.name(node["name"])
    var causes: [String] = []
    if let cpu = node["cpu_percent"]?.number, cpu >= Limit.cpu {
      causes.append("node \(name) is busy, its CPU at \(MindFigures.number(cpu)) %")
    }
    if let used = node["memory_used_gib"]?.number, let total = node["memory_total_gib"]?.number, total > 0,
      used / total * 100 >= Limit.memory
    {
      causes.append("node \(name) is short of memory, \(MindFigures.number(used / total * 100)) % in use")
    }
    return causes
  }

  private func failureLog(_ tasks: MindBench.Finding, _ bench: inout MindBench) -> JSONValue? {
    guard let failed = (tasks.value?.entries("tasks") ?? []).first(where: TaskPhrases.failed),
      let upid = failed["upid"]?.string
    else { return nil }
    return bench.need("task_log", ["upid": .string(upid)])?.value
  }

  private func compose(title: String, causes: [String], tasks: MindBench.Finding, log: JSONValue?, host: String?)
    -> String
  {
    var causes = causes
    let list = tasks.value?.entries("tasks") ?? []
    if let running = list.first(where: TaskPhrases.running) {
      causes.append("a task is running just now (\(MindFigures.name(running["type"])))")
    }
    let failed = list.first(where: TaskPhrases.failed)
    if let failed { causes.append("its last failed task says “\(MindFigures.name(failed["status"]))”") }

    var lines: [String] = []
    if causes.isEmpty {
      lines.append("The figures show nothing that explains it: no high load, no lack of memory, no failed task.")
    } else {
      lines.append("What I found:")
      lines += causes.map { "- " + $0 }
    }
    lines.append(title)
    if let host { lines.append(host) }
    if let failed, let log, let tail = TaskPhrases.logTail(log) {
      lines.append("The end of the log of \(TaskPhrases.line(failed)):\n\(tail)")
    }
    if let excuse = tasks.excuse(for: "the tasks") { lines.append(excuse) }
    return lines.joined(separator: "\n")
  }
}
