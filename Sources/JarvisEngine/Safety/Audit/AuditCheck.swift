import JarvisAPI

/// Follows the chain row by row and notes what is not as it was written. Pure: rows come from the database or a test.
struct AuditCheck {
  private(set) var verdict: AuditVerdict
  private var expectedNumber: Int
  private var previous: String?
  /// Reads older than this may lack their words.
  private let forgettableBefore: Int64

  /// - Parameters:
  ///   - first: the number that the first row must have.
  ///   - previous: the hash before it; nil where it is not known, because only the tail is looked at.
  ///   - newest: milliseconds of the newest row.
  init(head: AuditHead, first: Int = 1, previous: String? = "", newest: Int64) {
    verdict = AuditVerdict(head: head)
    expectedNumber = first
    self.previous = previous
    forgettableBefore = newest - AuditLog.readsKeptMilliseconds
  }

  /// - Parameter row: nil for one whose fields cannot be read; `number` is then all that is known of it.
  mutating func take(_ row: AuditRow?, number: Int) {
    verdict.checked += 1
    if number != expectedNumber {
      verdict.add(
        number,
        number == expectedNumber + 1
          ? "row \(expectedNumber) before it is missing"
          : "rows \(expectedNumber) to \(number - 1) before it are missing")
    }
    let followsGap = number != expectedNumber
    expectedNumber = number + 1
    guard let row else {
      verdict.add(number, "it holds what no Jarvis writes")
      previous = nil
      return
    }
    if let previous, !followsGap, row.previous != previous {
      verdict.add(number, "it does not follow the row before it")
    }
    checkContent(of: row)
    previous = row.hash
  }

  private mutating func checkContent(of row: AuditRow) {
    if row.hash != row.expectedHash {
      verdict.add(row.number, "its fields were changed")
    } else if let body = row.body {
      if SHA256.hexadecimal(body) != row.bodyHash { verdict.add(row.number, "its content was changed") }
    } else if row.kind != .read || row.at >= forgettableBefore {
      verdict.add(row.number, "its content was taken out")
    }
    if row.kind == .fault {
      let found = row.body.flatMap { try? JSONValue(parsing: $0) }?["found"]?.string
      verdict.add(row.number, "an earlier start found: \(found ?? "something wrong")")
    }
  }

  /// Notes what concerns the audit as a whole.
  mutating func report(_ problem: String) { verdict.add(nil, problem) }

  /// The audit has grown while it was checked.
  mutating func extend(to head: AuditHead) {
    if head.rows > verdict.head.rows { verdict.head = head }
  }

  /// Compares with what the head file says.
  /// - Parameter hashAtNoted: the hash of the row that the head file names.
  mutating func close(_ noted: Result<AuditHead, AuditHeadFile.Fault>, hashAtNoted: String?, path: String) {
    let rows = verdict.head.rows
    switch noted {
    // Before the first engine there is nothing to note.
    case .failure(.missing) where rows == 0: break
    case .failure(.missing):
      verdict.add(nil, "\(path) is missing: that no row was cut off at the end cannot be shown")
    case .failure(.unreadable(let reason)): verdict.add(nil, reason)
    case .success(let noted) where noted.rows > rows:
      verdict.add(rows, "the rows \(rows + 1) to \(noted.rows) behind it were cut off")
    case .success(let noted):
      if noted.rows > 0, hashAtNoted != noted.hash { verdict.add(noted.rows, "it is not the row that was written") }
    }
  }

  /// Rows that the head file never heard of were added by somebody else.
  mutating func refuseUnwritten(beyond noted: Result<AuditHead, AuditHeadFile.Fault>) {
    // One row may be committed with its head not yet written: the engine died in between, or is at it.
    guard case .success(let noted) = noted, verdict.head.rows > noted.rows + 1 else { return }
    verdict.add(noted.rows + 1, "\(verdict.head.rows - noted.rows) rows from here on were not written by Jarvis")
  }
}
