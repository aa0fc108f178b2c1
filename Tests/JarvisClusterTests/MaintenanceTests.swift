import Foundation
import JarvisAPI
import Testing

@testable import JarvisCluster

@Suite("Maintenance of nodes by HA")
struct MaintenanceTests {
  private func manager(_ json: String) throws -> HAManagerStatus {
    try HAManagerStatus(Fixture.body(#"{"data":"# + json + "}"))
  }

  @Test("FOUND-07 a node is in maintenance by the manager's word or its own; anything else is none")
  func read() throws {
    let status = try manager(
      #"{"manager_status":{"node_status":{"a":"online","b":"maintenance","c":"gone"}},"lrm_status":{"a":{"mode":"maintenance"},"d":{"mode":"active"}}}"#
    )
    #expect(status.inMaintenance == ["a", "b"] && status.nodes["c"] == "gone")
    #expect(try manager("{}").inMaintenance.isEmpty, "a cluster without HA")
    #expect(try manager(#"{"manager_status":{"node_status":{"a":null}}}"#).nodes == ["a": "unknown"])
  }

  @Test("TEST-10 the recorded answer of a real cluster is read", .enabled(if: TestData.has("recorded-9.2.11.jsonl")))
  func recorded() throws {
    let row = try Recording.named("GET/cluster/ha/status/manager_status")
    let status = try HAManagerStatus(Fixture.body(row.body))
    #expect(status.nodes == ["agent": "online", "backup": "online", "home": "online", "pve": "online"])
    #expect(status.inMaintenance.isEmpty)
  }

  @Test("FOUND-07 the picture tells it, forgets it where nobody may know, and an offline node in it is no alarm")
  func picture() throws {
    var picture = Fixture.picture()
    func rows(_ status: String) throws -> LivePicture.News {
      .resources(try Fixture.resources(#"{"type":"node","node":"pve","status":"\#(status)"}"#), via: "pve")
    }
    _ = picture.apply(try rows("online"), at: Fixture.start)
    #expect(picture.snapshot.nodes[0].maintenance == .unknown)
    #expect(picture.apply(.maintenance([]), at: Fixture.start).isEmpty, "what was not known before is no news")
    let begun = picture.apply(.maintenance(["pve"]), at: Fixture.start)
    #expect(begun.map(\.text) == ["HA put node pve in maintenance"])
    _ = picture.apply(try rows("online"), at: Fixture.start)
    #expect(picture.snapshot.nodes[0].maintenance == .known(true), "the next picture keeps it")
    let gone = picture.apply(try rows("offline"), at: Fixture.start)
    #expect(gone.map(\.severity) == [.information] && gone[0].text.contains("in maintenance"))
    #expect(picture.apply(.maintenance([]), at: Fixture.start).map(\.text) == ["HA ended the maintenance of node pve"])
    _ = picture.apply(.maintenance(nil), at: Fixture.start)
    #expect(picture.snapshot.nodes[0].maintenance == .unknown)
  }
}
