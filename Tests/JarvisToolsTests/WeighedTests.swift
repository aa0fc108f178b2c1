import JarvisAPI
import JarvisCluster
import JarvisSafety
import JarvisStorage
import JarvisTools
import Testing

/// What is sent is what was consented to: nothing may change between the last look of the gate and the call itself.
@Suite struct WeighedTests {
  private static let change: JSONValue = ["guest": "102", "changes": ["memory": 1024]]
  /// Looks at the configuration for one preparation: one for the notes on the card, one for the settings.
  private static let readsPerLook = 2

  private func fixture() async throws -> ToolsFixture {
    let cluster = ScriptedCluster()
    cluster.change {
      $0.config = ["memory": 512, "digest": "0a"]
      $0.onChange = { world, line in
        if line.contains("/snapshot ") {
          world.config["digest"] = "0b"
          world.config["parent"] = "jarvis-1"
          let name = line.split(separator: "=")[1].split(separator: " ")[0]
          world.answers["/nodes/agent/lxc/102/snapshot"] = .success(#"{"data":[{"name":"\#(name)","snaptime":1}]}"#)
        } else {
          world.config["memory"] = 1024
          world.config["digest"] = "0c"
        }
      }
      $0.answers["/nodes/agent/lxc/102/snapshot"] = .success(#"{"data":[]}"#)
    }
    return try await ToolsFixture(cluster)
  }

  @Test("FOUND-01 the digest that is sent is that of the configuration on the card")
  func sent() async throws {
    let fixture = try await fixture()
    let (outcome, _, _) = try await fixture.decide("set_guest_config", Self.change) {
      .approve(hash: $0.callHash, typed: nil)
    }
    #expect(!outcome.isError, "\(outcome.content)")
    #expect(fixture.cluster.world.actions == ["PUT /nodes/agent/lxc/102/config memory=1024 digest=0a"])
    try await fixture.store.close()
  }

  @Test("FOUND-01 a configuration changed after the gate's last look is not written over: nothing is sent")
  func changedAtTheLastMoment() async throws {
    let fixture = try await fixture()
    // Card and second look have read it; the next reading is that of the call itself.
    fixture.cluster.change {
      $0.onConfigRead = { world, count in
        if count > 2 * Self.readsPerLook { world.config["digest"] = "ff" }
      }
    }
    let (outcome, card, _) = try await fixture.decide("set_guest_config", Self.change) {
      .approve(hash: $0.callHash, typed: nil)
    }
    #expect(card != nil && outcome.isError && outcome.content.contains("has changed since"), "\(outcome.content)")
    #expect(fixture.cluster.world.actions.isEmpty)
    try await fixture.store.close()
  }

  @Test("FOUND-01 a configuration changed between card and key voids the card")
  func changedMeanwhile() async throws {
    let fixture = try await fixture()
    let cluster = fixture.cluster
    let (outcome, card, _) = try await fixture.decide("set_guest_config", Self.change) {
      .approve(hash: $0.callHash, typed: nil)
    } meanwhile: {
      cluster.change { $0.config["digest"] = "ff" }
    }
    #expect(outcome.isError && cluster.world.actions.isEmpty)
    let state = await fixture.gate.approvals.first { $0.id == card?.id }?.state
    guard case .void = state else {
      Issue.record("\(String(describing: state))")
      return
    }
    try await fixture.store.close()
  }

  @Test("FOUND-01 the snapshot of the card may change the digest, and nothing else")
  func afterSnapshot() async throws {
    let fixture = try await fixture()
    let (outcome, _, _) = try await fixture.decide("set_guest_config", Self.change) {
      .approveWithSnapshot(hash: $0.callHash, typed: nil)
    }
    #expect(!outcome.isError, "\(outcome.content)")
    #expect(fixture.cluster.world.actions.last == "PUT /nodes/agent/lxc/102/config memory=1024 digest=0b")
    try await fixture.store.close()

    let other = try await self.fixture()
    let change = other.cluster.world.onChange
    other.cluster.change {
      $0.onChange = { world, line in
        change(&world, line)
        if line.contains("/snapshot ") { world.config["cores"] = 8 }
      }
    }
    let (refused, _, _) = try await other.decide("set_guest_config", Self.change) {
      .approveWithSnapshot(hash: $0.callHash, typed: nil)
    }
    #expect(refused.isError && refused.content.contains("has changed since"), "\(refused.content)")
    #expect(other.cluster.world.actions.allSatisfy { !$0.hasPrefix("PUT") })
    try await other.store.close()
  }

  @Test("FOUND-01 in a batch each target is looked at again before its own turn")
  func batch() async throws {
    let cluster = ScriptedCluster()
    cluster.change {
      $0.obey()
      let obey = $0.onAction
      $0.onAction = { world, action, vmid in
        obey(&world, action, vmid)
        // While the first is shut down, somebody restarts the second.
        if vmid == 102 { world.restart(104) }
      }
    }
    let fixture = try await ToolsFixture(cluster)
    let (outcome, _, _) = try await fixture.decide("shutdown_guest", ["guests": ["102", "104"]]) { card in
      guard case .typed(let word) = card.consent else { return .refuse(reason: "no word") }
      return .approve(hash: card.callHash, typed: word)
    }
    #expect(cluster.world.actions == ["shutdown 102"], "\(cluster.world.actions)")
    #expect(outcome.isError && outcome.content.contains("no longer as it was shown"), "\(outcome.content)")
    try await fixture.store.close()
  }
}
