import Foundation
import JarvisAPI
import Testing

@testable import JarvisCluster

@Suite("What the token may do")
struct RightsTests {
  private func rights(_ json: String) throws -> Permissions { try Permissions(Fixture.body(#"{"data":"# + json + "}")) }

  @Test("FOUND-03 rights reach down where they propagate, and no further")
  func paths() throws {
    let some = try rights(
      #"{"/":{"Sys.Audit":1,"VM.Audit":0},"/vms/100":{"VM.Audit":1},"/nodes":{"Sys.Audit":"1"},"/storage":{}}"#)
    #expect(some.allows("Sys.Audit", on: "/nodes/pve") && some.allows("Sys.Audit", on: "/"))
    #expect(some.allows("VM.Audit", on: "/") && !some.allows("VM.Audit", on: "/vms/101"), "not propagated")
    #expect(some.allows("VM.Audit", on: "/vms/100") && !some.allows("VM.PowerMgmt", on: "/vms/100"))
    #expect(!some.allows("Sys.Audit", on: "/storage/local"), "a nearer path decides")
    #expect(some.allowsSomewhere("VM.Audit", below: "/vms") && !some.allowsSomewhere("VM.Audit", below: "/nodes"))
  }

  @Test("FOUND-03 the report says what is blind without which right")
  func report() throws {
    let report = RightsReport(
      try rights(#"{"/vms/100":{"VM.Audit":1,"VM.PowerMgmt":1},"/nodes":{"Sys.Audit":1}}"#), tokenID: "a@b!c")
    #expect(report.missingForReading.count == 5 && !report.nothingGranted)
    #expect(report.lockedTools.contains { $0.hasPrefix("no right: VM.PowerMgmt /vms (partly) – start_guest, ") })
    #expect(report.unusableTools.contains("backup_guest") && report.unusableTools.contains("list_storage"))
    for tool in ["start_guest", "list_guests", "list_backups", "node_updates", "journal"] {
      #expect(report.unusableTools.contains(tool) == (tool == "list_backups"), "\(tool)")
    }
    #expect(report.blindness.contains("no right: VM.Audit /vms (partly) – guests, their state and configuration"))
    #expect(
      report.blindness.contains {
        $0.hasPrefix("no right: Sys.Audit / – quorum") || $0.contains("Sys.Audit / (partly)")
      })
    #expect(RightsReport(try rights("{}"), tokenID: "a@b!c").nothingGranted)
    let names = Set(RightsTable.rows.flatMap(\.privileges)).map { "\"\($0)\":1" }.joined(separator: ",")
    let all = RightsReport(try rights("{\"/\":{\(names)}}"), tokenID: "a@b!c")
    #expect(all.missing.isEmpty && all.unusableTools.isEmpty && all.lockedTools.isEmpty)
    let old = try rights(#"{"/":{"VM.Monitor":1}}"#)
    #expect(RightsReport(old, tokenID: "a@b!c", version: "8.4.1").missing.allSatisfy { $0.privilege != "VM.Monitor" })
    #expect(
      RightsReport(try rights("{}"), tokenID: "a@b!c", version: "8.4.1").blindness.contains {
        $0.hasPrefix("no right: VM.Monitor /vms")
      })
  }

  @Test("FOUND-03 the recipe grants in three steps, and all of it is what the table needs")
  func recipe() {
    let steps = TokenRecipe.steps()
    #expect(steps.count == 3)
    #expect(steps[0].commands.contains { $0.contains("--roles PVEAuditor") && $0.contains("jarvis@pve!console") })
    for (step, grade) in zip(steps, RightsTable.Grade.allCases) {
      let text = step.commands.joined(separator: "\n")
      let beyond = RightsTable.rows.filter { $0.grade > grade }.map { $0.privileges[0] }
        .filter { name in !RightsTable.rows.contains { $0.grade <= grade && $0.privileges[0] == name } }
      for name in beyond { #expect(!text.contains(name), "\(name) belongs to a later step than \(step.title)") }
    }
    for count in 1...steps.count {
      let granted = granted(by: steps.prefix(count).flatMap(\.commands))
      for row in RightsTable.rows where row.grade.rawValue < count {
        #expect(
          granted(row.path).contains(row.privileges[0]), "\(row.privileges[0]) on \(row.path) after step \(count)")
      }
    }
    let old = TokenRecipe.steps(version: "8.4.1").flatMap(\.commands).joined()
    #expect(old.contains("VM.Monitor") && !old.contains("VM.GuestAgent"))
  }

  /// What commands grant on a path, as Proxmox VE has it: roles of one path add up, and replace what came from above.
  private func granted(by commands: [String]) -> (String) -> Set<String> {
    var roles: [String: Set<String>] = ["PVEAuditor": ["Sys.Audit", "VM.Audit", "Datastore.Audit"]]
    var given: [String: Set<String>] = [:]
    for command in commands {
      let words = command.split(separator: " ").map(String.init)
      if command.hasPrefix("pveum role add") {
        roles[words[3]] = Set(words[5].split(separator: ",").map(String.init))
      } else if command.hasPrefix("pveum acl modify"), let last = words.last {
        for role in last.split(separator: ",").map(String.init) {
          #expect(roles[role] != nil, "\(role) is given before it is made")
          given[words[3], default: []].formUnion(roles[role] ?? [])
        }
      }
    }
    return { [given] path in given[path] ?? given["/"] ?? [] }
  }

  @Test(
    "TEST-04 each privilege of the table is what the schema asks for the calls beside it",
    .enabled(if: TestData.has("api-9.2.11.json")), arguments: ["api-9.2.11.json", "api-8.4.0.json"])
  func schema(file: String) throws {
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: TestData.file(file))) as? [[String: Any]])
    var permissions: [String: String] = [:]
    for row in rows {
      guard let method = row["method"] as? String, let path = row["path"] as? String else { continue }
      permissions["\(method) \(path)"] = row["permissions"].map { "\($0)" } ?? ""
    }
    for row in RightsTable.rows {
      #expect(!row.calls.isEmpty)
      for call in row.calls {
        guard let asked = permissions[call] else {
          Issue.record("\(file) has no \(call)")
          continue
        }
        let names = file.contains("8.4") ? row.privileges(on: "8.4.0") : row.privileges
        #expect(names.contains { asked.contains($0) }, "\(file): \(call) asks \(asked), not \(names)")
      }
    }
  }

  @Test("FOUND-03 withheld is never zero, and only said where rights are known")
  func withheld() throws {
    let row = #"{"type":"node","node":"pve","status":"online"}"#
    var blind = Fixture.picture()
    _ = blind.apply(.resources(try Fixture.resources(row), via: "pve"), at: Fixture.start)
    #expect(blind.snapshot.nodes[0].cpu == .unknown && blind.snapshot.blindSpots.isEmpty)
    _ = blind.apply(.rights(try rights(#"{"/vms":{"VM.Audit":1}}"#)), at: Fixture.start)
    _ = blind.apply(.resources(try Fixture.resources(row), via: "pve"), at: Fixture.start)
    #expect(blind.snapshot.nodes[0].disk == .withheld(right: "Sys.Audit /nodes/pve"))
    #expect(blind.snapshot.blindSpots.contains { $0.hasPrefix("no right: Sys.Audit /nodes") })
  }
}
