import JarvisAPI
import JarvisCluster

/// What happened lately, as Jarvis saw it.
struct RecentEventsTool: ReadTool {
  let context: ToolContext
  let name = "recent_events"
  let summary = "What happened in the cluster lately, as Jarvis saw it: newest last."
  let inputSchema = ToolParameter.schema()
  let typedName = "events"
  let typedArguments: [String] = []

  /// Events told, at most.
  static let maximumEvents = 50

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let events = await context.cluster.recentEvents().suffix(Self.maximumEvents)
    let now = context.now()
    let lines = events.map { "\(context.format.clock($0.at, now: now))  \($0.text)" }
    return ToolReport(
      content: [
        "events": .array(
          events.map {
            ["at": context.format.time($0.at), "severity": .string($0.severity.rawValue), "text": .string($0.text)]
          })
      ],
      summary: events.isEmpty ? "nothing happened" : CountWords.of(events.count, "event"),
      text: lines.isEmpty ? "nothing has happened since Jarvis began to watch" : lines.joined(separator: "\n"))
  }
}
