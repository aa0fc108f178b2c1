import GRDB
import JarvisStorage

/// Looking through the audit from its newest row on.
extension AuditLog {
  /// Rows of one page, and rows looked at for one, at most: a rare word must not hold the database for long.
  public static let pageSize = 100
  static let maximumSearched = 20_000

  /// - Parameters:
  ///   - before: rows older than this number; nil for the newest.
  ///   - kinds: empty for all.
  ///   - words: all of them must stand in the row's kind or body, without regard to case.
  /// - Returns: the rows, newest first, and where to go on; nil where none are left.
  public func page(
    before: Int?, kinds: [AuditKind] = [], words: [String] = [], limit: Int = pageSize
  ) async throws(StorageError) -> (rows: [AuditRow], next: Int?) {
    let limit = min(max(1, limit), Self.pageSize)
    // However often one is named: no more of them than there are.
    let kinds = Set(kinds)
    return try await store.read("read the safety record") { db in
      let last = try Int.fetchOne(db, sql: "SELECT MAX(number) FROM audit") ?? 0
      let top = min(max(1, before ?? (last + 1)), last + 1)
      let bottom = max(1, top - Self.maximumSearched)
      var sql = "SELECT * FROM audit WHERE number < ? AND number >= ?"
      var arguments: StatementArguments = [top, bottom]
      if !kinds.isEmpty {
        sql += " AND kind IN (\(databaseQuestionMarks(count: kinds.count)))"
        arguments += StatementArguments(kinds.map(\.rawValue))
      }
      for word in words {
        sql += " AND (kind || ' ' || coalesce(body, '')) LIKE ? ESCAPE '\\'"
        arguments += ["%" + Self.escaped(word) + "%"]
      }
      let rows = try Row.fetchAll(db, sql: sql + " ORDER BY number DESC LIMIT \(limit)", arguments: arguments)
        .compactMap(AuditRow.init)
      if rows.count == limit, let lowest = rows.last?.number { return (rows, lowest > 1 ? lowest : nil) }
      return (rows, bottom > 1 ? bottom : nil)
    }
  }

  /// A word is itself, not a pattern.
  private static func escaped(_ word: String) -> String {
    word.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }
}
