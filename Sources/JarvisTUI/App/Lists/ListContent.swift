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
  /// What Enter asks.
  var question: String
  /// The node that `s` opens a shell on; nil where the row belongs to none.
  var node: String?
}

/// A list's columns and rows as of now. Rows are made when they are looked at: ten thousand guests are no frame's work.
struct ListContent {
  let columns: [TableColumn]
  /// Identities of all rows that the filter lets through, in order.
  let ids: [String]
  /// How many rows there are without the filter.
  let total: Int
  /// What is wrong with the filter; nil where nothing is.
  let complaint: String?
  private let places: [Int]
  private let make: (Int) -> ListRow

  /// The list behind a view; nil for views that are no lists.
  init?(_ view: CentreView, state: AppState, now: Date) {
    let names: [String]
    switch view {
    case .guests:
      columns = Self.guestColumns
      names = state.mirror.cluster.guests.map { String($0.vmid) }
      make = { Self.row(of: state.mirror.cluster.guests[$0], state, now: now) }
    case .nodes:
      columns = Self.nodeColumns
      names = state.mirror.cluster.nodes.map(\.id)
      make = { Self.row(of: state.mirror.cluster.nodes[$0], state, now: now) }
    case .storage:
      columns = Self.storageColumns
      names = state.mirror.cluster.storages.map(\.id)
      make = { Self.row(of: state.mirror.cluster.storages[$0], state, now: now) }
    case .tasks:
      columns = Self.taskColumns
      names = state.mirror.cluster.tasks.map(\.id)
      make = { Self.row(of: state.mirror.cluster.tasks[$0], state, now: now) }
    case .events:
      // Newest first.
      let last = state.mirror.events.count - 1
      columns = Self.eventColumns
      names = state.mirror.events.reversed().map(\.id.uuidString)
      make = { Self.row(of: state.mirror.events[last - $0], state, now: now) }
    case .memory:
      let items = state.memory.page?.items ?? []
      columns = Self.memoryColumns
      names = items.map(\.id.rawValue)
      make = { Self.row(of: items[$0], state, now: now) }
    case .conversations:
      let entries = state.memory.conversations?.entries ?? []
      columns = Self.conversationColumns
      names = entries.map(\.id.rawValue)
      make = { Self.row(of: entries[$0], state, now: now) }
    case .chat, .system, .network: return nil
    }
    total = names.count
    let filter = ListFilter(state.lists[view]?.filter ?? "")
    complaint = filter.complaint
    let make = make
    places = filter.isEmpty ? Array(names.indices) : names.indices.filter { filter.matches(make($0)) }
    ids = filter.isEmpty ? names : places.map { names[$0] }
  }

  var count: Int { places.count }

  func row(_ index: Int) -> ListRow { make(places[index]) }
}

/// The filter's words: all must be found; `node:`, `status:`, `type:` and `tag:` look at that field alone.
struct ListFilter: Sendable, Equatable {
  private let words: [(field: String?, text: String)]
  /// What was written like a field and is none; looked for as plain text.
  let unknownFields: [String]

  init(_ text: String) {
    words = text.lowercased().split(separator: " ").map { word in
      let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, Self.fields.contains(String(parts[0])) else { return (nil, String(word)) }
      return (String(parts[0]), String(parts[1]))
    }
    unknownFields = words.filter { $0.field == nil }.compactMap { word in
      let parts = word.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = parts.first, !name.isEmpty, name.allSatisfy(\.isLetter) else { return nil }
      return String(name)
    }
  }

  static let fields: Set<String> = ["node", "status", "type", "tag"]

  var isEmpty: Bool { words.isEmpty }

  /// What to say of fields that do not exist; nil where all do.
  var complaint: String? {
    unknownFields.first.map { "no field \"\($0)\"; there are \(Self.fields.sorted().joined(separator: ", "))" }
  }

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
