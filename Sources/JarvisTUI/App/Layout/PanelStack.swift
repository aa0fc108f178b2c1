import JarvisTerminal

/// What stands in the outer columns.
enum PanelKind: String, Sendable, Hashable, CaseIterable {
  case clock, cpu, memory, guests, storage
  case cost, trouble, approvals, events, traffic, ring
}

/// How many rows a panel wants, its title included.
struct PanelDemand: Sendable, Equatable {
  var kind: PanelKind
  /// Fewer and the panel is left out.
  var least: Int
  /// Enough to show all it has.
  var ideal: Int
  /// Takes left-over rows up to this many.
  var most: Int
  /// 0 is the last to be left out.
  var rank: Int
}

/// A panel in its place.
struct PlacedPanel: Sendable, Equatable {
  var kind: PanelKind
  var rect: Rect
}

/// Puts panels on top of each other with a rule between them: the important ones first, then as much as each wants.
enum PanelStack {
  /// Rows of the rule between two panels.
  static let rule = 1

  static func arrange(_ demands: [PanelDemand], in column: Rect) -> [PlacedPanel] {
    guard !column.isEmpty else { return [] }
    var chosen: [Int] = []
    var used = 0
    for index in demands.indices.sorted(by: { demands[$0].rank < demands[$1].rank }) {
      let need = demands[index].least + (chosen.isEmpty ? 0 : rule)
      guard used + need <= column.height else { continue }
      chosen.append(index)
      used += need
    }
    var heights = Dictionary(uniqueKeysWithValues: chosen.map { ($0, demands[$0].least) })
    var free = column.height - used
    for goal in [\PanelDemand.ideal, \PanelDemand.most] {
      for index in chosen where free > 0 {
        let more = min(free, max(0, demands[index][keyPath: goal] - (heights[index] ?? 0)))
        heights[index, default: 0] += more
        free -= more
      }
    }
    var y = column.y
    return chosen.sorted().map { index in
      let height = heights[index] ?? 0
      defer { y += height + rule }
      return PlacedPanel(
        kind: demands[index].kind, rect: Rect(x: column.x, y: y, width: column.width, height: height))
    }
  }
}
