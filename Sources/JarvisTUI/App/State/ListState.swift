/// Selection, filter and place of one list. Kept by identity, so that a refresh moves nothing under the person's hand.
struct ListState: Sendable, Equatable {
  /// The selected row's identity.
  private(set) var selected: String?
  /// Where it stood last: its successor takes over when it goes.
  private var place = 0
  private(set) var filter = ""
  /// True while keys go into the filter.
  var isFiltering = false

  /// The selected row among these, nil where there are none.
  func index(in ids: [String]) -> Int? {
    guard !ids.isEmpty else { return nil }
    if let selected, let index = ids.firstIndex(of: selected) { return index }
    return min(place, ids.count - 1)
  }

  /// Moves the selection by so many rows, stopping at the ends.
  mutating func move(_ rows: Int, in ids: [String]) {
    guard let index = index(in: ids) else { return }
    select(min(max(0, index.addingReportingOverflow(rows).partialValue), ids.count - 1), in: ids)
  }

  mutating func select(_ index: Int, in ids: [String]) {
    guard ids.indices.contains(index) else { return }
    place = index
    selected = ids[index]
  }

  mutating func editFilter(_ edit: FieldEdit) {
    filter = edit.applied(to: filter, limit: AppLimits.filterCharacters)
  }

  mutating func clearFilter() {
    filter = ""
    isFiltering = false
  }
}
