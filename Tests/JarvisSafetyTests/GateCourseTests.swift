import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisSafety

/// The decision itself, as a pure function: every tool × every caller × kill switch × level × what a runbook's file says.
@Suite struct GateCourseTests {
  enum KillSwitchState: String, CaseIterable {
    case off, on, unreadable
    var freeze: Freeze? {
      switch self {
      case .off: nil
      case .on: Freeze(reason: "storm", since: noon, by: "screen")
      case .unreadable: Freeze(reason: "garbled", since: noon, by: "Jarvis", unreadable: true)
      }
    }
  }

  static let tools = TierTable.standard.allTools + ["no_such_tool", ""]

  @Test(
    "TEST-02 FOUND-01 FOUND-08 every tool × every caller × kill switch × level: what runs, what is asked, what is refused",
    arguments: tools, Caller.allCases)
  func matrix(tool: String, caller: Caller) {
    let rule = TierTable.standard.rule(for: tool)
    for state in KillSwitchState.allCases {
      for level in AutonomyLevel.allCases {
        for (autonomy, enabled) in RunbookAutonomy.allCases.flatMap({ [($0, true), ($0, false)] }) {
          var call = GatedCall(tool: tool, arguments: ["guest": "102"], caller: caller, why: "test")
          call.runbook = .init(runbook: "book", autonomy: autonomy, enabled: enabled)
          var situation = GateSituation()
          situation.freeze = state.freeze
          situation.level = level
          situation.keyHolder = true
          let course = GateCourse.of(
            call, tier: rule.tier, rule: rule.rule, alternative: rule.alternative, in: situation)
          let expected = Self.expected(rule.tier, caller, state, level, autonomy, enabled)
          #expect(course.word == expected, "\(tool) \(caller) \(state) \(level) \(autonomy) \(enabled)")
        }
      }
    }
  }

  /// The rules of safety.md and requirements.md, written down once more and in another way.
  private static func expected(
    _ tier: SafetyTier, _ caller: Caller, _ state: KillSwitchState, _ level: AutonomyLevel,
    _ autonomy: RunbookAutonomy, _ enabled: Bool
  ) -> String {
    if tier == .green { return "run" }
    if tier == .black { return "black" }
    if state != .off { return "frozen" }
    guard caller == .runbook else { return "ask" }
    let mayAct = autonomy == .act && enabled && [.act, .quiet].contains(level)
    if mayAct && tier == .yellow { return "run" }
    let mayAsk = [.ask, .act].contains(autonomy) && [.recommend, .act, .quiet].contains(level)
    return mayAsk ? "ask" : "notAutonomous"
  }

  @Test(
    "FOUND-01 read-only, no quorum, an unknown home and nobody to ask each refuse, in this order and with the reason")
  func obstacles() {
    func word(_ change: (inout GateSituation) -> Void, by caller: Caller = .model, tier: SafetyTier = .yellow) -> String
    {
      var situation = GateSituation()
      situation.keyHolder = true
      change(&situation)
      return GateCourse.of(call("start_guest", by: caller), tier: tier, rule: "r", in: situation).word
    }
    for caller in Caller.allCases {
      #expect(word({ $0.readOnly = true }, by: caller) == "readOnly")
      #expect(word({ $0.quorate = false }, by: caller) == "noQuorum")
      #expect(word({ $0.quorate = false }, by: caller, tier: .green) == "run")
      #expect(word({ $0.readOnly = true }, by: caller, tier: .green) == "run")
      #expect(word({ $0.knowsHome = false }, by: caller) == (caller == .runbook ? "homeUnknown" : "ask"))
      // The proposal of a runbook waits for somebody to come.
      #expect(word({ $0.keyHolder = false }, by: caller) == (caller == .runbook ? "ask" : "nobodyToAsk"))
    }
    #expect(word { $0.quorate = nil } == "ask")
    #expect(word { $0.quorate = true } == "ask")
    #expect(word({ ($0.readOnly, $0.quorate) = (true, false) }) == "readOnly")
  }

  @Test("FOUND-01 an allowance lets YELLOW through, but nothing that read untrusted text, acts by itself or is RED")
  func allowances() {
    var situation = GateSituation()
    situation.keyHolder = true
    situation.allowance = AllowanceID(rawValue: 7)
    var start = call("start_guest")
    #expect(GateCourse.of(start, tier: .yellow, rule: "r", in: situation) == .run(authority: "allowance 7"))
    #expect(GateCourse.of(start, tier: .red, rule: "r", in: situation) == .ask)
    start.untrustedRead = true
    #expect(GateCourse.of(start, tier: .yellow, rule: "r", in: situation) == .ask)
    start.untrustedRead = false
    start.isAutonomous = true
    #expect(GateCourse.of(start, tier: .yellow, rule: "r", in: situation) == .ask)
  }

  @Test("FOUND-01 a runbook without its file's word may ask at most")
  func noAuthority() {
    var situation = GateSituation()
    situation.level = .quiet
    let course = GateCourse.of(call("start_guest", by: .runbook), tier: .yellow, rule: "r", in: situation)
    #expect(course == .ask)
  }
}

extension GateCourse {
  fileprivate var word: String {
    switch self {
    case .run: "run"
    case .ask: "ask"
    case .refuse(let refusal): refusal.kind.rawValue
    }
  }
}
