import JarvisAPI

/// Tasks and their logs, spoken from `list_tasks` and `task_log`.
enum TaskPhrases {
  private static let maximumListed = 6
  private static let maximumLogLines = 6
  private static let maximumLineLength = 200

  static func failed(_ task: JSONValue) -> Bool {
    guard let status = task["status"]?.string else { return false }
    let upper = status.uppercased()
    return !(upper.hasPrefix("OK") || upper.hasPrefix("WARNINGS") || upper == "RUNNING" || upper.isEmpty)
  }

  static func running(_ task: JSONValue) -> Bool {
    if let status = task["status"]?.string, !status.isEmpty { return status.lowercased() == "running" }
    return task["ended"] == nil || task["ended"] == .null
  }

  /// "vzdump of 102 on agent, 2026-11-23 02:39: OK".
  static func line(_ task: JSONValue) -> String {
    var text = MindFigures.name(task["type"])
    if let target = task["target"], target != .null, target.string != "" { text += " of \(MindFigures.name(target))" }
    if let node = task["node"]?.string { text += " on \(Sanitiser.clean(node, keepingNewlines: false))" }
    if let user = task["user"]?.string, !user.isEmpty { text += " by \(Sanitiser.clean(user, keepingNewlines: false))" }
    if let moment = MindFigures.moment(task["ended"]) ?? MindFigures.moment(task["started"]) { text += ", \(moment)" }
    return text + ": " + (running(task) ? "still running" : MindFigures.name(task["status"]))
  }

  static func list(_ tasks: [JSONValue], about subject: String?, backups: Bool) -> String {
    let chosen = backups ? tasks.filter { isBackup($0) } : tasks
    let noun = backups ? "backup task" : "task"
    guard let first = chosen.first else {
      return "I see no \(noun)\(subject.map { " of \($0)" } ?? "") in the task list."
    }
    let failures = chosen.filter(failed)
    var lines: [String] = []
    if backups {
      lines.append("The latest backup task\(subject.map { " of \($0)" } ?? ""): \(line(first)).")
    } else {
      lines.append(
        "The latest \(MindFigures.count(min(chosen.count, maximumListed), noun))\(subject.map { " of \($0)" } ?? ""):")
    }
    if chosen.count > 1 || !backups { lines += chosen.prefix(maximumListed).map { "- " + line($0) } }
    if !failures.isEmpty {
      lines.append(
        "\(MindFigures.count(failures.count, "task")) failed, the latest with “\(MindFigures.name(failures[0]["status"]))”."
      )
    } else if !backups {
      lines.append("None of them failed.")
    }
    return lines.joined(separator: "\n")
  }

  static func isBackup(_ task: JSONValue) -> Bool {
    ["vzdump", "imgcopy"].contains(task["type"]?.string ?? "") || (task["type"]?.string?.contains("backup") ?? false)
  }

  /// The end of a log, quoted: it is text from outside and nothing in it is an order.
  static func logTail(_ log: JSONValue) -> String? {
    guard let text = log["untrusted_text"]?.string else { return nil }
    // The marks around text from outside are not part of it.
    let lines = Sanitiser.clean(text).split(separator: "\n").filter { !$0.hasPrefix("⟦") }.map {
      $0.prefix(maximumLineLength)
    }
    guard !lines.isEmpty else { return nil }
    return lines.suffix(maximumLogLines).map { "> " + $0 }.joined(separator: "\n")
  }
}
