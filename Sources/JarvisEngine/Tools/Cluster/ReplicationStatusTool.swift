import Foundation
import JarvisAPI
import JarvisCluster

/// The replication jobs of all nodes, or of one.
struct ReplicationStatusTool: ReadTool {
  let context: ToolContext
  let name = "replication_status"
  let summary = "Storage replication: each job with its last and next run, how often it failed, and why."
  let inputSchema = ToolParameter.schema([.text("node", "only jobs of guests on this node")])
  let typedName = "replication"
  let typedArguments = ["node"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    var nodes = picture.nodes.map { (name: $0.name, offline: $0.status == .offline) }
    if let query = arguments["node"]?.string {
      let name = try TargetFinder(picture: picture).node(query).name
      nodes = nodes.filter { $0.name == name }
    }
    var jobs: [(node: String, record: Record)] = []
    var silent: [String: String] = [:]
    let cluster = context.cluster
    for (node, answer) in await NodeFanOut.ask(
      nodes, { node throws(ProxmoxError) in try await cluster.read(.replication(on: node)) })
    {
      switch answer {
      case .success(let found): jobs += found.map { (node, $0) }
      case .failure(let error): silent[node] = error.reason
      }
    }
    jobs.sort { ($0.record.id, $0.node) < ($1.record.id, $1.node) }
    let failing = jobs.filter { ($0.record.fields["fail_count"]?.number ?? 0) > 0 }
    var table = TextTable(["job", "guest", "from", "to", "last", "failed"])
    for (node, job) in jobs {
      table.add([
        job.id, job.fields["guest"].words, node, job.fields["target"].words,
        context.format.clock(moment(job.fields["last_sync"]), now: context.now()), job.fields["fail_count"].words,
      ])
    }
    let missing = silent.sorted { $0.key < $1.key }.map { "\($0.key): not read – \($0.value)" }
    return ToolReport(
      content: [
        "failing": .int(failing.count), "not_read": .object(silent.mapValues { .string($0) }),
        "jobs": .array(
          jobs.map { node, job in
            [
              "id": .string(job.id), "guest": job.fields["guest"] ?? .null, "source": .string(node),
              "target": job.fields["target"] ?? .null,
              "last_sync": context.format.time(moment(job.fields["last_sync"])),
              "next_sync": context.format.time(moment(job.fields["next_sync"])),
              "fail_count": job.fields["fail_count"] ?? .null, "error": job.fields["error"] ?? .null,
            ]
          }),
      ],
      summary: (jobs.isEmpty
        ? "no replication jobs" : "\(CountWords.of(jobs.count, "job")), \(failing.count) failing")
        + (silent.isEmpty ? "" : "; not read: \(silent.keys.sorted().joined(separator: ", "))"),
      text: ([jobs.isEmpty ? "no replication is set up" : table.text] + missing).joined(separator: "\n"))
  }

  private func moment(_ value: JSONValue?) -> Date? {
    value?.number.flatMap { $0 > 0 ? Date(timeIntervalSince1970: $0) : nil }
  }
}

/// Asks nodes at once; a node that is gone costs itself only, and is not waited for where that is known.
enum NodeFanOut {
  static func ask<Answer: Sendable>(
    _ nodes: [(name: String, offline: Bool)],
    _ question: @escaping @Sendable (String) async throws(ProxmoxError) -> Answer
  ) async -> [(String, Result<Answer, ProxmoxError>)] {
    await withTaskGroup(of: (String, Result<Answer, ProxmoxError>).self) { group in
      for node in nodes {
        group.addTask {
          guard !node.offline else {
            return (
              node.name,
              .failure(
                ProxmoxError(
                  .nodeUnreachable(node: node.name), attempted: "ask node \(node.name)", reason: "the node is offline"))
            )
          }
          let answer = await Result.of { () throws(ProxmoxError) in try await question(node.name) }
          return (node.name, answer)
        }
      }
      var answers: [(String, Result<Answer, ProxmoxError>)] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.0 < $1.0 }
    }
  }
}
