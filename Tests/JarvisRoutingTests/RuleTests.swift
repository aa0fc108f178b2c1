import Foundation
import JarvisAPI
import JarvisCost
import JarvisRouting
import Testing

@Suite struct RuleTests {
  private func matches(_ pattern: String, _ text: String) -> Bool {
    RuleMatcher.matches(RoutingRule(kind: .pattern, pattern: pattern, choice: .qwen, createdAt: .distantPast), text)
  }

  @Test(
    "ROUTE-07 A pattern is about words, folded; a star stands for any",
    arguments: [
      ("backup report", "Write the BACKUP report now", true), ("backup report", "backup of the report", false),
      ("grosse", "die Größe", true), ("groß", "die Größe", false),
      ("größe", "die Größe", true), ("back*", "back", true), ("back*", "backup", false),
      ("what is *", "what is zfs", true), ("what is *", "and what is zfs", false), ("* pihole", "restart pihole", true),
      ("* pihole", "pihole restart", false), ("* pihole *", "the pihole is dead", true),
      ("a * b * c", "a x b y z c", true),
      ("a * b * c", "a x c y b", false), ("*", "anything", true), ("a * a", "a", false), ("a * a", "a a", true),
    ])
  func patterns(_ pattern: String, _ text: String, _ expected: Bool) {
    #expect(matches(pattern, text) == expected)
  }

  @Test("ROUTE-07 A rule for a tool is about tools, never about text")
  func tools() {
    let rule = RoutingRule(kind: .tool, pattern: "guest_status", choice: .qwen, createdAt: .distantPast)
    #expect(!RuleMatcher.matches(rule, "guest_status"))
    #expect(RuleMatcher.route(forTool: "guest_status", rules: [rule]) == rule)
    #expect(RuleMatcher.route(forTool: "guest_stop", rules: [rule]) == nil)
  }

  private let now = Date(timeIntervalSince1970: 0)

  private func parse(_ line: String) -> RuleCommand? {
    if case .success(let command) = RuleCommand.parse(line, now: now) { command } else { nil }
  }

  @Test("ROUTE-07 /route add, list, delete")
  func commands() {
    func rule(_ kind: RoutingRule.Kind, _ pattern: String, _ choice: RouteChoice) -> RuleCommand {
      .add(RoutingRule(kind: kind, pattern: pattern, choice: choice, createdAt: now))
    }
    #expect(parse("add backup report qwen") == rule(.pattern, "backup report", .qwen))
    #expect(parse("add \"what is *\" → @Claude") == rule(.pattern, "what is *", .claude))
    #expect(parse("add tool guest_status claude") == rule(.tool, "guest_status", .claude))
    #expect(parse("add tool=journal strong") == rule(.tool, "journal", .strong))
    #expect(parse("add how full * fast") == rule(.pattern, "how full *", .fast))
    #expect(parse("") == .list)
    #expect(parse("list") == .list)
    #expect(parse("delete #3") == .delete(3))
    for wrong in [
      "add", "add qwen", "add x", "add * qwen", "add tool t live", "add tool=t live", "add tool= qwen x", "delete",
      "delete x", "move 3", "add \" \" qwen",
    ] {
      #expect(parse(wrong) == nil, "\(wrong)")
    }
  }
}
