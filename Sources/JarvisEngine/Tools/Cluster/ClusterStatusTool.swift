import JarvisAPI

/// How the cluster is, on one page: what a person asks first.
struct ClusterStatusTool: ReadTool {
  let context: ToolContext
  let name = "cluster_status"
  let summary =
    "The whole cluster in brief: quorum, nodes, guests running, stopped and unknown, problems, fullest storages, blind spots."
  let inputSchema = ToolParameter.schema()
  let typedName = "status"
  let typedArguments: [String] = []

  /// Storages named as the fullest, at most.
  static let maximumStorages = 3
  /// Guests named that are stopped, or whose state nobody knows, at most of each.
  static let maximumStopped = 50

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    let problems = ClusterProblems.find(in: picture, now: context.now())
    let guests = picture.guests.filter { !$0.template }
    let running = guests.filter { $0.status == .running }
    let stopped = guests.filter { $0.status == .stopped }
    let unknown = guests.filter { $0.status == .unknown }
    let blind = picture.blindSpots
    let offline = picture.nodes.filter { $0.status != .online }.map(\.name).sorted()
    let fullest = picture.storages.compactMap { storage in
      storage.usage.value?.fraction.map { (storage: storage, fraction: $0) }
    }.sorted { $0.fraction > $1.fraction }.prefix(Self.maximumStorages)
    let content: JSONValue = [
      "cluster": .string(picture.name),
      "quorate": ToolFormat.json(picture.quorate) { .bool($0) },
      "at": context.format.time(picture.at),
      "nodes": [
        "online": .int(picture.nodes.count - offline.count), "total": .int(picture.nodes.count),
        "offline": .array(offline.map { .string($0) }),
      ],
      "guests": [
        "running": .int(running.count), "stopped": .int(stopped.count), "unknown": .int(unknown.count),
        "other": .int(guests.count - running.count - stopped.count - unknown.count), "total": .int(guests.count),
        "templates": .int(picture.guests.count - guests.count),
        "stopped_names": .array(stopped.prefix(Self.maximumStopped).map { .string($0.label) }),
        "unknown_names": .array(unknown.prefix(Self.maximumStopped).map { .string($0.label) }),
      ],
      "storages_unknown": .int(picture.storages.count { $0.usage.value == nil }),
      "blind_spots": .array(blind.map { .string($0) }),
      "problems": .array(problems.map { ["severity": .string($0.severity.rawValue), "what": .string($0.what)] }),
      "storage_fullest": .array(
        fullest.map {
          [
            "name": .string($0.storage.name), "node": .string($0.storage.node),
            "percent": ToolFormat.percent($0.fraction),
          ]
        }),
    ]
    let nodes = "\(picture.nodes.count - offline.count) of \(picture.nodes.count) nodes online"
    let uncertain = unknown.isEmpty ? "" : ", \(unknown.count) unknown"
    let head = "\(nodes), \(running.count) of \(CountWords.of(guests.count, "guest")) running\(uncertain)"
    let quorum = ToolFormat.text(picture.quorate) { $0 ? "quorate" : "NO QUORUM" }
    let calm = blind.isEmpty ? "no problems found" : "no problems found in what can be seen"
    let found = problems.isEmpty ? [calm] : problems.map { "\($0.severity.rawValue): \($0.what)" }
    let age = "as of \(context.format.clock(picture.at, now: context.now()))"
    return ToolReport(
      content: content, summary: problems.isEmpty ? head : "\(head), \(CountWords.of(problems.count, "problem"))",
      text: (["\(picture.name): \(quorum), \(head) (\(age))"] + found + blind).joined(separator: "\n"))
  }
}
