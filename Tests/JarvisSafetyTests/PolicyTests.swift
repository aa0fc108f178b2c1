import Foundation
import JarvisAPI
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct PolicyTests {
  private func parse(_ text: String) throws(PolicyError) -> Policy { try PolicyFile(path: "policy.yaml").parse(text) }

  @Test("FOUND-01 at start the policy makes a listed tool milder where the table lets it, and any tool stricter")
  func atStart() throws {
    let rules = SafetyRules(
      policy: try parse(
        "tools:\n  reboot_node: red\n  shutdown_guest: yellow\n  start_guest: red\n  list_guests: YELLOW\n"))
    #expect(rules.table.rule(for: "reboot_node").tier == .red)
    #expect(rules.table.rule(for: "shutdown_guest").tier == .yellow)
    #expect(rules.table.rule(for: "start_guest").tier == .red)
    #expect(rules.table.rule(for: "start_guest").rule.contains("line 4"))
    #expect(rules.table.rule(for: "list_guests").tier == .yellow)
    #expect(rules.table.rule(for: "stop_guest").tier == .red)
    #expect(rules.table.shortHash != TierTable.standard.shortHash)
    #expect(SafetyRules().table.shortHash == TierTable.standard.shortHash)
  }

  @Test("FOUND-01 nothing makes milder what cannot be recovered, nor a mutation GREEN")
  func never() {
    for tool in TierTable.standard.allTools {
      let rule = TierTable.standard.rule(for: tool)
      for tier in SafetyTier.allCases where tier < rule.mildest {
        #expect(throws: PolicyError.self, "\(tool) \(tier)") { try parse("tools: {\(tool): \(tier.rawValue)}") }
      }
      if rule.tier > .green { #expect(rule.mildest > .green) }
    }
    for tool in ["destroy_guest", "delete_backup", "wipe_disk", "modify_acl", "remove_node"] {
      #expect(TierTable.standard.rule(for: tool).mildest == .black)
    }
  }

  @Test("FOUND-01 while Jarvis runs the policy only tightens; what is milder waits for the next start")
  func whileRunning() throws {
    let rules = SafetyRules(policy: try parse("tools: {reboot_node: red}\nprotected: {guests: [1]}"))
    let told = rules.tighten(
      try parse("tools: {shutdown_guest: yellow, start_guest: black}\nprotected: {guests: [2, dns]}"))
    #expect(rules.table.rule(for: "shutdown_guest").tier == .red)
    #expect(rules.table.rule(for: "start_guest").tier == .black)
    #expect(rules.table.rule(for: "reboot_node").tier == .black)
    #expect(rules.protected.guests == [1, 2] && rules.protected.guestNames == ["dns"])
    #expect(told.changed.count == 3 && told.waiting.count == 2, "\(told)")
    let again = rules.tighten(Policy())
    #expect(again.changed.isEmpty)
    #expect(rules.table.rule(for: "start_guest").tier == .black)
  }

  @Test("FOUND-01 a raised tool is asked for or refused although the tool calls itself mild; a lowered one is as said")
  func atTheGate() async throws {
    let rules = SafetyRules(policy: try parse("tools: {list_guests: yellow, start_guest: black, reboot_guest: yellow}"))
    let fixture = try await GateFixture(rules: rules)
    let (card, task) = try await fixture.ask(call("list_guests"), target: assessment(.green))
    #expect(card.tier == .yellow)
    task.cancel()
    _ = await task.value
    #expect(await fixture.send(call("start_guest"), target: assessment(.yellow)).refusal?.kind == .black)
    let (mild, second) = try await fixture.ask(call("reboot_guest"), target: assessment(.red))
    #expect(mild.tier == .yellow && mild.consent == .yes)
    second.cancel()
    _ = await second.value
    // What a tool raises because of its arguments stays raised.
    #expect(await fixture.send(call("reboot_guest"), target: assessment(.black)).refusal?.kind == .black)
    try await fixture.store.close()
  }

  @Test(
    "FOUND-01 a malformed policy is an error with its line and what may have been meant",
    arguments: [
      ("tool:\n  start_guest: red", 1, "tools"), ("tools:\n  start_gust: red", 2, "start_guest"),
      ("tools:\n  start_guest: pink", 2, "red"), ("tools:\n  destroy_guest: red", 2, "only be raised"),
      ("tools:\n  reboot_node: yellow", 2, "RED"), ("tools:\n  - start_guest", 2, "configuration.md"),
      ("protected:\n  guest: [1]", 2, "guests"), ("protected:\n  guests: 1", 2, "[one, two]"),
      ("protected:\n  guests: [[1]]", 2, "names"), ("protected:\n  nodes:\n    - \"\"", 3, "names"),
      ("tools: [", 2, "YAML"), ("just words", 1, "configuration.md"),
      ("tools: {start_guest: red}\ntools: {start_guest: green}", 1, "once"),
    ])
  func malformed(_ text: String, _ line: Int, _ advice: String) throws {
    do throws(PolicyError) {
      let policy = try parse(text)
      Issue.record("taken as \(policy)")
    } catch {
      #expect(error.line == line, "\(error)")
      #expect((error.problem + " " + error.advice).contains(advice), "\(error)")
      #expect(error.userFacing.exitCode == 3 && error.userFacing.reason.hasPrefix("policy.yaml, line \(line): "))
    }
  }

  @Test("FOUND-01 no file changes nothing; one that others may write, or that is no text, is refused")
  func file() throws {
    let temporary = try TemporaryDirectory()
    let path = temporary.path + "/policy.yaml"
    #expect(try PolicyFile(path: path).load() == nil)
    try Data("tools:\n".utf8).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o644)
    #expect(try PolicyFile(path: path).load() == Policy())
    chmod(path, 0o664)
    #expect(throws: PolicyError.self) { try PolicyFile(path: path).load() }
    chmod(path, 0o600)
    try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: path))
    #expect(throws: PolicyError.self) { try PolicyFile(path: path).load() }
  }
}
