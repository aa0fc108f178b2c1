import JarvisAPI

/// All that decides about a call besides the call itself, as it is at one moment.
public struct GateSituation: Sendable, Hashable {
  public var readOnly = false
  public var freeze: Freeze?
  /// nil where the cluster did not tell.
  public var quorate: Bool?
  public var knowsHome = true
  public var level = AutonomyLevel.act
  /// True while a screen that holds the approval key is attached.
  public var keyHolder = false
  /// The standing consent that fits this call.
  public var allowance: AllowanceID?
  /// What the operator once said about calls like this one.
  public var demand: OperatorDemand?
  public init() {}
}

/// What becomes of a call: the one decision of the gate, pure (FOUND-01, FOUND-08).
public enum GateCourse: Sendable, Hashable {
  /// It runs now; `authority` says what stands for consent, empty for GREEN.
  case run(authority: String)
  /// A person is asked, for this very call.
  case ask
  case refuse(GateRefusal)

  /// - Parameters:
  ///   - tier: of this call with these arguments; the policy and what is protected are in it already.
  ///   - rule: what set the tier, in words.
  ///   - alternative: the nearest thing that is allowed, for BLACK.
  public static func of(
    _ call: GatedCall, tier: SafetyTier, rule: String, alternative: String = "", in situation: GateSituation
  ) -> GateCourse {
    switch tier {
    case .green: return .run(authority: "")
    case .black:
      return .refuse(GateRefusal(.black, tool: call.tool, reason: rule, advice: alternative))
    case .yellow, .red: break
    }
    if let refusal = obstacle(call, situation) { return .refuse(refusal) }
    if call.caller == .runbook { return runbook(call, tier, situation) }
    if tier == .yellow, situation.demand == nil, let allowance = situation.allowance, !call.untrustedRead,
      !call.isAutonomous
    {
      return .run(authority: "allowance \(allowance.rawValue)")
    }
    return situation.keyHolder ? .ask : .refuse(nobody(call))
  }

  /// What stops every mutation, whoever asks and whatever was consented to.
  static func obstacle(_ call: GatedCall, _ situation: GateSituation) -> GateRefusal? {
    if situation.readOnly {
      return GateRefusal(
        .readOnly, tool: call.tool, reason: "this Jarvis was started read-only",
        advice: "start it without --read-only to change anything")
    }
    if let freeze = situation.freeze { return GateRefusal(frozen: freeze, tool: call.tool) }
    if situation.quorate == false {
      return GateRefusal(
        .noQuorum, tool: call.tool, reason: "the cluster has no quorum, so nothing can be changed",
        advice: "bring enough nodes back first; cluster_status shows which are missing")
    }
    if case .never(let words) = situation.demand {
      return GateRefusal(
        .forbidden, tool: call.tool, reason: "you said: \"\(words)\"",
        advice: "where that no longer holds, forget it in the memory view")
    }
    if call.isAutonomous, !situation.knowsHome {
      return GateRefusal(
        .homeUnknown, tool: call.tool,
        reason: "Jarvis does not know what it lives on, so it does nothing by itself",
        advice: "run `jarvis-tui init` and confirm where it lives")
    }
    return nil
  }

  private static func runbook(_ call: GatedCall, _ tier: SafetyTier, _ situation: GateSituation) -> GateCourse {
    let autonomy = call.runbook?.autonomy ?? .ask
    let name = call.runbook?.runbook ?? "without a name"
    guard autonomy == .ask || autonomy == .act, situation.level >= .recommend else {
      return .refuse(
        GateRefusal(
          .notAutonomous, tool: call.tool,
          reason: situation.level < .recommend
            ? "at level \(situation.level.name) a runbook changes nothing and asks for nothing"
            : "runbook \(name) may only \(autonomy.rawValue)",
          advice: "do it by hand, or let the runbook ask (autonomy: ask, level L2 or above)"))
    }
    if tier == .yellow, situation.demand == nil, autonomy == .act, call.runbook?.enabled == true,
      situation.level >= .act
    {
      return .run(authority: "runbook \(name)")
    }
    // Nobody need be there: the card waits, and what it proposed can be asked again after it has expired.
    return .ask
  }

  private static func nobody(_ call: GatedCall) -> GateRefusal {
    GateRefusal(
      .nobodyToAsk, tool: call.tool,
      reason: "it needs a person's consent, and no screen that can give it is attached",
      advice: "start jarvis-tui and ask there")
  }
}
