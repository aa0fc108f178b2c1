import Foundation
import JarvisAPI
import JarvisStorage

/// The one way through: every call of every caller passes here, and only what its tier allows comes out on the other
/// side (FOUND-01).
///
/// GREEN runs and is recorded. YELLOW and RED are asked of the person who holds the approval key, each call for itself.
/// BLACK, and with it every tool the table does not know, has no path.
public actor Gate {
  /// Announcements that wait for a slow listener at most; beyond it the oldest go, and `approvals` has the truth.
  static let maximumAnnouncements = 1_024
  /// How often waiting approvals are looked at: a wall clock set forward is noticed within this time.
  static let sweepInterval: Duration = .seconds(5)

  public nonisolated let table: TierTable
  public nonisolated let readOnly: Bool
  /// Every new or changed approval, in order; for one listener.
  public nonisolated let changes: AsyncStream<Approval>

  let records: ActionRecords
  let redactor: Redactor
  let time: GateTime
  private let killSwitch: any KillSwitch
  private let announce: AsyncStream<Approval>.Continuation
  private var book = ApprovalBook()
  private var waiters: [ApprovalID: CheckedContinuation<ApprovalBook.Verdict, Never>] = [:]
  private var turn = MutationTurn()
  private var keyHolderAttached = false
  private var sweeping = false

  /// - Parameter readOnly: refuse everything above GREEN, whoever asks, for as long as this engine runs.
  public init(
    records: ActionRecords, redactor: Redactor, killSwitch: any KillSwitch = NoKillSwitch(),
    table: TierTable = .standard, readOnly: Bool = false, time: GateTime
  ) {
    self.records = records
    self.redactor = redactor
    self.killSwitch = killSwitch
    self.table = table
    self.readOnly = readOnly
    self.time = time
    (changes, announce) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.maximumAnnouncements))
  }

  deinit {
    announce.finish()
  }

  /// Tells the gate whether a screen holds the approval key. Without one nothing is asked: the call is refused at once.
  public func setKeyHolder(attached: Bool) {
    keyHolderAttached = attached
  }

  /// What waits and runs, then the latest receipts.
  public var approvals: [Approval] { book.approvals }

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

  /// Takes a call through.
  /// - Parameters:
  ///   - assess: reads the target and says what the call would do; asked again right before a mutation runs.
  ///   - progress: hears how far the call has come.
  ///   - run: does it. A mutation that has begun is finished even where the caller is cancelled.
  public func pass<Value: Sendable>(
    _ call: GatedCall, assess: @escaping @Sendable () async throws(UserFacingError) -> CallAssessment,
    progress: @escaping @Sendable (GateProgress) -> Void = { _ in },
    run: @escaping @Sendable () async throws(UserFacingError) -> GatedResult<Value>
  ) async -> GateOutcome<Value> {
    let hash = call.hash
    let floor = table.rule(for: call.tool)
    var record = newRecord(call, hash: hash, floor: floor)
    if floor.tier == .black {
      return await refused(GateRefusal(.black, tool: call.tool, reason: floor.rule, advice: floor.alternative), record)
    }
    let assessment: CallAssessment
    do throws(UserFacingError) {
      assessment = raised(try await assess(), to: floor)
    } catch {
      return await failed(error, record)
    }
    record.note(assessment, redactor)
    progress(.assessed(assessment))
    if assessment.tier == .green { return await read(record, progress: progress, run: run) }
    do throws(GateRefusal) {
      try await refuseUnaskable(call, assessment)
    } catch {
      return await refused(error, record)
    }
    return await ask(call, hash: hash, assessment, floor, record, assess: assess, progress: progress, run: run)
  }

  /// What needs no person to be refused.
  private func refuseUnaskable(_ call: GatedCall, _ assessment: CallAssessment) async throws(GateRefusal) {
    if assessment.tier == .black {
      throw GateRefusal(
        .black, tool: call.tool, reason: assessment.rule, advice: table.rule(for: call.tool).alternative)
    }
    if readOnly {
      throw GateRefusal(
        .readOnly, tool: call.tool, reason: "this Jarvis was started read-only",
        advice: "start it without --read-only to change anything")
    }
    try await refuseFrozen(call.tool)
    if !keyHolderAttached {
      throw GateRefusal(
        .nobodyToAsk, tool: call.tool,
        reason: "it needs a person's consent, and no screen that can give it is attached",
        advice: "start jarvis-tui and ask there")
    }
  }

  private func refuseFrozen(_ tool: String) async throws(GateRefusal) {
    let advice = "lift the freeze with `jarvis-tui unfreeze` on this host, or on a screen"
    do {
      guard case .frozen(let reason, let end) = try await killSwitch.state() else { return }
      let until = end.map { ", until \($0.ISO8601Format())" } ?? ""
      throw GateRefusal(.frozen, tool: tool, reason: "mutations are frozen (\(reason)\(until))", advice: advice)
    } catch let refusal as GateRefusal {
      throw refusal
    } catch {
      throw GateRefusal(
        .frozen, tool: tool, reason: "the kill switch cannot be read and therefore counts as on: \(error)",
        advice: "mend the data directory, then \(advice)")
    }
  }

  private func ask<Value: Sendable>(
    _ call: GatedCall, hash: String, _ assessment: CallAssessment, _ floor: TierTable.Rule, _ record: ActionRecord,
    assess: @escaping @Sendable () async throws(UserFacingError) -> CallAssessment,
    progress: @escaping @Sendable (GateProgress) -> Void,
    run: @escaping @Sendable () async throws(UserFacingError) -> GatedResult<Value>
  ) async -> GateOutcome<Value> {
    let approval: Approval
    do throws(GateRefusal) {
      let shown = shown(call)
      let (made, actions) = try book.propose(
        shown, hash: hash, tier: assessment.tier, assessment: assessment, at: time.moment)
      approval = made
      carryOut(actions)
    } catch {
      return await refused(error, record)
    }
    var record = record
    record.approval = approval.id
    progress(.waiting(approval))
    switch await verdict(on: approval.id) {
    case .granted: break
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
    await takeTurn()
    defer { turn.give() }
    do throws(GateRefusal) {
      try await secondLook(approval.id, call, floor, assess)
    } catch {
      carryOut(book.close(approval.id, as: .void(error.reason)))
      return Task.isCancelled ? await cancelled(record) : await refused(error, record)
    }
    return await mutate(approval.id, record, progress: progress, run: run)
  }

  /// Right before the run: still wanted, not frozen meanwhile, and the target still as the card showed it.
  private func secondLook(
    _ id: ApprovalID, _ call: GatedCall, _ floor: TierTable.Rule,
    _ assess: @Sendable () async throws(UserFacingError) -> CallAssessment
  ) async throws(GateRefusal) {
    let again = "look at the new state and ask again"
    do throws(UserFacingError) {
      let now = raised(try await assess(), to: floor)
      if let objection = book.objection(to: id, now: now) {
        throw UserFacingError(.refused, attempted: call.tool, reason: objection)
      }
    } catch {
      throw GateRefusal(.void, tool: call.tool, reason: error.reason, advice: again)
    }
    try await refuseFrozen(call.tool)
    if Task.isCancelled { throw GateRefusal(.void, tool: call.tool, reason: Self.stopped) }
  }

  private func mutate<Value: Sendable>(
    _ id: ApprovalID, _ record: ActionRecord, progress: @escaping @Sendable (GateProgress) -> Void,
    run: @escaping @Sendable () async throws(UserFacingError) -> GatedResult<Value>
  ) async -> GateOutcome<Value> {
    let row: Int64
    do throws(StorageError) {
      var begun = record
      begun.startedAt = time.now()
      row = try await records.add(begun)
    } catch {
      let refusal = GateRefusal(
        .unrecorded, tool: record.tool, reason: "the safety record cannot be written: \(error.reason)",
        advice: error.advice)
      carryOut(book.close(id, as: .failed(refusal.reason)))
      return .refused(refusal)
    }
    progress(.running)
    // A task of its own: once begun, it is followed to its end whoever stops waiting for it.
    let result = await Task { () async -> Result<GatedResult<Value>, UserFacingError> in
      do throws(UserFacingError) {
        return .success(try await run())
      } catch {
        return .failure(error)
      }
    }.value
    return await receipt(id, row: row, result)
  }

  private func receipt<Value: Sendable>(
    _ id: ApprovalID, row: Int64, _ result: Result<GatedResult<Value>, UserFacingError>
  ) async -> GateOutcome<Value> {
    let (succeeded, words): (Bool, String)
    let outcome: GateOutcome<Value>
    switch result {
    case .success(let result): (succeeded, words, outcome) = (result.succeeded, result.summary, .ran(result.value))
    case .failure(let error): (succeeded, words, outcome) = (false, error.reason, .failed(error))
    }
    let text = shown(words)
    do throws(StorageError) {
      try await records.end(row, at: time.now(), succeeded ? .succeeded : .failed, detail: text)
      carryOut(book.close(id, as: succeeded ? .done(text) : .failed(text)))
    } catch {
      // It has happened; the receipt must not hide that the record lacks its end.
      let note = text + " (the safety record could not be completed: \(error.reason))"
      carryOut(book.close(id, as: succeeded ? .done(note) : .failed(note)))
    }
    return outcome
  }

  /// Waits for the answer to an approval; cancelling the caller takes the question back.
  private func verdict(on id: ApprovalID) async -> ApprovalBook.Verdict {
    startSweeping()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { waiters[id] = $0 }
    } onCancel: {
      Task { await self.withdraw(id) }
    }
  }

  static let stopped = "whoever asked was stopped"

  private func withdraw(_ id: ApprovalID) {
    carryOut(book.withdraw(id, because: Self.stopped))
  }

  private func carryOut(_ actions: [ApprovalBook.Action]) {
    for action in actions {
      switch action {
      case .announce(let approval): announce.yield(approval)
      case .wake(let id, let verdict): waiters.removeValue(forKey: id)?.resume(returning: verdict)
      }
    }
  }

  private func takeTurn() async {
    if turn.take() { return }
    await withCheckedContinuation { turn.wait($0) }
  }

  /// Looks at the waiting approvals until none is left.
  private func startSweeping() {
    if sweeping { return }
    sweeping = true
    let clock = time.clock
    Task { [weak self] in
      repeat {
        do {
          try await clock.sleep(for: Self.sweepInterval)
        } catch {
          return
        }
      } while await self?.sweep() == true
    }
  }

  /// - Returns: true while approvals wait.
  private func sweep() -> Bool {
    carryOut(book.sweep(at: time.moment))
    sweeping = !book.pending.isEmpty
    return sweeping
  }
}
