import JarvisAPI
import JarvisCluster

/// A node's disks and what SMART says of them.
struct DiskHealthTool: ReadTool {
  let context: ToolContext
  let name = "disk_health"
  let summary = "A node's disks with model, size, SMART health, wear, temperature and the counters that warn early."
  let inputSchema = ToolParameter.schema([.node])
  let typedName = "disks"
  let typedArguments = ["node"]

  /// Disks whose SMART values are read, at most.
  static let maximumDisks = 32

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let node = try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "").name
    var disks: [DiskFacts]
    var source = "api"
    var notes: [String] = []
    do throws(ProxmoxError) {
      disks = try await context.cluster.read(.disks(on: node)).map(DiskFacts.init)
    } catch {
      guard case .forbidden = error.kind, context.shell != nil else { throw error.userFacing }
      source = "ssh"
      disks = try await DiskShell(context: context, node: node).disks()
    }
    for index in disks.indices.prefix(Self.maximumDisks) where source == "api" {
      do throws(UserFacingError) {
        disks[index].take(smart: try await smart(of: disks[index].device, on: node))
      } catch {
        notes.append("\(disks[index].device): \(error.reason)")
      }
    }
    return report(node, disks.sorted { $0.device < $1.device }, source, notes)
  }

  private func smart(of device: String, on node: String) async throws(UserFacingError) -> SmartFacts {
    do throws(ProxmoxError) {
      return SmartFacts(api: try await context.cluster.read(.smart(of: device, on: node)))
    } catch {
      guard case .forbidden = error.kind, context.shell != nil else { throw error.userFacing }
      return try await DiskShell(context: context, node: node).smart(of: device)
    }
  }

  private func report(_ node: String, _ disks: [DiskFacts], _ source: String, _ notes: [String]) -> ToolReport {
    let bad = disks.filter(\.isBad).map(\.device)
    var table = TextTable(["disk", "model", "type", "size", "health", "wear", "°C", "warnings"])
    for disk in disks {
      table.add([
        disk.device, disk.model, disk.kind, disk.size.map { ToolFormat.text(Usage(used: $0, total: 0)) } ?? "?",
        disk.health ?? "?", disk.wear.map { "\($0) %" } ?? "", disk.celsius.map { "\($0)" } ?? "",
        disk.warnings.joined(separator: ", "),
      ])
    }
    return ToolReport(
      content: [
        "node": .string(node), "source": .string(source), "bad": .array(bad.map { .string($0) }),
        "disks": .array(disks.map(\.json)), "notes": .array(notes.map { .string($0) }),
      ],
      summary: disks.isEmpty
        ? "no disks are told"
        : bad.isEmpty
          ? "\(CountWords.of(disks.count, "disk")), none reports trouble" : "look at \(bad.joined(separator: ", "))",
      text: ([disks.isEmpty ? "no disks are told" : table.text] + notes).joined(separator: "\n"))
  }
}
