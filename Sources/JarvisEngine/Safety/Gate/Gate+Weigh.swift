import JarvisAPI
import JarvisStorage

/// What a call comes to with the table, the policy, what is protected and the moment laid over it.
extension Gate {
  /// The tool's assessment, raised to what the gate itself knows.
  func weigh(
    _ call: GatedCall, _ assess: @Sendable () async throws(UserFacingError) -> CallAssessment
  ) async throws(UserFacingError) -> CallAssessment {
    var assessment = try await assess()
    let reading = call.tool == "run_command" ? context.classify?(call.arguments["command"]?.string ?? "") : nil
    let home = await context.home()
    let node = await context.node()
    let protection = Protection(home: home, protected: rules.protected)
    raise(&assessment, for: call, reading, doubt: protection.doubt(about: call, reading: reading, node: node))
    if assessment.tier == .green || assessment.tier == .black { return assessment }
    if let reason = protection.objection(
      to: call, cuts: assessment.cuts, reading: reading, node: node, guest: await context.guest())
    {
      assessment.tier = .black
      assessment.rule = reason
      assessment.alternative = "do it by hand, from a machine that does not depend on it"
    } else if case .unknown = home, rules.standardTier(of: call.tool) == .black {
      // Made milder by the policy, and never for the node Jarvis lives on: that has to be known first.
      assessment.tier = .black
      assessment.rule = "Jarvis does not know which node it lives on, and this may be it"
      assessment.alternative = "run `jarvis-tui init` and confirm where it lives"
    }
    if assessment.tier < .black, case .ask(let words)? = await context.demand(call) {
      assessment.rule += "; you said: \"\(words)\""
    }
    return assessment
  }

  private func raise(
    _ assessment: inout CallAssessment, for call: GatedCall, _ reading: CommandReading?, doubt: String?
  ) {
    if let reading, reading.tier > assessment.tier {
      (assessment.tier, assessment.rule) = (reading.tier, reading.rule)
    }
    if let doubt {
      if assessment.tier < .red { (assessment.tier, assessment.rule) = (.red, doubt) }
      assessment.impact.insert("caution: \(doubt)", at: 0)
    }
    let rule = table.rule(for: call.tool)
    let (tier, byTable) = rules.tier(of: call.tool, assessed: assessment.tier)
    assessment.tier = tier
    if byTable { assessment.rule = rule.rule }
    if assessment.alternative.isEmpty { assessment.alternative = rule.alternative }
    guard tier >= .yellow, assessment.typedWord == nil else { return }
    if assessment.targets.count > 1 {
      assessment.typedWord = "all \(assessment.targets.count)"
    } else if TierTable.typed.contains(call.tool) {
      let guest = call.arguments["guest"]
      assessment.typedWord = guest?.string ?? guest?.int.map(String.init) ?? assessment.target
    }
  }

  func course(_ call: GatedCall, _ assessment: CallAssessment) async -> GateCourse {
    var situation = await situation(for: call)
    situation.allowance = allowances.match(call, target: assessment.target)
    return .of(
      call, tier: assessment.tier, rule: assessment.rule, alternative: assessment.alternative, in: situation)
  }

  func situation(for call: GatedCall) async -> GateSituation {
    var situation = GateSituation()
    situation.readOnly = readOnly
    situation.freeze = await frozen()
    situation.quorate = await context.quorate()
    if case .unknown = await context.home() { situation.knowsHome = false }
    situation.level = await context.level()
    situation.keyHolder = keyHolderAttached
    situation.demand = await context.demand(call)
    return situation
  }

  /// The freeze in force. What cannot be read, and a safety record that cannot be written, count as one.
  public func frozen() async -> Freeze? {
    do {
      if let freeze = try await killSwitch.state() {
        await endAllowances(because: "frozen")
        return freeze
      }
    } catch {
      return Freeze(
        reason: "the kill switch cannot be read and counts as on: \(error)", since: time.now(), by: "Jarvis",
        unreadable: true)
    }
    do throws(StorageError) {
      try await records.probe()
      return nil
    } catch {
      return Freeze(
        reason: "the safety record cannot be written and the kill switch counts as on: \(error.reason)",
        since: time.now(), by: "Jarvis", unreadable: true)
    }
  }

  /// What stops a call that runs, at its next safe point.
  func obstacle(to call: GatedCall) async -> GateRefusal? {
    GateCourse.obstacle(call, await situation(for: call))
  }

  /// For autonomous work that only reads, such as an investigation: asks between two steps whether to go on.
  public func mayContinueAutonomously() async -> GateRefusal? {
    await frozen().map { GateRefusal(frozen: $0, tool: "autonomous work") }
  }
}
