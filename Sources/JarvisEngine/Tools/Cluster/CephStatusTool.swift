import JarvisAPI
import JarvisCluster

/// Ceph's health, and the plain word where there is no Ceph.
struct CephStatusTool: ReadTool {
  let context: ToolContext
  let name = "ceph_status"
  let summary = "Ceph: health with its checks, OSDs, usage; says so where no Ceph is installed."
  let inputSchema = ToolParameter.schema()
  let typedName = "ceph"
  let typedArguments: [String] = []

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let status: [String: JSONValue]
    do throws(ProxmoxError) {
      status = try await context.cluster.read(.ceph())
    } catch {
      guard error.kind == .failed, Self.saysNone(error.reason) else { throw error.userFacing }
      return ToolReport(
        content: ["installed": false, "reason": .string(error.reason)], summary: "no Ceph here",
        text: "this cluster has no Ceph (\(error.reason))")
    }
    let health = status["health"]?["status"]?.string ?? "unknown"
    let checks = (status["health"]?["checks"]?.object ?? [:]).sorted { $0.key < $1.key }.map { name, check in
      "\(name): \(check["summary"]?["message"]?.string ?? check["severity"]?.string ?? "")"
    }
    let osds = status["osdmap"]?["osdmap"] ?? status["osdmap"]
    let usage = status["pgmap"]
    return ToolReport(
      content: [
        "installed": true, "health": .string(health), "checks": .array(checks.map { .string($0) }),
        "osds": [
          "total": osds?["num_osds"] ?? .null, "up": osds?["num_up_osds"] ?? .null, "in": osds?["num_in_osds"] ?? .null,
        ],
        "used_gib": usage?["bytes_used"]?.whole.map { ToolFormat.gib($0) } ?? .null,
        "total_gib": usage?["bytes_total"]?.whole.map { ToolFormat.gib($0) } ?? .null,
      ], summary: health, text: ([health] + checks).joined(separator: "\n"))
  }

  /// "binary not installed: /usr/bin/ceph-mon", "rados_conf_read_file failed - No such file".
  static func saysNone(_ reason: String) -> Bool {
    ["not installed", "not initialized", "No such file", "pveceph configuration not"].contains { reason.contains($0) }
  }
}
