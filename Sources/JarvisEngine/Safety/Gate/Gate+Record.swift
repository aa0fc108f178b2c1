import Foundation
import JarvisAPI
import JarvisStorage

/// What the gate writes down, and what of a call it shows.
extension Gate {
  /// GREEN: runs at once, beside others, and can be cancelled.
  func read<Value: Sendable>(_ record: ActionRecord, _ passage: Passage<Value>) async -> GateOutcome<Value> {
    passage.progress(.running)
    do throws(UserFacingError) {
      let result = try await passage.run(.open)
      await write(record, result.succeeded ? .succeeded : .failed, result.summary)
      return .ran(result.value)
    } catch {
      if Task.isCancelled { return await cancelled(record) }
      return await failed(error, record)
    }
  }

  func refused<Value: Sendable>(_ refusal: GateRefusal, _ record: ActionRecord) async -> GateOutcome<Value> {
    await write(record, .refused, refusal.reason)
    return .refused(refusal)
  }

  func failed<Value: Sendable>(_ error: UserFacingError, _ record: ActionRecord) async -> GateOutcome<Value> {
    await write(record, .failed, error.reason)
    return .failed(error)
  }

  func cancelled<Value: Sendable>(_ record: ActionRecord) async -> GateOutcome<Value> {
    await write(record, .cancelled, Self.stopped)
    return .cancelled
  }

  func newRecord(_ call: GatedCall, hash: String, floor: TierTable.Rule) -> ActionRecord {
    let shown = shown(call)
    return ActionRecord(
      tool: shown.tool, arguments: shown.arguments.text, callHash: hash, caller: call.caller, why: shown.why,
      conversation: call.conversation, tier: floor.tier, rule: floor.rule, target: "", startedAt: time.now(),
      result: .running)
  }

  /// The call as it may be shown and kept: without secrets, control characters and excess.
  func shown(_ call: GatedCall) -> GatedCall {
    var call = call
    call.tool = Sanitiser.clean(String(call.tool.prefix(64)), keepingNewlines: false)
    call.arguments = redactor.redact(call.arguments)
    call.why = shown(call.why)
    call.evidence = call.evidence.prefix(Self.maximumEvidence).map(shown)
    return call
  }

  /// Cut last: a secret that is cut in half would no longer be recognised.
  func shown(_ text: String) -> String {
    let clean = Sanitiser.clean(String(text.prefix(Self.maximumReadForShowing)), keepingNewlines: false)
    return String(redactor.redact(clean).prefix(ApprovalBook.maximumReason))
  }

  /// Lines of evidence on a card, at most.
  private static let maximumEvidence = 20
  /// Characters of a text that are looked at to show its beginning.
  private static let maximumReadForShowing = 16 * ApprovalBook.maximumReason

  func clean(_ decision: ApprovalDecision) -> ApprovalDecision {
    if case .refuse(let reason) = decision { return .refuse(reason: shown(reason)) }
    return decision
  }

  /// Writes the row of a call that changed nothing: it was a read, or it did not run.
  private func write(_ record: ActionRecord, _ result: ActionRecord.Result, _ detail: String) async {
    var record = record
    record.endedAt = time.now()
    record.result = result
    record.detail = shown(detail)
    // Nothing was changed, so nothing is hidden if the disk is full; a mutation is refused then (`.unrecorded`).
    _ = try? await records.add(record)
  }
}

extension ActionRecord {
  /// Takes over what the assessment of the call said.
  mutating func note(_ assessment: CallAssessment, _ redactor: Redactor) {
    tier = assessment.tier
    rule = assessment.rule
    target = redactor.redact(assessment.target)
  }
}
