import Foundation
import JarvisAPI

/// All approvals of this engine, as a pure state machine: every step takes the moment it happens at and returns what to
/// do; the gate does it. An approval is decided once, and nothing brings it back.
///
/// pending → running → done | failed | void;  pending → refused | expired | void.
struct ApprovalBook: Sendable {
  /// How long an approval waits for an answer.
  static let lifetime: Duration = .seconds(300)
  /// Approvals that wait at one time, at most: what a person can oversee.
  static let maximumPending = 16
  /// Ended approvals that are kept as receipts, at most.
  static let maximumEnded = 50
  /// How far the wall clock may be set back while an approval waits; clocks that are kept in step move by less.
  static let clockTolerance: TimeInterval = 30
  /// Characters of a refusal's reason and of a request's why, at most.
  static let maximumReason = 500

  /// What the owner of the book has to do.
  enum Action: Sendable, Hashable {
    /// Tell every screen.
    case announce(Approval)
    /// Let the call that waits for this approval go on.
    case wake(ApprovalID, Verdict)
  }

  /// What a waiting call hears.
  enum Verdict: Sendable, Hashable {
    case granted(Consent)
    case refused(reason: String)
    case expired
    case void(String)
  }

  /// What a person's yes includes.
  struct Consent: Sendable, Hashable {
    /// The same again on the same target needs no question while this screen is attached.
    var allows = false
    /// The offered snapshot is taken first.
    var withSnapshot = false
  }

  private struct Entry {
    var approval: Approval
    let assessment: CallAssessment
    let proposedAt: GateMoment
    /// The real call, until it was proposed again.
    var call: GatedCall?
  }

  private var entries: [ApprovalID: Entry] = [:]
  /// Ended approvals, oldest first.
  private var ended: [ApprovalID] = []
  private var nextID = 1

  /// All approvals that wait or run, then the receipts, each in the order of their numbers.
  var approvals: [Approval] {
    let all = entries.values.map(\.approval).sorted { $0.id < $1.id }
    return all.filter { !$0.state.hasEnded } + all.filter(\.state.hasEnded)
  }

  var pending: [Approval] { approvals.filter { $0.state == .pending } }

  /// Asks a person.
  /// - Parameter shown: the call without its secrets.
  mutating func propose(
    _ call: GatedCall, shown: GatedCall, assessment: CallAssessment, at moment: GateMoment,
    clean: (String) -> String = { $0 }
  ) throws(GateRefusal) -> (Approval, [Action]) {
    guard pending.count < Self.maximumPending else {
      throw GateRefusal(
        .tooMany, tool: shown.tool, reason: "\(Self.maximumPending) approvals wait already",
        advice: "answer those first")
    }
    let isBatch = assessment.targets.count > 1
    let allowable =
      assessment.tier == .yellow && !isBatch && !assessment.target.isEmpty && !call.untrustedRead
      && !call.isAutonomous
    let approval = Approval(
      id: ApprovalID(rawValue: nextID), tool: shown.tool, arguments: shown.arguments, callHash: call.hash,
      tier: assessment.tier, rule: clean(assessment.rule), caller: call.caller,
      why: String(shown.why.prefix(Self.maximumReason)), target: clean(assessment.target),
      targetState: clean(assessment.targetState), plan: assessment.plan.map(clean),
      impact: assessment.impact.map(clean), undo: clean(assessment.undo),
      consent: Self.consent(assessment), createdAt: moment.wall,
      expiresAt: moment.wall.addingTimeInterval(Self.lifetime / .seconds(1)), conversation: call.conversation,
      targets: assessment.targets.map { ApprovalTarget(name: clean($0.name), state: clean($0.state)) },
      evidence: shown.evidence, moneySpent: call.moneySpent, snapshotOffer: assessment.snapshotOffer?.words,
      allowable: allowable,
      allowanceScope: allowable ? AllowanceScope.words(shown, target: clean(assessment.target)) : nil,
      untrustedRead: call.untrustedRead)
    nextID += 1
    entries[approval.id] = Entry(approval: approval, assessment: assessment, proposedAt: moment, call: call)
    return (approval, [.announce(approval)])
  }

  /// A person's answer.
  /// - Throws: what is wrong with it; a wrong word or hash leaves the approval as it is.
  mutating func decide(
    _ id: ApprovalID, _ decision: ApprovalDecision, fromKeyHolder: Bool, at moment: GateMoment
  ) throws(DecisionError) -> [Action] {
    guard fromKeyHolder else { throw .notKeyHolder }
    guard let entry = entries[id] else { throw .unknown(id) }
    guard entry.approval.state == .pending else { throw .notPending(entry.approval) }
    if let end = Self.end(of: entry, at: moment) {
      // Too late; the call is told now, and the person what became of the card.
      let actions = finish(id, end.state, waking: end.verdict)
      throw .tooLate(entries[id]?.approval ?? entry.approval, actions)
    }
    switch decision {
    case .refuse(let reason):
      let reason = String(reason.prefix(Self.maximumReason))
      return finish(id, .refused(reason: reason), waking: .refused(reason: reason))
    case .approve(let hash, let typed):
      return try grant(entry, hash, typed, Consent())
    case .approveAndAllow(let hash):
      guard entry.approval.allowable else { throw .notAllowable(id) }
      return try grant(entry, hash, nil, Consent(allows: true))
    case .approveWithSnapshot(let hash, let typed):
      guard entry.approval.snapshotOffer != nil else { throw .noSnapshot(id) }
      return try grant(entry, hash, typed, Consent(withSnapshot: true))
    }
  }

  private mutating func grant(
    _ entry: Entry, _ hash: String, _ typed: String?, _ consent: Consent
  ) throws(DecisionError) -> [Action] {
    let id = entry.approval.id
    guard hash == entry.approval.callHash else { throw .otherCall(id) }
    if let word = entry.assessment.typedWord {
      let given = (typed ?? "").trimmingCharacters(in: .whitespaces)
      guard ([word] + entry.assessment.typedAlternatives).contains(given) else { throw .wrongWord(expected: word) }
    }
    return change(id, to: .running) + [.wake(id, .granted(consent))]
  }

  /// Gives the call of an expired or void card back, once.
  mutating func takeProposal(_ id: ApprovalID, fromKeyHolder: Bool) throws(DecisionError) -> GatedCall {
    guard fromKeyHolder else { throw .notKeyHolder }
    guard var entry = entries[id] else { throw .unknown(id) }
    guard entry.approval.canBeProposedAgain, let call = entry.call else { throw .notProposable(entry.approval) }
    entry.call = nil
    entries[id] = entry
    return call
  }

  /// Ends what has waited too long.
  mutating func sweep(at moment: GateMoment) -> [Action] {
    pending.flatMap { approval -> [Action] in
      guard let entry = entries[approval.id], let end = Self.end(of: entry, at: moment) else { return [] }
      return finish(approval.id, end.state, waking: end.verdict)
    }
  }

  /// Takes a waiting approval back, because whoever asked no longer does.
  mutating func withdraw(_ id: ApprovalID, because reason: String) -> [Action] {
    guard entries[id]?.approval.state == .pending else { return [] }
    return finish(id, .void(reason), waking: .void(reason))
  }

  /// Second look, right before the run: consent was given to what the card showed, and to nothing else.
  /// - Returns: why the approval is void, where it is.
  func objection(to id: ApprovalID, now assessment: CallAssessment) -> String? {
    guard let entry = entries[id], entry.approval.state == .running else { return "the approval is no longer in force" }
    return entry.assessment.difference(from: assessment)
  }

  /// Ends an approval whose call was let go on.
  mutating func close(_ id: ApprovalID, as state: Approval.State) -> [Action] {
    guard entries[id]?.approval.state == .running else { return [] }
    return finish(id, state, waking: nil)
  }

  private static func consent(_ assessment: CallAssessment) -> Approval.Consent {
    if let word = assessment.typedWord { return .typed(word) }
    return assessment.tier >= .red ? .capitalYes : .yes
  }

  private static func end(of entry: Entry, at moment: GateMoment) -> (state: Approval.State, verdict: Verdict)? {
    if moment.elapsed - entry.proposedAt.elapsed >= lifetime || moment.wall >= entry.approval.expiresAt {
      return (.expired, .expired)
    }
    if moment.wall < entry.approval.createdAt.addingTimeInterval(-clockTolerance) {
      let reason = "the clock was set back while it waited"
      return (.void(reason), .void(reason))
    }
    return nil
  }

  private mutating func change(_ id: ApprovalID, to state: Approval.State) -> [Action] {
    guard var entry = entries[id] else { return [] }
    entry.approval.state = state
    entries[id] = entry
    return [.announce(entry.approval)]
  }

  private mutating func finish(_ id: ApprovalID, _ state: Approval.State, waking verdict: Verdict?) -> [Action] {
    let announced = change(id, to: state)
    ended.append(id)
    if !state.mayBeProposedAgain { entries[id]?.call = nil }
    if ended.count > Self.maximumEnded {
      // A proposal that nobody answered outlives the receipts: it is still to be decided.
      let index = ended.firstIndex { entries[$0]?.call == nil } ?? ended.startIndex
      entries[ended.remove(at: index)] = nil
    }
    return announced + (verdict.map { [.wake(id, $0)] } ?? [])
  }
}

extension Approval.State {
  fileprivate var mayBeProposedAgain: Bool {
    switch self {
    case .expired, .void: true
    case .pending, .running, .done, .failed, .refused: false
    }
  }

  /// True where nothing can happen to the approval any more.
  public var hasEnded: Bool {
    switch self {
    case .pending, .running: false
    case .done, .failed, .refused, .expired, .void: true
    }
  }
}
