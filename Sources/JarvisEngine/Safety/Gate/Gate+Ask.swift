import JarvisAPI

/// Asking a person, and what their answer comes to.
extension Gate {
  func ask<Value: Sendable>(
    _ passage: Passage<Value>, _ assessment: CallAssessment, _ record: ActionRecord
  ) async -> GateOutcome<Value> {
    let call = passage.call
    let (approval, announcement): (Approval, [ApprovalBook.Action])
    do throws(GateRefusal) {
      (approval, announcement) = try book.propose(call, shown: shown(call), assessment: assessment, at: time.moment) {
        // Whole, however long: consent is to all of it.
        redactor.redact(Sanitiser.clean($0))
      }
    } catch {
      return await refused(error, record)
    }
    var record = record
    record.approval = approval.id
    let question = redactor.redact(record.question(approval))
    // Where it cannot be written the call does not run either; the person is asked all the same, and told then.
    record.asked = try? await records.note(.asked, question, at: approval.createdAt)
    carryOut(announcement)
    passage.progress(.waiting(approval))
    let consent: ApprovalBook.Consent
    switch await verdict(on: approval.id) {
    case .granted(let given): consent = given
    case .refused(let reason):
      let words = reason.isEmpty ? "the person refused" : "the person refused: \(reason)"
      return await refused(
        GateRefusal(.refused, tool: call.tool, reason: words, advice: "do not ask for the same again unasked"), record)
    case .expired:
      return await refused(
        GateRefusal(.expired, tool: call.tool, reason: "nobody answered within five minutes", advice: "ask again"),
        record)
    case .void(let reason):
      if Task.isCancelled { return await cancelled(record) }
      return await refused(GateRefusal(.void, tool: call.tool, reason: reason, advice: "ask again"), record)
    }
    return await runConsented(passage, approval, consent, assessment, record)
  }

  private func runConsented<Value: Sendable>(
    _ passage: Passage<Value>, _ approval: Approval, _ consent: ApprovalBook.Consent, _ assessment: CallAssessment,
    _ record: ActionRecord
  ) async -> GateOutcome<Value> {
    do throws(GateRefusal) {
      try await takeTurn(for: passage.call.tool)
    } catch {
      carryOut(book.close(approval.id, as: .void(error.reason)))
      return await refused(error, record)
    }
    defer { giveTurn() }
    do throws(GateRefusal) {
      try await secondLook(passage) { [book] now in book.objection(to: approval.id, now: now) }
    } catch {
      carryOut(book.close(approval.id, as: .void(error.reason)))
      return Task.isCancelled ? await cancelled(record) : await refused(error, record)
    }
    if consent.withSnapshot, let offer = assessment.snapshotOffer {
      do throws(UserFacingError) {
        try await takeSnapshot(offer, passage, record)
        try await lookAfterSnapshot(passage, assessment)
      } catch {
        let words = "nothing beyond the snapshot was done: \(error.reason)"
        carryOut(book.close(approval.id, as: .failed(shown(words))))
        return await failed(UserFacingError(error.kind, attempted: error.attempted, reason: words), record)
      }
    }
    if consent.allows { await allow(passage.call, assessment) }
    return await mutate(passage, approval.id, record)
  }

  /// The snapshot took its time, and has itself changed what it must: all else is as the person saw it.
  private func lookAfterSnapshot<Value: Sendable>(
    _ passage: Passage<Value>, _ assessment: CallAssessment
  ) async throws(UserFacingError) {
    let now = try await weigh(passage.call, passage.assess)
    guard let difference = assessment.difference(from: now, afterSnapshot: true) else { return }
    throw UserFacingError(.refused, attempted: passage.call.tool, reason: difference)
  }

  /// Under an allowance or an enabled runbook.
  func runUnasked<Value: Sendable>(
    _ passage: Passage<Value>, _ assessment: CallAssessment, _ record: ActionRecord
  ) async -> GateOutcome<Value> {
    do throws(GateRefusal) {
      try await takeTurn(for: passage.call.tool)
    } catch {
      return await refused(error, record)
    }
    defer { giveTurn() }
    do throws(GateRefusal) {
      try await secondLook(passage) { now in assessment.difference(from: now) }
      // What let it run may have been taken back while it waited for its turn.
      guard case .run(let authority) = await course(passage.call, assessment), authority == record.authority else {
        throw GateRefusal(
          .void, tool: passage.call.tool, reason: "\(record.authority) no longer lets it run", advice: "ask again")
      }
    } catch {
      return Task.isCancelled ? await cancelled(record) : await refused(error, record)
    }
    if let id = allowances.match(passage.call, target: assessment.target), !passage.call.isAutonomous {
      allowances.use(id)
      tellAllowances()
    }
    return await mutate(passage, nil, record)
  }

  /// Right before the run: still wanted, not frozen meanwhile, and the target still as it was weighed.
  private func secondLook<Value: Sendable>(
    _ passage: Passage<Value>, objection: (CallAssessment) -> String?
  ) async throws(GateRefusal) {
    let tool = passage.call.tool
    do throws(UserFacingError) {
      let now = try await weigh(passage.call, passage.assess)
      if let objection = objection(now) {
        throw UserFacingError(.refused, attempted: tool, reason: objection)
      }
    } catch {
      throw GateRefusal(.void, tool: tool, reason: error.reason, advice: "look at the new state and ask again")
    }
    if let refusal = await obstacle(to: passage.call) { throw refusal }
    if Task.isCancelled { throw GateRefusal(.void, tool: tool, reason: Self.stopped) }
  }
}
