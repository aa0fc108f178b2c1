import Foundation
import JarvisAPI
import JarvisMemory
import JarvisSafety
import Testing

@testable import JarvisTUI

@Suite("The keys of --json")
struct JSONKeyTests {
  /// The keys of an encoded value, those whose value is null too.
  private func keys(_ value: some Encodable) throws -> Set<String> {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let object = try JSONSerialization.jsonObject(with: encoder.encode(value)) as? [String: Any]
    return Set((object ?? [:]).keys)
  }

  @Test("DOCK-02 a key is there whether or not it has a value")
  func nulls() throws {
    let silent = ChatMessage(conversation: ConversationID(rawValue: "c"), role: .assistant, text: "", at: .distantPast)
    #expect(
      try keys(AskReport(silent, simulated: false)) == [
        "text", "state", "route", "model", "reason", "cost_micro_usd", "estimated", "simulated", "tokens_in",
        "tokens_out", "tools", "at",
      ])
    #expect(try keys(FreezeReport(nil)) == ["frozen", "lifted", "reason", "replaced", "since", "until"])
    #expect(
      try keys(
        ExecOutcome(
          node: "pve", command: "ls", output: "", errors: "", exitCode: nil, signal: nil, truncated: false,
          tier: "GREEN", simulated: false)) == [
          "node", "command", "output", "errors", "exit_code", "signal", "truncated", "tier", "simulated",
        ])
    #expect(try keys(StatusReport(ClusterSnapshot())).contains("version"))
    let guest = Guest(vmid: 1, name: "a", kind: .lxc, node: "pve", status: .running, seenAt: .distantPast)
    let status = StatusReport(ClusterSnapshot(guests: [guest]))
    #expect(try keys(status.guests[0]).isSuperset(of: ["lock", "cpu", "memory_used", "uptime"]))
    #expect(try keys(AuditReport.Fault(row: nil, problem: "p")) == ["row", "problem"])
    let tool = AskReport.Tool(tool: "t", summary: "", tier: "GREEN", state: "cancelled", detail: nil)
    #expect(try keys(tool).contains("detail"))
  }

  @Test("DOCK-02 a storage is told in the unit that reads best, as on the screen")
  func units() {
    let storage = Storage(
      name: "tank", node: "pve", shared: true, usage: .known(Usage(used: 9 << 40, total: 10 << 40)),
      seenAt: .distantPast)
    let text = StatusText.lines(ClusterSnapshot(storages: [storage]), zone: .gmt).joined(separator: "\n")
    #expect(text.contains("9.0 of 10.0 TiB (90 %)"))
  }
}
