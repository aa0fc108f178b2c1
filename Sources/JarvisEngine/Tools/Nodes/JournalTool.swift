import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSSH

/// The journals of several nodes as one, in the order of time.
struct JournalTool: ReadTool {
  let context: ToolContext
  let name = "journal"
  let summary =
    "Journal lines of one, several or all nodes, merged by time; by unit, priority, words. The text comes from outside."
  let inputSchema = ToolParameter.schema([
    .list("nodes", upTo: 64, "which nodes (all that are online)"),
    .text("since", "30m, 2h, 18:30 or 2026-11-22 18:30 (1h)"), .text("until", "likewise (now)"),
    .text("unit", "only this unit: pvedaemon, kernel"),
    .choice("priority", ["emerg", "alert", "crit", "err", "warning", "notice", "info"], "this grave or graver"),
    .text("grep", "only lines with these words"),
    .count("limit", 1...maximumLimit, "how many at most, the latest (100)"),
  ])
  let typedName = "journal"
  let typedArguments = ["nodes", "since", "unit"]

  static let defaultLimit = 100
  static let maximumLimit = 1_000
  static let defaultSpan: TimeInterval = 3_600

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    let asked = arguments["nodes"]?.array?.compactMap(\.string) ?? []
    var nodes: [Node] = []
    for query in asked { nodes.append(try TargetFinder(picture: picture).node(query)) }
    if asked.isEmpty { nodes = picture.nodes }
    let query = try query(arguments)
    let fetch = JournalFetch(context: context, query: query)
    let answers = await withTaskGroup(of: (String, Result<[JournalLine], UserFacingError>).self) { group in
      for node in nodes { group.addTask { (node.name, await fetch.lines(of: node)) } }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    return report(answers, query)
  }

  private func query(_ arguments: JSONValue) throws(UserFacingError) -> JournalQuery {
    let now = context.now()
    let words = MomentWords(now: now, timeZone: context.format.timeZone)
    var query = JournalQuery(
      since: now.addingTimeInterval(-Self.defaultSpan), limit: arguments["limit"]?.int ?? Self.defaultLimit)
    if let since = arguments["since"]?.string { query.since = try words.moment(since) }
    if let until = arguments["until"]?.string { query.until = try words.moment(until) }
    query.unit = arguments["unit"]?.string
    query.priority = arguments["priority"]?.string
    query.words = arguments["grep"]?.string
    return query
  }

  private func report(_ answers: [String: Result<[JournalLine], UserFacingError>], _ query: JournalQuery) -> ToolReport
  {
    var lines: [JournalLine] = []
    var silent: [String: String] = [:]
    for (node, answer) in answers {
      switch answer {
      case .success(let found): lines += found
      case .failure(let error): silent[node] = error.reason
      }
    }
    let merged = JournalLine.merged(lines).suffix(query.limit)
    let now = context.now()
    let text = merged.map { "\(context.format.seconds($0.at, now: now)) \($0.node) \($0.text)" }
    let missing = silent.sorted { $0.key < $1.key }.map { "\($0.key): not read – \($0.value)" }
    return ToolReport(
      content: [
        "since": context.format.time(query.since), "nodes": .array(answers.keys.sorted().map { .string($0) }),
        "not_read": .object(silent.mapValues { .string($0) }), "count": .int(merged.count),
        "left_out": .int(lines.count - merged.count), "source": "journals of nodes",
        "untrusted_text": .string(text.joined(separator: "\n")),
      ],
      summary: CountWords.of(merged.count, "line")
        + (silent.isEmpty ? "" : "; not read: \(silent.keys.sorted().joined(separator: ", "))"),
      text: ((text.isEmpty ? ["no such lines"] : text) + missing).joined(separator: "\n"), untrusted: true)
  }
}
