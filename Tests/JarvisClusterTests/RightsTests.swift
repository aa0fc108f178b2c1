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
    #expect(report.missing.count == 4 && !report.nothingGranted)
    #expect(report.blindness.contains("no right: VM.Audit /vms (partly) – guests, their state and configuration"))
    #expect(
      report.blindness.contains {
        $0.hasPrefix("no right: Sys.Audit / – quorum") || $0.contains("Sys.Audit / (partly)")
      })
    #expect(RightsReport(try rights("{}"), tokenID: "a@b!c").nothingGranted)
    let all = try rights(#"{"/":{"Sys.Audit":1,"VM.Audit":1,"Datastore.Audit":1,"VM.PowerMgmt":1}}"#)
    #expect(RightsReport(all, tokenID: "a@b!c").missing.isEmpty)
    #expect(RightsReport.recipe().contains { $0.contains("--roles PVEAuditor") && $0.contains("jarvis@pve!console") })
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
