import Foundation
import JarvisAPI

/// The audit as the person looks through it: rows loaded so far, a filter, the selected row, and the one that is open. A
/// value: it says what it wants loaded, and is told what came.
struct AuditBrowser: Sendable, Equatable {
  /// Rows kept; beyond it the person filters.
  static let maximumRows = 5_000

  /// Newest first.
  private(set) var entries: [AuditEntry] = []
  private(set) var total = 0
  /// Where to go on; nil where all is loaded.
  private(set) var next: Int?
  private(set) var isLoading = false
  /// Why the last page did not come.
  private(set) var failure: String?
  /// As typed: words, and `kind:refusal`.
  private(set) var filter = ""
  var isFiltering = false
  private(set) var selected = 0
  /// True where the selected row's body is shown.
  private(set) var isOpen = false
  private(set) var scroll = 0
  /// What was asked for last: the answer to anything older is not wanted any more.
  private var query = AuditQuery()

  /// The newest rows that the filter lets through.
  mutating func reload() -> AuditQuery {
    query = Self.query(filter)
    isLoading = true
    failure = nil
    return query
  }

  /// The next older rows, where there are some and the person is near the end of what is loaded.
  mutating func more(rowsInSight: Int) -> AuditQuery? {
    guard let next, !isLoading, failure == nil, entries.count < Self.maximumRows,
      selected + max(1, rowsInSight) >= entries.count
    else { return nil }
    query = Self.query(filter)
    query.before = next
    isLoading = true
    return query
  }

  mutating func take(_ page: AuditPage) {
    guard page.query == query else { return }
    isLoading = false
    total = page.total
    next = page.next
    if page.query.before == nil { (entries, selected) = ([], 0) }
    entries += page.entries.prefix(Self.maximumRows - entries.count)
    if entries.count >= Self.maximumRows { next = nil }
  }

  mutating func fail(_ reason: String) {
    isLoading = false
    failure = reason
  }

  mutating func move(_ rows: Int) {
    if isOpen { return scroll = max(0, scroll + rows) }
    selected = min(max(0, selected.addingReportingOverflow(rows).partialValue), max(0, entries.count - 1))
  }

  /// Enter: the row's body, and back.
  mutating func toggle() {
    isOpen = current != nil && !isOpen
    scroll = 0
  }

  /// Esc: out of the filter, out of the row. False where nothing of this was open.
  mutating func back() -> Bool {
    if isFiltering {
      isFiltering = false
      return true
    }
    guard isOpen else { return false }
    isOpen = false
    return true
  }

  var current: AuditEntry? { entries.indices.contains(selected) ? entries[selected] : nil }

  mutating func edit(_ edit: FieldEdit) { filter = edit.applied(to: filter, limit: AppLimits.filterCharacters) }

  /// `kind:refusal pihole` as the engine takes it.
  private static func query(_ filter: String) -> AuditQuery {
    var query = AuditQuery()
    for word in filter.split(separator: " ") {
      if word.hasPrefix("kind:") {
        query.kinds.append(String(word.dropFirst(5)))
      } else {
        query.words.append(String(word))
      }
    }
    query.kinds.removeAll(where: \.isEmpty)
    return query
  }
}
