import JarvisAPI

/// What the screens say to the gate: who holds the key, answers to cards, allowances.
extension Gate {
  /// Tells the gate whether a screen holds the approval key. Without one nobody is asked: the call is refused at once,
  /// but for a runbook's proposal, which waits. Allowances end with the screen that gave them.
  public func setKeyHolder(attached: Bool) async {
    setHolder(attached)
    if !attached { await endAllowances(because: "the screen has gone") }
  }

  /// A person's answer.
  /// - Parameter fromKeyHolder: true only where the screen it came from holds the approval key.
  public func decide(
    _ id: ApprovalID, _ decision: ApprovalDecision, fromKeyHolder: Bool
  ) throws(UserFacingError) {
    do throws(DecisionError) {
      let cleaned = clean(decision)
      carryOut(try book.decide(id, cleaned, fromKeyHolder: fromKeyHolder, at: time.moment))
    } catch {
      if case .tooLate(_, let actions) = error { carryOut(actions) }
      throw error.userFacing
    }
  }

  /// The call of an expired or void card, to be sent through afresh: the new card shows the state of now.
  ///
  /// - Throws: where the card is another's, still open, or was proposed again already.
  public func proposal(_ id: ApprovalID, fromKeyHolder: Bool) throws(UserFacingError) -> GatedCall {
    do throws(DecisionError) {
      return try book.takeProposal(id, fromKeyHolder: fromKeyHolder)
    } catch {
      throw error.userFacing
    }
  }

  /// What is allowed while this screen is attached.
  public var currentAllowances: [Allowance] { allowances.all }

  /// Takes an allowance back.
  public func revoke(_ id: AllowanceID, fromKeyHolder: Bool) async throws(UserFacingError) {
    let attempted = "take allowance \(id.rawValue) back"
    guard fromKeyHolder else {
      throw UserFacingError(
        .refused, attempted: attempted, reason: "this screen does not hold the approval key",
        advice: "do it on the screen that holds it")
    }
    guard let gone = allowances.revoke(id) else {
      throw UserFacingError(
        .usage, attempted: attempted, reason: "there is no such allowance", advice: "see the list of allowances")
    }
    tellAllowances()
    await note(gone, "revoked by the person")
  }

  func allow(_ call: GatedCall, _ assessment: CallAssessment) async {
    let text = call.arguments["command"]?.string.map(shown)
    let scope = AllowanceScope.words(shown(call), target: redactor.redact(assessment.target))
    guard
      let allowance = allowances.add(
        call, target: assessment.target, shownText: text, scope: scope, at: time.now())
    else { return }
    tellAllowances()
    // The call itself is recorded in any case; without this row only its beginning is less plain.
    _ = try? await records.note(.allow, fields(allowance), at: time.now())
  }

  /// Ends all allowances: the screen has gone, or the kill switch is on.
  public func endAllowances(because reason: String) async {
    let gone = allowances.revokeAll()
    if gone.isEmpty { return }
    tellAllowances()
    for allowance in gone { await note(allowance, reason) }
  }

  private func note(_ allowance: Allowance, _ reason: String) async {
    var body = fields(allowance).object ?? [:]
    body["because"] = .string(reason)
    // What is taken back is taken back whether or not the disk has room for the row.
    _ = try? await records.note(.revoke, .object(body), at: time.now())
  }

  private func fields(_ allowance: Allowance) -> JSONValue {
    var body: [String: JSONValue] = [
      "allowance": .int(allowance.id.rawValue), "tool": .string(allowance.tool),
      "target": .string(redactor.redact(allowance.target)), "uses": .int(allowance.uses),
      "scope": .string(allowance.scope),
    ]
    if let text = allowance.exactText { body["text"] = .string(text) }
    return .object(body)
  }
}
