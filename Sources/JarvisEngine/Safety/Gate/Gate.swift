import Foundation
import JarvisAPI
import JarvisStorage

/// The one way through: every call of every caller passes here, and only what its tier allows comes out on the other
/// side (FOUND-01).
///
/// GREEN runs and is recorded. YELLOW and RED are asked of the person who holds the approval key, each call for itself;
/// YELLOW also runs under a standing allowance or an enabled runbook. BLACK, and with it every tool the table does not
/// know, has no path.
public actor Gate {
  /// Announcements that wait for a slow listener at most; beyond it the oldest go, and `approvals` has the truth.
  static let maximumAnnouncements = 1_024
  /// How often waiting approvals are looked at: a wall clock set forward is noticed within this time.
  static let sweepInterval: Duration = .seconds(5)

  public nonisolated let rules: SafetyRules
  public nonisolated let readOnly: Bool
  /// Every new or changed approval, in order; for one listener.
  public nonisolated let changes: AsyncStream<Approval>
  /// All allowances after each change; for one listener.
  public nonisolated let allowanceChanges: AsyncStream<[Allowance]>

  nonisolated let records: AuditLog
  nonisolated let redactor: Redactor
  nonisolated let time: GateTime
  let killSwitch: any KillSwitch
  let context: GateContext
  var book = ApprovalBook()
  var allowances = AllowanceBook()
  private let announce: AsyncStream<Approval>.Continuation
  private let announceAllowances: AsyncStream<[Allowance]>.Continuation
  private var waiters: [ApprovalID: CheckedContinuation<ApprovalBook.Verdict, Never>] = [:]
  /// Answers that came before their call had begun to wait.
  private var early: [ApprovalID: ApprovalBook.Verdict] = [:]
  private var turn = MutationTurn()
  private(set) var keyHolderAttached = false
  private var sweeping = false

  /// - Parameter readOnly: refuse everything above GREEN, whoever asks, for as long as this engine runs.
  public init(
    records: AuditLog, redactor: Redactor, killSwitch: any KillSwitch = NoKillSwitch(),
    rules: SafetyRules = SafetyRules(), context: GateContext = GateContext(), readOnly: Bool = false, time: GateTime
  ) {
    self.records = records
    self.redactor = redactor
    self.killSwitch = killSwitch
    self.rules = rules
    self.context = context
    self.readOnly = readOnly
    self.time = time
    (changes, announce) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.maximumAnnouncements))
    (allowanceChanges, announceAllowances) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  deinit {
    announce.finish()
    announceAllowances.finish()
  }

  /// The tiers in force now.
  public nonisolated var table: TierTable { rules.table }

  /// What waits and runs, then the latest receipts.
  public var approvals: [Approval] { book.approvals }

  // MARK: A call

  /// Takes a call through.
  /// - Parameters:
  ///   - assess: reads the target and says what the call would do; asked again right before a mutation runs, so that its
  ///     last answer is the one that was consented to.
  ///   - progress: hears how far the call has come.
  ///   - prepare: makes a call of the snapshot that the assessment offers, where the person wants it.
  ///   - run: does it, passing the safe point between two steps. A mutation that has begun is finished even where the
  ///     caller is cancelled.
  public func pass<Value: Sendable>(
    _ call: GatedCall, assess: @escaping @Sendable () async throws(UserFacingError) -> CallAssessment,
    progress: @escaping @Sendable (GateProgress) -> Void = { _ in },
    prepare: (@Sendable (CallAssessment.SnapshotOffer) async throws(UserFacingError) -> PreparedSnapshot)? = nil,
    run: @escaping @Sendable (SafePoint) async throws(UserFacingError) -> GatedResult<Value>
  ) async -> GateOutcome<Value> {
    let floor = table.rule(for: call.tool)
    var record = newRecord(call, hash: call.hash, floor: floor)
    if floor.tier == .black {
      return await refused(GateRefusal(.black, tool: call.tool, reason: floor.rule, advice: floor.alternative), record)
    }
    let passage = Passage(call: call, assess: assess, progress: progress, prepare: prepare, run: run)
    let assessment: CallAssessment
    do throws(UserFacingError) {
      assessment = try await weigh(call, assess)
    } catch {
      return await failed(error, record)
    }
    record.note(assessment, redactor)
    progress(.assessed(assessment))
    if assessment.tier == .green { return await read(record, passage) }
    switch await course(call, assessment) {
    case .refuse(let refusal): return await refused(refusal, record)
    case .ask: return await ask(passage, assessment, record)
    case .run(let authority):
      record.authority = authority
      return await runUnasked(passage, assessment, record)
    }
  }

  // MARK: Waiting

  /// Waits for the answer to an approval; cancelling the caller takes the question back.
  func verdict(on id: ApprovalID) async -> ApprovalBook.Verdict {
    if let verdict = early.removeValue(forKey: id) { return verdict }
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

  func carryOut(_ actions: [ApprovalBook.Action]) {
    for action in actions {
      switch action {
      case .announce(let approval): announce.yield(approval)
      case .wake(let id, let verdict):
        if let waiter = waiters.removeValue(forKey: id) {
          waiter.resume(returning: verdict)
        } else {
          early[id] = verdict
        }
      }
    }
  }

  func tellAllowances() { announceAllowances.yield(allowances.all) }

  func setHolder(_ attached: Bool) { keyHolderAttached = attached }

  /// - Throws: `.tooMany` where the line is full.
  func takeTurn(for tool: String) async throws(GateRefusal) {
    if turn.take() { return }
    if turn.isFull {
      throw GateRefusal(
        .tooMany, tool: tool, reason: "\(MutationTurn.maximumWaiting) calls wait in line already",
        advice: "wait until those have run")
    }
    await withCheckedContinuation { turn.wait($0) }
  }

  func giveTurn() { turn.give() }

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

/// A call with all that its caller brought along.
struct Passage<Value: Sendable>: Sendable {
  let call: GatedCall
  let assess: @Sendable () async throws(UserFacingError) -> CallAssessment
  let progress: @Sendable (GateProgress) -> Void
  let prepare: (@Sendable (CallAssessment.SnapshotOffer) async throws(UserFacingError) -> PreparedSnapshot)?
  let run: @Sendable (SafePoint) async throws(UserFacingError) -> GatedResult<Value>
}
