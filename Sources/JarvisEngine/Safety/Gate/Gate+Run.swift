import JarvisAPI
import JarvisStorage

/// Running what may run, between the two rows of the audit that tell of it.
extension Gate {
  func mutate<Value: Sendable>(
    _ passage: Passage<Value>, _ id: ApprovalID?, _ record: ActionRecord
  ) async -> GateOutcome<Value> {
    let row: Int
    do throws(GateRefusal) {
      row = try await begin(record)
    } catch {
      close(id, as: .failed(error.reason))
      return .refused(error)
    }
    // Writing the row took its time.
    if let refusal = await obstacle(to: passage.call) {
      _ = await finish(row, .refused, refusal.reason)
      close(id, as: .void(refusal.reason))
      return .refused(refusal)
    }
    passage.progress(.running)
    let safePoint = SafePoint { await self.obstacle(to: passage.call) }
    let run = passage.run
    // A task of its own: once begun, it is followed to its end whoever stops waiting for it.
    let result = await Task { () async -> Result<GatedResult<Value>, UserFacingError> in
      do throws(UserFacingError) {
        return .success(try await run(safePoint))
      } catch {
        return .failure(error)
      }
    }.value
    return await receipt(id, row: row, result)
  }

  /// The snapshot that the card offered: a call of its own in the audit, under the same consent.
  func takeSnapshot<Value: Sendable>(
    _ offer: CallAssessment.SnapshotOffer, _ passage: Passage<Value>, _ record: ActionRecord
  ) async throws(UserFacingError) {
    guard let prepare = passage.prepare else {
      throw UserFacingError(.fault, attempted: "take \(offer.words)", reason: "there is no tool for it")
    }
    let snapshot = try await prepare(offer)
    var call = passage.call
    call.tool = offer.tool
    call.arguments = snapshot.arguments
    let weighed = try await weigh(call, snapshot.assess)
    var own = newRecord(call, hash: call.hash, floor: table.rule(for: offer.tool))
    own.note(weighed, redactor)
    own.approval = record.approval
    own.authority = "the card of \(record.tool)"
    if let refusal = await objection(to: call, weighed) {
      let _: GateOutcome<Value> = await refused(refusal, own)
      throw refusal.userFacing
    }
    let row: Int
    do throws(GateRefusal) {
      row = try await begin(own)
    } catch {
      throw error.userFacing
    }
    do throws(UserFacingError) {
      let words = try await snapshot.take(weighed)
      _ = await finish(row, .succeeded, words)
    } catch {
      _ = await finish(row, .failed, error.reason)
      throw error
    }
    if let refusal = await obstacle(to: passage.call) { throw refusal.userFacing }
  }

  /// The card is of at least YELLOW; more than that, its consent does not carry to a snapshot.
  private func objection(to snapshot: GatedCall, _ weighed: CallAssessment) async -> GateRefusal? {
    if let refusal = await obstacle(to: snapshot) { return refusal }
    guard weighed.tier > .yellow else { return nil }
    return GateRefusal(
      weighed.tier == .black ? .black : .forbidden, tool: snapshot.tool, reason: weighed.rule,
      advice: weighed.alternative)
  }

  /// The row without which nothing runs.
  private func begin(_ record: ActionRecord) async throws(GateRefusal) -> Int {
    var begun = record
    begun.startedAt = time.now()
    begun.result = .running
    do throws(StorageError) {
      return try await records.add(begun)
    } catch {
      throw GateRefusal(
        .unrecorded, tool: record.tool, reason: "the safety record cannot be written: \(error.reason)",
        advice: error.advice)
    }
  }

  /// - Returns: why the end could not be recorded; nil where it was.
  private func finish(_ row: Int, _ result: ActionRecord.Result, _ detail: String) async -> StorageError? {
    do throws(StorageError) {
      try await records.end(row, at: time.now(), result, detail: shown(detail))
      return nil
    } catch {
      return error
    }
  }

  private func receipt<Value: Sendable>(
    _ id: ApprovalID?, row: Int, _ result: Result<GatedResult<Value>, UserFacingError>
  ) async -> GateOutcome<Value> {
    let (succeeded, words): (Bool, String)
    let outcome: GateOutcome<Value>
    switch result {
    case .success(let result): (succeeded, words, outcome) = (result.succeeded, result.summary, .ran(result.value))
    case .failure(let error): (succeeded, words, outcome) = (false, error.reason, .failed(error))
    }
    var text = shown(words)
    if let error = await finish(row, succeeded ? .succeeded : .failed, words) {
      // It has happened; the receipt must not hide that the record lacks its end.
      text += " (the safety record could not be completed: \(error.reason))"
    }
    close(id, as: succeeded ? .done(text) : .failed(text))
    return outcome
  }

  private func close(_ id: ApprovalID?, as state: Approval.State) {
    if let id { carryOut(book.close(id, as: state)) }
  }
}
