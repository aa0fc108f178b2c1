import JarvisAPI

/// Tasks of a guest, a node or the whole cluster, and the log of the one that matters.
struct TaskPlan {
  let subjects: [MindSubject]
  let words: [String]

  private var subject: MindSubject? { subjects.first { $0.kind != .storage } }

  private var arguments: [String: JSONValue] {
    var arguments: [String: JSONValue] = [:]
    if let subject { arguments[subject.kind == .node ? "node" : "guest"] = .string(subject.name) }
    if !Set(words).isDisjoint(with: ["failed", "failing", "failures", "fehlgeschlagen", "fehler", "errors"]) {
      arguments["failed"] = true
    }
    return arguments
  }

  /// nil while results are wanted.
  func list(_ bench: inout MindBench) -> String? {
    guard let finding = bench.need("list_tasks", arguments) else { return nil }
    if let excuse = finding.excuse(for: "the tasks") { return excuse }
    let backups = words.contains { word in
      ["backup", "backups", "vzdump", "sicherung", "sicherungen", "sauvegarde", "sauvegardes", "respaldo"].contains(
        word)
        && subject?.name != word
    }
    return TaskPhrases.list(
      finding.value?.entries("tasks") ?? [], about: subject.map { MindFigures.name(.string($0.name)) }, backups: backups
    )
  }

  /// The log of the latest failed task, or of the latest one.
  func log(_ bench: inout MindBench) -> String? {
    guard let finding = bench.need("list_tasks", arguments) else { return nil }
    if let excuse = finding.excuse(for: "the tasks") { return excuse }
    let tasks = finding.value?.entries("tasks") ?? []
    guard let task = tasks.first(where: TaskPhrases.failed) ?? tasks.first, let upid = task["upid"]?.string else {
      return "I see no task\(subject.map { " of \(MindFigures.name(.string($0.name)))" } ?? "") whose log I could show."
    }
    guard let log = bench.need("task_log", ["upid": .string(upid)]) else { return nil }
    let title = TaskPhrases.line(task)
    if let excuse = log.excuse(for: "the log of \(title)") { return excuse }
    guard let tail = TaskPhrases.logTail(log.value ?? .null) else { return "The log of \(title) is empty." }
    return "The end of the log of \(title):\n\(tail)"
  }
}
