import Foundation
import JarvisAPI
import JarvisCluster

/// What a storage holds.
struct StorageContentTool: ReadTool {
  let context: ToolContext
  let name = "storage_content"
  let summary = "The volumes of a storage, largest first: disks, backups, ISO images, templates."
  let inputSchema = ToolParameter.schema([
    .text("storage", "name of the storage", required: true), .text("node", "as this node sees it"),
    .choice("type", ["images", "rootdir", "backup", "iso", "vztmpl", "snippets"], "only this kind"),
  ])
  let typedName = "content"
  let typedArguments = ["storage", "type", "node"]

  /// Volumes told, at most.
  static let maximumVolumes = 500

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    let place = try StoragePlace.find(arguments["storage"]?.string ?? "", on: arguments["node"]?.string, in: picture)
    let volumes = try await context.read(
      .volumes(of: place.storage, on: place.node, content: arguments["type"]?.string)
    ).sorted { ($0.size ?? 0, $1.id) > ($1.size ?? 0, $0.id) }
    var table = TextTable(["volume", "kind", "size", "guest", "made"])
    for volume in volumes.prefix(Self.maximumVolumes) {
      table.add([
        volume.id, volume.content ?? "?", volume.size.map { ToolFormat.text(Usage(used: $0, total: 0)) } ?? "?",
        volume.vmid.map { "\($0)" } ?? "", context.format.clock(volume.made, now: context.now()),
      ])
    }
    let total = volumes.reduce(Int64(0)) { sum, volume in
      let (more, overflow) = sum.addingReportingOverflow(max(0, volume.size ?? 0))
      return overflow ? .max : more
    }
    return ToolReport(
      content: [
        "storage": .string(place.storage), "node": .string(place.node), "total_gib": ToolFormat.gib(total),
        "count": .int(volumes.count),
        "volumes": .array(volumes.prefix(Self.maximumVolumes).map { .object($0.toolFields(context.format)) }),
        "note": "volumes of guests that the token may not see are left out",
      ], summary: "\(CountWords.of(volumes.count, "volume")), \(ToolFormat.text(Usage(used: total, total: 0)))",
      text: volumes.isEmpty ? "nothing is told" : table.text)
  }
}

/// A storage and the node to ask about it.
struct StoragePlace: Sendable, Hashable {
  var storage: String
  var node: String

  /// The storage of this name, on the node named or the first that is there.
  static func find(
    _ query: String, on node: String?, in picture: ClusterSnapshot
  ) throws(UserFacingError) -> StoragePlace {
    let attempted = "find storage \"\(query)\""
    let named = picture.storages.filter { $0.name.lowercased() == query.lowercased() }
    guard let storage = named.first else {
      let names = Set(picture.storages.map(\.name)).sorted()
      throw UserFacingError(
        .usage, attempted: attempted, reason: "there is no such storage, or the token may not see it",
        advice: Suggestion.phrase(for: query, among: names) ?? "the storages are \(names.joined(separator: ", "))")
    }
    let online = Set(picture.nodes.filter { $0.status != .offline }.map(\.name))
    if let node {
      let found = try TargetFinder(picture: picture).node(node)
      return StoragePlace(storage: storage.name, node: found.name)
    }
    let there = named.first { online.contains($0.node) && $0.available } ?? named.first { online.contains($0.node) }
    guard let node = there?.node ?? (storage.shared ? online.sorted().first : nil) else {
      throw UserFacingError(
        .unreachable, attempted: attempted, reason: "no node that has it is online", advice: "see list_nodes")
    }
    return StoragePlace(storage: storage.name, node: node)
  }
}

extension StorageVolume {
  var made: Date? { createdAt.map { Date(timeIntervalSince1970: TimeInterval($0)) } }

  func toolFields(_ format: ToolFormat) -> [String: JSONValue] {
    [
      "volid": .string(id), "content": ToolFormat.json(content), "size_gib": size.map { ToolFormat.gib($0) } ?? .null,
      "vmid": vmid.map { .int($0) } ?? .null, "created": format.time(made), "protected": .bool(protected),
    ]
  }
}
