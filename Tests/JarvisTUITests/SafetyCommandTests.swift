import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

@testable import JarvisTUI

@Suite("The safety commands")
struct SafetyCommandTests {
  @Test(
    "FOUND-08 a length of time is taken with its unit only",
    arguments: [
      ("90s", 90.0), ("30m", 1_800), ("2h", 7_200), ("1h30m", 5_400), ("1D", 86_400), ("365d", 31_536_000), ("", nil),
      ("90", nil), ("0s", nil), ("h", nil), ("-1h", nil), ("1.5h", nil), ("366d", nil), ("2h ", nil), ("1h30", nil),
      ("99999999999999999999s", nil), ("٣h", nil),
    ] as [(String, Double?)])
  func durations(_ text: String, _ seconds: Double?) {
    #expect(DurationArgument(argument: text)?.seconds == seconds)
  }

  @Test("FOUND-08 only a kill switch that is not there counts as none; one that cannot be looked at may be on")
  func record() throws {
    func files(_ path: String) -> SafetyFiles { SafetyFiles(directory: DataDirectory(path: path), isThrowAway: true) }
    let folder = try TemporaryDirectory()
    #expect(!files(folder.path).hasFreezeRecord && !files(folder.path + "/none").hasFreezeRecord)
    // Beneath a file nothing can be looked at, whoever asks; a folder that may not be entered is the like for others.
    try Data("x".utf8).write(to: URL(filePath: folder.path + "/file"))
    let beneath = files(folder.path + "/file/data")
    #expect(beneath.hasFreezeRecord)
    #expect(throws: UserFacingError.self) { try beneath.freezeFile() }
  }

  @Test("FOUND-08 maintenance takes --for or --end, list takes neither")
  func usage() {
    for good in [["pve", "--for", "2h"], ["pve", "--end"], ["list"], ["list", "--json"]] {
      #expect(throws: Never.self) { try MaintenanceCommand.parse(good) }
    }
    for bad in [
      ["pve"], ["pve", "--for", "2h", "--end"], ["list", "--end"], ["pve", "--for", "31d"], ["--for", "2h"],
    ] {
      #expect(throws: (any Error).self) { try MaintenanceCommand.parse(bad) }
    }
    #expect(throws: (any Error).self) { try FreezeCommand.parse([]) }
    #expect(throws: Never.self) { try FreezeCommand.parse(["--reason", "storm", "--for", "2h"]) }
    for empty in ["", "  ", "\t\n"] {
      #expect(throws: (any Error).self) { try FreezeCommand.parse(["--reason", empty]) }
    }
  }

  @Test("FOUND-01 approvals tell what became of each question")
  func approvals() {
    func question(_ outcome: ActionRecord.Result?, expires: Date) -> ApprovalReport {
      let record = ActionRecord(
        tool: "stop_guest", arguments: "{}", callHash: "h", caller: .model, why: "", conversation: nil, tier: .red,
        rule: "r", target: "pihole\u{1B}[31m", startedAt: Date(timeIntervalSince1970: 0), result: outcome ?? .running)
      let body = #"{"expires_at":\#(Int(expires.timeIntervalSince1970 * 1_000)),"plan":["POST x"],"undo":"/start"}"#
      let row = AuditRow(
        number: 7, at: 0, kind: .asked, refersTo: nil, body: body, bodyHash: "", previous: "", hash: "")
      return ApprovalReport(
        AuditLog.Question(row: row, call: record, outcome: outcome == nil ? nil : record),
        now: Date(timeIntervalSince1970: 100))
    }
    #expect(question(nil, expires: Date(timeIntervalSince1970: 200)).state == "waiting")
    #expect(question(nil, expires: Date(timeIntervalSince1970: 50)).state == "expired")
    #expect(question(.refused, expires: Date(timeIntervalSince1970: 200)).state == "refused")
    let done = question(.succeeded, expires: Date(timeIntervalSince1970: 200))
    #expect(done.state == "succeeded" && done.plan == ["POST x"] && done.undo == "/start")
    #expect(!done.line.contains("\u{1B}"))
  }

  @Test("FOUND-08 a freeze says which one it took the place of, and that it ends sooner")
  func replacedFreeze() {
    let start = Date(timeIntervalSince1970: 0)
    let standing = Freeze(reason: "storage work", since: start, by: "screen")
    let short = FreezeReport(
      Freeze(reason: "test", since: start, until: start + 60, by: "command line"), replaced: standing
    ).text
    #expect(short.contains("takes the place of the freeze until `jarvis-tui unfreeze`: storage work"))
    #expect(short.contains("ends sooner"))
    let long = FreezeReport(standing, replaced: Freeze(reason: "x", since: start, until: start + 60, by: "screen")).text
    #expect(long.contains("takes the place") && !long.contains("ends sooner"))
    #expect(!FreezeReport(standing).text.contains("takes the place"))
  }

  @Test(
    "DOCK-02 a data directory that can never be is told, and one that can come is left unmade",
    arguments: ["/proc/x", "/proc/x/y", "", "relative", "/dev/null", "/dev/null/x"])
  func unusableData(_ path: String) {
    #expect(throws: StorageError.self) { try DataDirectory(path: path).requireUsable() }
  }

  @Test("DOCK-02 a data directory that can come is left unmade")
  func usableData() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try DataDirectory(path: folder.path + "/a/b").requireUsable()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("FOUND-02 an argument that is not UTF-8 is neither judged nor run")
  func repaired() throws {
    #expect(throws: Never.self) { try TypedText.requireUnrepaired(["ls", "ä"], attempted: "x") }
    let broken = String(decoding: [0x6C, 0x73, 0x20, 0xFF], as: UTF8.self)
    let error = #expect(throws: UserFacingError.self) {
      try TypedText.requireUnrepaired(["ls", broken], attempted: "x")
    }
    #expect(error?.exitCode == 2)
  }

  @Test("FOUND-04 without a cluster there is no home to confirm: exit 3")
  func noCluster() {
    let error = #expect(throws: UserFacingError.self) { try InitCommand.requireCluster(Configuration()) }
    #expect(error?.exitCode == 3)
  }
}
