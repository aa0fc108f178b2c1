import Foundation
import JarvisAPI
import JarvisTerminal

/// A row of a list before it is drawn: identity, cells, and what a filter can find it by.
struct ListRow: Sendable, Equatable {
  struct Cell: Sendable, Equatable {
    var text: String
    var scope: String
    init(_ text: String, _ scope: String = "text") {
      self.text = text
      self.scope = scope
    }
  }
  var id: String
  var cells: [Cell]
  /// `node:`, `status:`, `type:`, `tag:` of this row, in lower case.
  var fields: [String: [String]] = [:]
  /// What Enter puts into the input line.
  var question: String
}

/// A list's columns and rows as of now.
struct ListContent: Sendable {
  var columns: [TableColumn]
  /// All rows that the filter lets through.
  var rows: [ListRow]
  /// How many rows there are without the filter.
  var total: Int

  var ids: [String] { rows.map(\.id) }

  /// The list behind a view; nil for views that are no lists.
  init?(_ view: CentreView, state: AppState, now: Date) {
    let all: [ListRow]
    switch view {
    case .guests: (columns, all) = (Self.guestColumns, Self.guests(state, now: now))
    case .nodes: (columns, all) = (Self.nodeColumns, Self.nodes(state, now: now))
    case .storage: (columns, all) = (Self.storageColumns, Self.storages(state, now: now))
    case .tasks: (columns, all) = (Self.taskColumns, Self.tasks(state, now: now))
    case .events: (columns, all) = (Self.eventColumns, Self.events(state, now: now))
    case .chat, .system, .network: return nil
    }
    total = all.count
    let filter = ListFilter(state.lists[view]?.filter ?? "")
    rows = filter.isEmpty ? all : all.filter(filter.matches)
  }
}

/// The filter's words: all must be found; `node:`, `status:`, `type:` and `tag:` look at that field alone.
struct ListFilter: Sendable, Equatable {
  private let words: [(field: String?, text: String)]

  init(_ text: String) {
    words = text.lowercased().split(separator: " ").map { word in
      let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, Self.fields.contains(String(parts[0])) else { return (nil, String(word)) }
      return (String(parts[0]), String(parts[1]))
    }
  }

  static let fields: Set<String> = ["node", "status", "type", "tag"]

  var isEmpty: Bool { words.isEmpty }

  func matches(_ row: ListRow) -> Bool {
    words.allSatisfy { word in
      if let field = word.field { return row.fields[field]?.contains { $0.hasPrefix(word.text) } ?? false }
      return row.cells.contains { $0.text.lowercased().contains(word.text) }
    }
  }

  static func == (left: Self, right: Self) -> Bool {
    left.words.count == right.words.count && zip(left.words, right.words).allSatisfy { $0 == $1 }
  }
}
