import Foundation
import JarvisAPI
import JarvisCluster
import JarvisStorage
import JarvisTestSupport
import JarvisTools
import Testing

@testable import JarvisSafety

/// One card for several guests.
@Suite struct BatchTests {
  @Test("FOUND-01 one card lists every target, each is re-read, each has its own result")
  func batch() async throws {
    let cluster = ScriptedCluster()
    cluster.change { $0.obey() }
    let fixture = try await ToolsFixture(cluster)
    let (outcome, card, _) = try await fixture.decide("reboot_guest", ["guests": ["pihole", "web-2", "102"]]) {
      .approve(hash: $0.callHash, typed: "2 guests")
    }
    #expect(card?.arguments == ["guests": ["102", "104"]])
    #expect(card?.target.contains("pihole (102) on agent") == true && card?.target.contains("web-2 (104)") == true)
    #expect(card?.consent == .typed("2 guests"))
    let content = try fixture.json(outcome)
    #expect(content["results"]?.array?.count == 2 && content["verified"] == true)
    #expect(cluster.world.actions == ["reboot 102", "reboot 104"])
    let assessment = try await fixture.tool("reboot_guest").assess(["guests": ["102", "104"]])
    #expect(assessment.targets.map(\.name) == ["pihole (102) on agent", "web-2 (104) on agent"])
    #expect(assessment.targets.allSatisfy { $0.state.hasPrefix("running") })
    try await fixture.store.close()
  }

  @Test("FOUND-01 a target that changes between card and key voids the whole card")
  func changed() async throws {
    let cluster = ScriptedCluster()
    let fixture = try await ToolsFixture(cluster)
    let (outcome, _, _) = try await fixture.decide(
      "stop_guest", ["guests": ["102", "104"]], { .approve(hash: $0.callHash, typed: "2 guests") },
      meanwhile: { cluster.change { $0.restart(104) } })
    #expect(outcome.isError && cluster.world.actions.isEmpty)
    try await fixture.store.close()
  }

  @Test("FOUND-01 a freeze between two targets ends the batch, and what was not begun is named")
  func freeze() async throws {
    let cluster = ScriptedCluster()
    cluster.change { $0.obey() }
    let context = ToolContext(cluster: cluster, now: { noon }, clock: SteppingClock(), timeZone: .gmt)
    let tool = try #require(StandardTools.all(context).first { $0.name == "shutdown_guest" })
    let frozen = SafePoint { GateRefusal(.frozen, tool: "shutdown_guest", reason: "the operator said so") }
    let arguments: JSONValue = ["guests": ["102", "104"]]
    let report = try await tool.run(arguments, as: try await tool.assess(arguments), passing: frozen)
    #expect(cluster.world.actions == ["shutdown 102"] && report.verified == false)
    #expect(report.content["not_begun"] == ["104"] && report.summary.contains("the operator said so"))
  }

  @Test("FOUND-01 one that fails does not hide the others, and one that cannot be done refuses the card")
  func partly() async throws {
    let cluster = ScriptedCluster()
    let fixture = try await ToolsFixture(cluster)
    #expect(await fixture.call("start_guest", ["guests": ["103", "102"]]).error?.reason == "it is running already")
    cluster.change { world in
      world.onAction = { world, _, vmid in if vmid == 102 { world.halt(102) } }
    }
    let (outcome, _, _) = try await fixture.decide("shutdown_guest", ["guests": ["102", "104"]]) {
      .approve(hash: $0.callHash, typed: "2 guests")
    }
    let results = try fixture.json(outcome)["results"]?.array
    #expect(results?.map { $0["verified"] } == [true, false] && outcome.isError)
    try await fixture.store.close()
  }

  @Test("FOUND-01 several words of a typed command are several guests")
  func typed() async throws {
    let fixture = try await ToolsFixture()
    let (tool, arguments) = try fixture.box.parseTyped("/reboot pihole web-2 104")
    #expect(tool == "reboot_guest" && arguments == ["guests": ["pihole", "web-2", "104"]])
    #expect(throws: UserFacingError.self) { try fixture.box.parseTyped("/reboot") }
    #expect(await fixture.call("reboot_guest").error?.kind == .usage)
    try await fixture.store.close()
  }
}
