import Foundation
import GRDB
import JarvisAPI
import JarvisStorage
import JarvisTestSupport
import Testing

@testable import JarvisSafety

@Suite struct AuditTests {
  /// An audit with some rows of each kind.
  struct Desk {
    let temporary: TemporaryDirectory
    let store: DataStore
    let log: AuditLog

    init(rows: Int = 12) async throws {
      temporary = try TemporaryDirectory()
      var migrator = DatabaseMigrator()
      AuditSchema.register(in: &migrator)
      store = try DataStore.throwAway(under: temporary.path, migrations: migrator)
      log = AuditLog(store: store)
      _ = try await log.recover(at: noon)
      try await log.note(.policy, ["table": "0"], at: noon)
      for number in 0..<rows {
        try await log.add(Self.record(tier: number.isMultiple(of: 3) ? .red : .green, target: "guest \(number)"))
      }
    }

    static func record(
      tier: SafetyTier = .red, at: Date = noon, result: ActionRecord.Result = .succeeded, target: String = "x"
    ) -> ActionRecord {
      ActionRecord(
        tool: "t", arguments: "{}", callHash: "h", caller: .model, why: "because",
        conversation: ConversationID(rawValue: "c"), tier: tier, rule: "r", target: target,
        approval: ApprovalID(rawValue: 3), startedAt: at, endedAt: result == .running ? nil : at + 1, result: result,
        detail: "fine")
    }

    /// As somebody with the file and a SQL prompt would.
    func tamper(_ sql: String) async throws {
      try await store.write("tamper") { db in
        for trigger in AuditSchema.triggers { try db.execute(sql: "DROP TRIGGER IF EXISTS \(trigger)") }
        try db.execute(sql: sql)
      }
    }

    var headPath: String { store.directory.path + "/audit.head" }

    func faults() async throws -> [String] {
      try await log.verify().faults.map(\.words).filter { !$0.contains("trigger") }
    }
  }

  @Test("FOUND-01 the audit tells of each call who asked, what, tier, rule, approval, start, end and result")
  func tells() async throws {
    let desk = try await Desk(rows: 0)
    let record = Desk.record()
    let number = try await desk.log.add(record)
    let kept = try #require(try await desk.log.latest().first)
    var expected = record
    expected.id = number
    #expect(kept == expected)
    let verdict = try await desk.log.verify()
    #expect(verdict.isSound && verdict.checked == 3 && verdict.head.rows == 3)
    try await desk.store.close()
  }

  @Test("FOUND-01 rows cannot be changed, removed or put in between: the database itself refuses")
  func appendOnly() async throws {
    let desk = try await Desk()
    for sql in [
      "UPDATE audit SET body = '{}' WHERE number = 3", "UPDATE audit SET body = NULL WHERE kind = 'read'",
      "UPDATE audit SET number = 99 WHERE number = 3", "DELETE FROM audit", "DELETE FROM audit WHERE number = 1",
      "INSERT INTO audit (number, at, kind, body_hash, previous, hash) VALUES (999, 0, 'read', '', '', '')",
      "INSERT OR REPLACE INTO audit (number, at, kind, body_hash, previous, hash) VALUES (2, 0, 'read', '', '', '')",
    ] {
      await #expect(throws: StorageError.self, "\(sql)") {
        try await desk.store.write("tamper") { try $0.execute(sql: sql) }
      }
    }
    #expect(try await desk.log.verify().isSound)
    try await desk.store.close()
  }

  @Test(
    "FOUND-01 verify finds any change, gap or truncation and says where",
    arguments: [
      ("UPDATE audit SET body = replace(body, 'red', 'green') || ' ' WHERE number = 5", "row 5: its content"),
      ("UPDATE audit SET body = NULL WHERE number = 2", "row 2: its content was taken out"),
      ("UPDATE audit SET body = NULL, kind = 'read' WHERE number = 2", "row 2: its fields"),
      ("UPDATE audit SET at = at + 1 WHERE number = 4", "row 4: its fields"),
      ("UPDATE audit SET kind = 'freeze' WHERE number = 4", "row 4: its fields"),
      ("UPDATE audit SET kind = 'nonsense' WHERE number = 4", "row 4: it holds what no Jarvis writes"),
      ("UPDATE audit SET refers_to = 1 WHERE number = 3", "row 3: its fields"),
      ("UPDATE audit SET previous = 'x' WHERE number = 6", "row 6: it does not follow"),
      ("DELETE FROM audit WHERE number = 4", "row 5: row 4 before it is missing"),
      ("DELETE FROM audit WHERE number BETWEEN 4 AND 6", "row 7: rows 4 to 6 before it are missing"),
      ("DELETE FROM audit WHERE number = 1", "row 2: row 1 before it is missing"),
      ("DELETE FROM audit WHERE number > 15", "row 15: the rows 16 to 17 behind it were cut off"),
      ("DELETE FROM audit", "row 0: the rows 1 to 17 behind it were cut off"),
      (
        """
        INSERT INTO audit SELECT 18, at, kind, refers_to, body, body_hash, previous, hash FROM audit WHERE number = 3;
        INSERT INTO audit SELECT 19, at, kind, refers_to, body, body_hash, previous, hash FROM audit WHERE number = 3
        """, "row 18: 2 rows from here on were not written by Jarvis"
      ),
      (
        "INSERT INTO audit SELECT 0, at, kind, refers_to, body, body_hash, previous, hash FROM audit WHERE number = 3",
        "row 0:"
      ),
    ])
  func finds(_ sql: String, _ expected: String) async throws {
    let desk = try await Desk()
    #expect(try await desk.log.verify().isSound)
    try await desk.tamper(sql)
    let faults = try await desk.faults()
    #expect(faults.contains { $0.hasPrefix(expected) }, "\(faults)")
    try await desk.store.close()
  }

  @Test("FOUND-01 one whole forged row, with its hash worked out anew, is found by its follower, or by the head")
  func forged() async throws {
    for number in [5, 17] {
      let desk = try await Desk()
      let rows = try await desk.store.read("look") { db in
        try Row.fetchAll(db, sql: "SELECT * FROM audit ORDER BY number").compactMap(AuditRow.init)
      }
      let old = rows[number - 1]
      let forged = AuditRow(
        after: AuditHead(rows: number - 1, hash: old.previous), at: old.at, kind: old.kind, refersTo: old.refersTo,
        body: ["tool": "nothing"])
      try await desk.tamper(
        "UPDATE audit SET body = '\(forged.body!)', body_hash = '\(forged.bodyHash)', hash = '\(forged.hash)' WHERE number = \(number)"
      )
      let faults = try await desk.faults()
      let expected = number == 17 ? "row 17: it is not the row that was written" : "row 6: it does not follow"
      #expect(faults.contains { $0.hasPrefix(expected) }, "\(faults)")
      try await desk.store.close()
    }
  }

  @Test("FOUND-01 an audit without a row and without a head file is sound: no engine has been here")
  func unbegun() {
    var check = AuditCheck(head: .empty, newest: 0)
    check.close(.failure(.missing), hashAtNoted: nil, path: "audit.head")
    #expect(check.verdict.isSound)
  }

  @Test("FOUND-01 a head file that is missing, garbled or of another audit is found, and missing triggers are")
  func head() async throws {
    let desk = try await Desk()
    let good = try Data(contentsOf: URL(fileURLWithPath: desk.headPath))
    for (text, expected) in [
      (nil, "missing"), ("seventeen", "no count and hash"), ("17 abc", "not the row"), ("4 ", "no count"),
    ] {
      if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: desk.headPath)) } else { unlink(desk.headPath) }
      let faults = try await desk.faults()
      #expect(faults.contains { $0.contains(expected) }, "\(faults)")
      try good.write(to: URL(fileURLWithPath: desk.headPath))
      chmod(desk.headPath, 0o600)
    }
    #expect(try await desk.log.verify().isSound)
    try await desk.store.write("tamper") { try $0.execute(sql: "DROP TRIGGER audit_no_delete") }
    #expect(try await desk.log.verify().faults.first?.problem.contains("audit_no_delete") == true)
    try await desk.store.close()
  }

  @Test("FOUND-01 what a start finds cut off or without its head stays in the audit: going on does not hide it")
  func faultsStay() async throws {
    for cut in [true, false] {
      let desk = try await Desk()
      if cut { try await desk.tamper("DELETE FROM audit WHERE number > 10") } else { unlink(desk.headPath) }
      _ = try await desk.log.recover(at: noon)
      try await desk.log.add(Desk.record())
      let faults = try await desk.faults()
      #expect(faults.contains { $0.contains("an earlier start found") }, "\(faults)")
      try await desk.store.close()
    }
  }

  @Test("FOUND-01 the outcome of a call during which Jarvis died is closed as unknown at the next start, once")
  func crash() async throws {
    let desk = try await Desk(rows: 2)
    let number = try await desk.log.add(Desk.record(result: .running, target: "lost"))
    #expect(try await desk.log.latest().first?.result == .running)
    let open = try await desk.log.recover(at: noon + 60)
    #expect(open.map(\.id) == [number] && open[0].approval == ApprovalID(rawValue: 3))
    #expect(try await desk.log.recover(at: noon + 61).isEmpty)
    let row = try #require(try await desk.log.latest().first)
    #expect(row.result == .unknown && row.target == "lost" && row.endedAt == noon + 60)
    #expect(try await desk.log.verify().isSound)
    try await desk.store.close()
  }

  @Test("FOUND-01 a row that was committed while its head was not is no fault")
  func headBehind() async throws {
    let desk = try await Desk()
    let head = try Data(contentsOf: URL(fileURLWithPath: desk.headPath))
    try await desk.log.note(.freeze, ["reason": "storm"], at: noon)
    try head.write(to: URL(fileURLWithPath: desk.headPath))
    chmod(desk.headPath, 0o600)
    #expect(try await desk.log.verify().isSound)
    _ = try await desk.log.recover(at: noon)
    #expect(try await desk.log.verify().isSound)
    try await desk.store.close()
  }

  @Test("FOUND-01 the words of reads go after 30 days, nothing else does, and the chain holds")
  func forgetting() async throws {
    let desk = try await Desk(rows: 6)
    let later = noon + AuditLog.readsKept + 60
    try await desk.log.add(Desk.record(tier: .green, at: later, target: "new"))
    _ = try await desk.log.recover(at: later)
    #expect(try await desk.log.latest().map(\.target) == ["new", "guest 3", "guest 0"])
    #expect(try await desk.log.verify().isSound)
    try await desk.store.close()
  }

  @Test("FOUND-01 a check of the tail looks at no more than it was told, a full one at all")
  func tail() async throws {
    let desk = try await Desk()
    try await desk.tamper("UPDATE audit SET body = '{}' WHERE number = 2")
    let tail = try await desk.log.verify(onlyLast: 5)
    #expect(tail.checked == 5 && tail.faults.allSatisfy { $0.problem.contains("trigger") })
    #expect(try await !desk.faults().isEmpty)
    try await desk.store.close()
  }

  @Test("FOUND-01 writers side by side make one chain")
  func concurrent() async throws {
    let desk = try await Desk(rows: 0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask { try await desk.log.add(Desk.record(target: "\(number)")) }
        group.addTask {
          let verdict = try await desk.log.verify()
          #expect(verdict.isSound, "\(verdict.faults)")
        }
      }
      try await group.waitForAll()
    }
    let verdict = try await desk.log.verify()
    #expect(verdict.isSound && verdict.head.rows == 81)
    #expect(Set(try await desk.log.latest().map(\.target)).count == 40)
    try await desk.store.close()
  }

  @Test("FOUND-01 the export holds every row and the head, and its hashes can be followed without Jarvis")
  func export() async throws {
    let desk = try await Desk()
    var lines: [JSONValue] = []
    try await desk.log.export { lines.append(try JSONValue(parsing: $0)) }
    #expect(lines.count == 18)
    #expect(lines.last?["head"]?["rows"] == 17 && lines.last?["head"]?["hash"] == lines[16]["hash"])
    var previous = ""
    for line in lines.dropLast() {
      #expect(line["previous"]?.string == previous)
      #expect(SHA256.hexadecimal(line["body"]?.string ?? "") == line["body_hash"]?.string)
      previous = line["hash"]?.string ?? "-"
    }
    try await desk.store.close()
  }

  @Test("FOUND-01 the record of version 0.1 becomes the beginning of the audit")
  func migration() async throws {
    let temporary = try TemporaryDirectory()
    var former = DatabaseMigrator()
    former.registerMigration("actions 1") { db in
      try db.execute(
        sql: """
          CREATE TABLE action (id INTEGER PRIMARY KEY AUTOINCREMENT, tool TEXT NOT NULL, arguments TEXT NOT NULL,
            call_hash TEXT NOT NULL, caller TEXT NOT NULL, why TEXT NOT NULL, conversation TEXT, tier TEXT NOT NULL,
            rule TEXT NOT NULL, target TEXT NOT NULL, approval INTEGER, started_at DOUBLE NOT NULL, ended_at DOUBLE,
            result TEXT NOT NULL, detail TEXT NOT NULL);
          INSERT INTO action (tool, arguments, call_hash, caller, why, tier, rule, target, started_at, ended_at, result,
            detail) VALUES ('list_guests', '{}', 'h', 'model', '', 'GREEN', 'r', '', 10, 11, 'succeeded', '14 guests'),
            ('stop_guest', '{}', 'h', 'human', '', 'RED', 'r', 'pihole', 20, 25, 'succeeded', 'stopped'),
            ('stop_guest', '{}', 'h', 'mcp', '', 'RED', 'r', 'pihole', 30, 31, 'refused', 'no'),
            ('start_guest', '{}', 'h', 'model', '', 'YELLOW', 'r', 'pihole', 40, NULL, 'running', '');
          """)
    }
    let directory = DataDirectory(path: temporary.path + "/data")
    let old = try DataStore.openForEngine(in: directory, migrations: former, now: { noon })
    try await old.close()
    var migrator = DatabaseMigrator()
    AuditSchema.register(in: &migrator)
    let store = try DataStore.openForEngine(in: directory, migrations: migrator, now: { noon })
    let log = AuditLog(store: store)
    #expect(try await log.isNew())
    let open = try await log.recover(at: noon)
    #expect(open.map(\.tool) == ["start_guest"])
    let calls = try await log.latest()
    // The read of 1970 has lost its words by now.
    #expect(calls.map(\.result) == [.unknown, .refused, .succeeded])
    #expect(calls[2].detail == "stopped" && calls[2].endedAt == Date(timeIntervalSince1970: 25))
    #expect(try await log.verify().isSound)
    try await store.close()
  }

  @Test("FOUND-08 a locked or read-only database lets no mutation through and counts as frozen")
  func lockedOrReadOnly() async throws {
    let fixture = try await GateFixture()
    let path = fixture.store.directory.databasePath
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(1)
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: path, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let ran = Mutable(0)
    let outcome = await fixture.send(call("start_guest"), target: assessment(.yellow), ran: ran)
    #expect(outcome.refusal?.kind == .frozen && ran.value == 0)
    #expect(outcome.refusal?.reason.contains("cannot be written") == true)
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(await fixture.gate.frozen() == nil)
    try await fixture.store.close()
  }
}
