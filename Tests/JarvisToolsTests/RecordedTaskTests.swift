import Foundation
import JarvisAPI
import JarvisCluster
import JarvisStorage
import JarvisTools
import Testing

/// The ends of real tasks, as Proxmox VE 9.2.11 told them.
@Suite struct RecordedTaskTests {
  static let path: String = {
    let folder =
      ProcessInfo.processInfo.environment["JARVIS_TEST_DATA"]
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data").path
    return folder + "/pve/recorded-9.2.11.jsonl"
  }()

  /// Exit statuses of recorded power tasks.
  static func exitStatuses() throws -> Set<String> {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var found: Set<String> = []
    for line in text.split(separator: "\n") {
      let row = try JSONValue(parsing: String(line))
      guard row["name"]?.string?.hasSuffix("-status-final") == true, let body = row["body"]?.string,
        let data = try JSONValue(parsing: body)["data"], let status = data["exitstatus"]?.string,
        let type = data["type"]?.string, type.hasPrefix("qm") || type.hasPrefix("vz")
      else { continue }
      found.insert(status)
    }
    return found
  }

  @Test(
    "TEST-10 every recorded end of a task that is not OK is told in its own words, and never verified",
    .enabled(if: FileManager.default.fileExists(atPath: path), "skipped: no data"))
  func exits() async throws {
    let statuses = try Self.exitStatuses()
    #expect(statuses.contains("OK") && statuses.contains("VM is locked (backup)") && statuses.count > 5)
    for status in statuses.sorted() {
      let cluster = ScriptedCluster()
      cluster.change {
        $0.obey()
        $0.outcome = .success(status == "OK" ? .ok : .failed(status))
      }
      let fixture = try await ToolsFixture(cluster)
      let (outcome, _, _) = try await fixture.approve("start_guest", "103")
      let content = try fixture.json(outcome)
      #expect(content["verified"] == .bool(status == "OK") && outcome.isError == (status != "OK"))
      #expect(content["task_status"]?.string == status)
      try await fixture.store.close()
    }
  }
}
