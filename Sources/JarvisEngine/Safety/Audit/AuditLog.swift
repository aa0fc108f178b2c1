import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// The audit on disk: every call that passed the gate, every one it refused, and every change to safety itself, as an
/// append-only chain of hashes.
///
/// A row is forced to the disk before `append` returns, and the head file after it.
public struct AuditLog: Sendable {
  /// How long the words of a GREEN call are kept; its place in the chain stays, as do all other rows.
  public static let readsKept: TimeInterval = 30 * 86_400
  static let readsKeptMilliseconds = Int64(readsKept * 1_000)
  /// Rows that `latest` gives at most.
  public static let maximumListed = 1_000
  /// Calls without an end that one start closes at most; the mutations of an engine run one at a time.
  static let maximumRecovered = 10_000

  let store: DataStore
  let headFile: AuditHeadFile

  public init(store: DataStore) {
    self.store = store
    headFile = AuditHeadFile(directory: store.directory)
  }

  private static let attempted = "write the safety record"

  /// Adds a row to the chain.
  /// - Returns: its number.
  @discardableResult
  func append(_ step: AuditStep) async throws(StorageError) -> Int {
    let headFile = headFile
    return try await store.writeDurably(Self.attempted) { db in
      var head = AuditHead.empty
      try db.inTransaction(.immediate) {
        head = try AuditChain.append(step, at: step.at, behind: try AuditChain.head(db), in: db)
        return .commit
      }
      // In here nobody else writes: heads reach their file in the order of their rows, one row a commit.
      try headFile.write(head)
      return head.rows
    }
  }

  /// Writes the row of a call, and gives its number. A call above GREEN does not begin before this has returned.
  @discardableResult
  public func add(_ record: ActionRecord) async throws(StorageError) -> Int {
    let steps = record.steps(refersTo: 0)
    let number = try await append(steps[0])
    for var step in steps.dropFirst() {
      step.refersTo = number
      try await append(step)
    }
    return number
  }

  /// Writes how the call of a row ended.
  public func end(
    _ id: Int, at date: Date, _ result: ActionRecord.Result, detail: String
  ) async throws(StorageError) {
    try await append(ActionRecord.end(of: id, result, detail: detail, at: AuditRow.milliseconds(date)))
  }

  /// Writes that something about safety itself has changed.
  /// - Parameter body: redacted already.
  @discardableResult
  public func note(_ kind: AuditKind, _ body: JSONValue, at date: Date) async throws(StorageError) -> Int {
    try await append(AuditStep(kind, body: body, at: AuditRow.milliseconds(date)))
  }

  /// Fails where a row could not be written now: the database is locked, read-only or gone.
  public func probe() async throws(StorageError) {
    try await store.writeDurably(Self.attempted) { db in
      try db.inTransaction(.immediate) {
        // Held for a moment, then given back: nothing is changed.
        try db.execute(sql: "UPDATE audit SET number = number WHERE 0")
        return .rollback
      }
    }
  }

  /// The latest calls, newest first.
  public func latest(_ limit: Int = 100) async throws(StorageError) -> [ActionRecord] {
    try await store.read("read the safety record") { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM audit WHERE kind IN ('read', 'begin', 'refusal') AND body IS NOT NULL
          ORDER BY number DESC LIMIT ?
          """, arguments: [min(max(limit, 0), Self.maximumListed)])
      return try rows.compactMap(AuditRow.init).compactMap { row in
        ActionRecord(row, end: row.kind == .begin ? try Self.end(of: row.number, db) : nil)
      }
    }
  }

  /// The latest rows of some kinds, newest first.
  public func latestRows(_ kinds: [AuditKind], limit: Int = 100) async throws(StorageError) -> [AuditRow] {
    try await store.read("read the safety record") { db in
      let marks = databaseQuestionMarks(count: kinds.count)
      return try Row.fetchAll(
        db, sql: "SELECT * FROM audit WHERE kind IN (\(marks)) ORDER BY number DESC LIMIT ?",
        arguments: StatementArguments(kinds.map(\.rawValue)) + [min(max(limit, 0), Self.maximumListed)]
      ).compactMap(AuditRow.init)
    }
  }

  public func head() async throws(StorageError) -> AuditHead {
    try await store.read("read the safety record") { try AuditChain.head($0) }
  }

  private static func end(of number: Int, _ db: Database) throws -> AuditRow? {
    try Row.fetchOne(db, sql: "SELECT * FROM audit WHERE refers_to = ? ORDER BY number LIMIT 1", arguments: [number])
      .flatMap(AuditRow.init)
  }

  // MARK: At start

  /// Call once at start, before anything is appended: compares the chain with its head file, closes the calls of an
  /// engine that died with an unknown outcome, and forgets the words of old reads.
  ///
  /// Where the head file and the chain disagree, that is written into the chain for good.
  /// - Returns: the calls whose outcome nobody knows.
  public func recover(at date: Date) async throws(StorageError) -> [ActionRecord] {
    try await meetHead(at: date)
    let open = try await store.read("recover the safety record") { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM audit AS a WHERE kind = 'begin'
            AND NOT EXISTS (SELECT 1 FROM audit AS b WHERE b.refers_to = a.number) ORDER BY number LIMIT ?
          """, arguments: [Self.maximumRecovered]
      ).compactMap(AuditRow.init)
    }
    for row in open { try await end(row.number, at: date, .unknown, detail: "Jarvis stopped while it ran") }
    try await store.write("recover the safety record") { db in
      try db.execute(
        sql: """
          UPDATE audit SET body = NULL WHERE kind = 'read' AND body IS NOT NULL
            AND at < (SELECT MAX(at) FROM audit) - ?
          """, arguments: [Self.readsKeptMilliseconds])
    }
    return open.compactMap { ActionRecord($0, end: nil) }
  }

  /// True where no engine that keeps a head file has written here: a new audit, or one taken over from version 0.1.
  public func isNew() async throws(StorageError) -> Bool {
    guard case .failure(.missing) = Result(catching: headFile.read) else { return false }
    // Nobody can make a chain look so by removing its head file: each engine notes the policy when it starts.
    return try await latestRows([.policy], limit: 1).isEmpty
  }

  private func meetHead(at date: Date) async throws(StorageError) {
    let head = try await head()
    if try await isNew() { return try headFile.write(head) }
    let found = Result(catching: headFile.read)
    guard let problem = try await disagreement(of: found, with: head) else { return }
    try await note(.fault, ["found": .string(problem)], at: date)
  }

  private func disagreement(
    of found: Result<AuditHead, AuditHeadFile.Fault>, with head: AuditHead
  ) async throws(StorageError) -> String? {
    switch found {
    case .failure(.missing): return "\(headFile.path) is missing: that no row was cut off cannot be shown"
    case .failure(.unreadable(let reason)): return reason
    case .success(let noted):
      if noted.rows > head.rows {
        return "the audit holds \(head.rows) rows where \(noted.rows) were written: its end was cut off"
      }
      if noted.rows > 0, try await hash(of: noted.rows) != noted.hash {
        return "row \(noted.rows) is not the one that was written"
      }
      return nil
    }
  }

  private func hash(of number: Int) async throws(StorageError) -> String? {
    try await store.read("read the safety record") { db in
      try String.fetchOne(db, sql: "SELECT hash FROM audit WHERE number = ?", arguments: [number])
    }
  }
}
