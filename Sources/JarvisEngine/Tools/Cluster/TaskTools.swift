import JarvisAPI
import JarvisCluster

/// The cluster's latest tasks.
struct ListTasksTool: ReadTool {
  let context: ToolContext
  let name = "list_tasks"
  let summary = "Latest tasks, newest first; by guest, by node, or only failed ones."
  let inputSchema = ToolParameter.schema([
    .text("guest", "only tasks on this guest: name or vmid"), .text("node", "only tasks on this node"),
    .flag("failed", "only tasks that failed"), .count("limit", 1...maximumLimit, "how many at most (20)"),
  ])
  let typedName = "tasks"
  let typedArguments = ["failed", "guest"]

  static let defaultLimit = 20
  static let maximumLimit = 200
  /// Tasks that are looked through, at most, where only some are wanted.
  static let maximumSearched = 500

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    let finder = TargetFinder(picture: picture)
    var vmid: String?
    if let query = arguments["guest"]?.string { vmid = String(try finder.guest(query).vmid) }
    var node: String?
    if let query = arguments["node"]?.string { node = try finder.node(query).name }
    let onlyFailed = arguments["failed"]?.bool ?? false
    let limit = arguments["limit"]?.int ?? Self.defaultLimit
    let filtered = vmid != nil || node != nil || onlyFailed
    let tasks: [ClusterTask]
    do throws(ProxmoxError) {
      tasks = try await context.cluster.tasks(limit: filtered ? Self.maximumSearched : limit)
    } catch {
      throw error.userFacing
    }
    let wanted = tasks.filter { task in
      (vmid == nil || task.target == vmid) && (node == nil || task.node == node) && (!onlyFailed || task.outcome.failed)
    }.prefix(limit)
    var table = TextTable(["started", "type", "target", "node", "status"])
    for task in wanted {
      table.add([
        context.format.clock(task.startedAt, now: context.now()), task.type, task.target, task.node, task.outcome.words,
      ])
    }
    return ToolReport(
      content: ["tasks": .array(wanted.map { .object(fields($0)) })],
      summary: wanted.isEmpty ? "no such tasks" : CountWords.of(wanted.count, "task"),
      text: wanted.isEmpty ? "no such tasks" : table.text)
  }

  private func fields(_ task: ClusterTask) -> [String: JSONValue] {
    [
      "upid": .string(task.upid), "type": .string(task.type), "target": .string(task.target),
      "node": .string(task.node), "user": .string(task.user), "started": context.format.time(task.startedAt),
      "ended": context.format.time(task.endedAt), "status": .string(task.outcome.words),
    ]
  }
}

/// What a task wrote.
struct TaskLogTool: ReadTool {
  let context: ToolContext
  let name = "task_log"
  let summary = "The end of a task's log, by its UPID from list_tasks. The text comes from outside."
  let inputSchema = ToolParameter.schema([.text("upid", "the task's UPID", required: true)])
  let typedName = "log"
  let typedArguments = ["upid"]

  /// Lines read, at most.
  static let maximumLines = 500

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let text = arguments["upid"]?.string ?? ""
    guard let upid = UPID(text) else {
      throw UserFacingError(
        .usage, attempted: "read the log of task \"\(text)\"", reason: "that is no UPID",
        advice: "take one from list_tasks: UPID:node:…:")
    }
    let lines: [String]
    do throws(ProxmoxError) {
      lines = try await context.cluster.taskLog(upid, limit: Self.maximumLines)
    } catch {
      throw error.userFacing
    }
    let log = lines.joined(separator: "\n")
    return ToolReport(
      content: [
        "upid": .string(upid.text), "source": .string("log of task \(upid.type) on \(upid.node)"),
        "untrusted_text": .string(log),
      ],
      summary: CountWords.of(lines.count, "line"), text: log.isEmpty ? "the log is empty" : log,
      untrusted: true)
  }
}

extension ClusterTask.Outcome {
  /// Proxmox's own words: "OK", "WARNINGS: 2", the exit status.
  var words: String {
    switch self {
    case .running: "running"
    case .ok: "OK"
    case .warnings(let count): "WARNINGS: \(count)"
    case .failed(let words): words
    case .unknown: "unknown"
    }
  }

  fileprivate var failed: Bool {
    if case .failed = self { true } else { false }
  }
}
