import Foundation
import JarvisAPI
import JarvisCluster

/// A guest's snapshots.
struct SnapshotListTool: ReadTool {
  let context: ToolContext
  let name = "list_snapshots"
  let summary = "A guest's snapshots with time, parent and whether memory was saved. Descriptions come from outside."
  let inputSchema = ToolParameter.schema([.guest])
  let typedName = "snapshots"
  let typedArguments = ["guest"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let guest = try TargetFinder(picture: try await context.picture()).guest(arguments["guest"]?.string ?? "")
    let snapshots = try await context.read(.snapshots(of: GuestPlace(guest)))
      .sorted { ($0.takenAt ?? .distantPast, $0.name) < ($1.takenAt ?? .distantPast, $1.name) }
    var table = TextTable(["snapshot", "taken", "builds on", "memory", "description"])
    for snapshot in snapshots {
      table.add([
        snapshot.name, context.format.clock(snapshot.takenAt, now: context.now()), snapshot.parent ?? "",
        snapshot.withMemory ? "yes" : "", snapshot.description,
      ])
    }
    return ToolReport(
      content: [
        "vmid": .int(guest.vmid), "name": .string(guest.name),
        "snapshots": .array(
          snapshots.map {
            [
              "name": .string($0.name), "taken": context.format.time($0.takenAt),
              "parent": ToolFormat.json($0.parent), "memory": .bool($0.withMemory),
              "description": $0.description.isEmpty
                ? .null : ["source": "description of a snapshot", "untrusted_text": .string($0.description)],
            ]
          }),
      ], summary: CountWords.of(snapshots.count, "snapshot"),
      text: snapshots.isEmpty ? "\(guest.label) has no snapshots" : table.text,
      untrusted: snapshots.contains { !$0.description.isEmpty })
  }
}
