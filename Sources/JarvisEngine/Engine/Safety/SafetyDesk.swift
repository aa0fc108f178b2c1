import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety
import JarvisStorage
import Logging

/// Watches over what safety itself is made of, and tells the screens and the audit of every change: kill switch, rules,
/// allowances, the audit's own state, maintenance, home.
actor SafetyDesk {
  /// How soon a freeze set by the command line is shown; it holds at once, since the gate reads the file itself.
  static let interval: Duration = .seconds(1)
  /// Glances at the kill switch's file between two looks at all of it: its content, policy, audit, maintenance.
  static let glancesPerLook = 5

  let foundation: SafetyFoundation
  let gate: Gate
  let options: EngineOptions
  private let emit: @Sendable (Event) -> Void
  let log: Logger
  private(set) var freeze: Freeze?
  /// The freeze file's word that the audit has; also the fault of an unreadable one.
  private var audited: String?
  private var toldStamp: SafetyStamp?
  private var verdict = SafetyStamp.Audit.unknown
  private var changedSinceVisit: [String] = []
  private var policyWarnings: [String] = []
  private var seenPolicy: FileMark?
  private var seenFreeze: FileMark?
  private var toldMaintenance: [Maintenance] = []
  /// By node what HA told last, where it told anything; nil before the first look.
  var followedMaintenance: [String: Bool]?
  private var visits = VisitBook()

  init(
    _ foundation: SafetyFoundation, gate: Gate, options: EngineOptions, emit: @escaping @Sendable (Event) -> Void,
    log: Logger
  ) {
    self.foundation = foundation
    self.gate = gate
    self.options = options
    self.emit = emit
    self.log = log
  }

  /// Notes the rules in force, and looks for the first time.
  func begin() async throws(UserFacingError) {
    do throws(StorageError) {
      try await foundation.audit.note(
        .policy,
        [
          "table": .string(foundation.rules.shortHash), "file": foundation.policy.map { .string($0.path) } ?? .null,
          "read_only": .bool(options.readOnly),
        ], at: options.now())
      let words = try await foundation.audit.latestRows([.freeze, .unfreeze], limit: 1)
      audited = words.first?.body.flatMap { try? JSONValue(parsing: $0) }?["id"]?.string
      take(try await foundation.audit.verify(onlyLast: AuditLog.checkedAtStart))
    } catch {
      throw error.userFacing
    }
    seenPolicy = policyMark()
    await noteHome()
    await notePins()
    await look()
  }

  /// Looks until the engine stops; first of all through the whole audit.
  func run() async {
    let check = Task { await checkAudit() }
    defer { check.cancel() }
    var glances = 0
    while !Task.isCancelled {
      // Cancellation is how looking ends.
      guard (try? await options.clock.sleep(for: Self.interval)) != nil else { return }
      glances += 1
      if !glances.isMultiple(of: Self.glancesPerLook) {
        await glance()
      } else {
        await look()
        await lookAtPolicy()
        await tellMaintenance()
        if let home = foundation.home.reload() { await note(.home, home.auditBody) }
      }
    }
  }

  /// The whole chain, in the background.
  private func checkAudit() async {
    do {
      take(try await foundation.audit.verify())
      await tellStamp()
    } catch {
      log.error("the audit could not be checked", metadata: ["error": "\(error)"])
    }
  }

  private func take(_ found: AuditVerdict) {
    guard !found.isSound else { return verdict = .ok }
    let more = found.faultCount > 1 ? " and \(found.faultCount - 1) more" : ""
    verdict = .broken((found.faults.first?.words ?? "it does not hold") + more)
  }

  // MARK: Looking

  /// Looks where the kill switch's file has changed, or a freeze in force may have ended by its time: at rest this is
  /// one system call a second.
  private func glance() async {
    if freeze != nil || FileMark(path: foundation.freeze.path) != seenFreeze { await look() }
  }

  /// Looks at the kill switch and the audit, and tells what is new.
  func look() async {
    seenFreeze = FileMark(path: foundation.freeze.path)
    let before = freeze
    freeze = await gate.frozen()
    if freeze != before { emit(.system(.freeze(freeze))) }
    await auditFreeze(endedByItself: before != nil && freeze == nil)
    await tellStamp()
  }

  private func auditFreeze(endedByItself: Bool) async {
    let word = foundation.freeze.lastWord()
    let id = word?.id ?? freeze.map { "unreadable: \($0.reason)" } ?? ""
    if id != audited, let step = Self.step(word, freeze, id, knowsNothing: audited == nil) {
      audited = id
      await note(step.0, step.1)
    } else if id == audited, endedByItself {
      await note(.unfreeze, ["id": .string(id), "by": "Jarvis", "reason": "its time has come"])
    } else {
      audited = id
    }
  }

  private static func step(
    _ word: FreezeFile.LastWord?, _ freeze: Freeze?, _ id: String, knowsNothing: Bool
  ) -> (AuditKind, JSONValue)? {
    guard let word else {
      return freeze.map { (.freeze, ["id": .string(id), "by": .string($0.by), "reason": .string($0.reason)]) }
    }
    // The record that every data directory begins with is nobody's word.
    if !word.isFreeze, knowsNothing { return nil }
    var body: [String: JSONValue] = [
      "id": .string(id), "by": .string(word.by), "reason": .string(word.reason),
      "at": .int(Int(word.at.timeIntervalSince1970 * 1_000)),
    ]
    if let until = word.until { body["until"] = .int(Int(until.timeIntervalSince1970 * 1_000)) }
    return (word.isFreeze ? .freeze : .unfreeze, .object(body))
  }

  /// Writes a row that is about safety itself. The state it tells of holds without it.
  func note(_ kind: AuditKind, _ body: JSONValue) async {
    do {
      try await foundation.audit.note(kind, gate.redacted(body), at: options.now())
    } catch {
      log.error("the audit could not be written", metadata: ["kind": "\(kind.rawValue)", "error": "\(error)"])
    }
  }

  // MARK: Policy

  private func policyMark() -> FileMark? {
    foundation.policy.flatMap { FileMark(path: $0.path) }
  }

  /// Takes over what a changed policy file makes stricter; one that cannot be read changes nothing and is told.
  func lookAtPolicy() async {
    let mark = policyMark()
    guard mark != seenPolicy, let file = foundation.policy else { return }
    seenPolicy = mark
    do throws(PolicyError) {
      // A file that was taken away makes nothing milder before the next start.
      let (changed, waiting) = foundation.rules.tighten(try file.load() ?? Policy())
      policyWarnings = waiting
      await note(
        .policy,
        [
          "table": .string(foundation.rules.shortHash), "file": .string(file.path),
          "changed": .array(changed.map { .string($0) }), "waiting": .array(waiting.map { .string($0) }),
        ])
    } catch {
      policyWarnings = ["the policy was not read again, and the one before holds: \(error.place): \(error.problem)"]
      await note(.policy, ["file": .string(file.path), "error": .string("\(error.place): \(error.problem)")])
    }
    await tellStamp()
  }

  // MARK: The stamp

  func stamp() async -> SafetyStamp {
    var stamp = SafetyStamp(
      tableHash: foundation.rules.shortHash, audit: verdict, changedSinceLastVisit: changedSinceVisit,
      warnings: policyWarnings)
    // Without a cluster there is nothing to live on.
    if options.configuration.cluster != nil, let warning = foundation.home.standing.warning {
      stamp.warnings.append(warning)
    }
    do {
      let head = try await foundation.audit.head()
      stamp.auditHead = String(head.hash.prefix(8))
      stamp.auditRows = head.rows
    } catch {
      stamp.audit = .broken("it cannot be read: \(error.reason)")
    }
    return stamp
  }

  private func tellStamp() async {
    let stamp = await stamp()
    if stamp != toldStamp { emit(.system(.safety(stamp))) }
    toldStamp = stamp
  }

  /// The holder of the approval key has come: what is other than at the last visit?
  func visitBegins() async {
    changedSinceVisit = []
    guard let last = foundation.visits.last() else { return }
    if last.tableHash != foundation.rules.shortHash {
      changedSinceVisit.append(
        "tools, tiers or policy are not what they were (\(last.tableHash), now \(foundation.rules.shortHash))")
    }
    do {
      switch try await foundation.audit.growth(since: last.audit) {
      case .rewritten:
        changedSinceVisit.append("the audit no longer holds the row that was its last; run `jarvis-tui audit verify`")
      case .grown(_, notable: 0): break
      case .grown(_, let notable):
        changedSinceVisit.append("the audit has \(notable) new rows beside reads; the record has them")
      }
    } catch {
      changedSinceVisit.append("the audit cannot be read: \(error.reason)")
    }
    await tellStamp()
  }

  func visitEnds() async {
    await closeShells()
    do {
      try foundation.visits.save(
        SafetyVisit(tableHash: foundation.rules.shortHash, audit: try await foundation.audit.head()))
    } catch {
      log.error("the visit could not be noted", metadata: ["error": "\(error)"])
    }
  }

  // MARK: Shells

  func grant(_ visit: ShellVisit, whileFrozen: Bool) throws(VisitBook.Fault) -> [ShellVisit] {
    try visits.grant(visit, whileFrozen: whileFrozen, at: options.now())
  }

  func use(_ visit: ShellVisit, isFrozen: Bool) throws(VisitBook.Fault) {
    try visits.open(visit, isFrozen: isFrozen, at: options.now())
  }

  func end(_ visit: ShellVisit) -> ShellVisit? { visits.close(visit) }

  func endAll() -> [ShellVisit] { visits.closeAll() }

  // MARK: Following

  func followAllowances() async {
    for await allowances in gate.allowanceChanges { emit(.system(.allowances(allowances))) }
  }

  /// Each new picture may show that Jarvis has moved.
  func follow(_ cluster: LiveCluster) async {
    for await update in await cluster.updates() {
      await follow(update.snapshot, cluster)
      await followMaintenance(update.snapshot.nodes)
    }
  }

  // MARK: Maintenance

  func maintenance() async throws(StorageError) -> [Maintenance] {
    try await foundation.maintenance.current(at: options.now())
  }

  func tellMaintenance() async {
    // What cannot be read now is looked at again in a few seconds.
    guard let current = try? await maintenance(), current != toldMaintenance else { return }
    toldMaintenance = current
    emit(.system(.maintenance(current)))
  }
}
