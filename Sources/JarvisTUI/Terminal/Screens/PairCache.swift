import CNcurses

/// The colour pairs of the screen, made as styles need them.
struct PairCache {
  private var pairs: [Colours: Int32] = [:]
  private var looks: [Style: Look] = [:]
  private var colours: ColourMapper
  private let maximumPairs: Int

  /// What ncurses needs to know of a style.
  struct Look {
    var attributes: attr_t
    var pair: Int32
  }

  private struct Colours: Hashable {
    var foreground: Int32
    var background: Int32
  }

  /// Styles remembered with their looks.
  static let maximumLooks = 8_192

  /// - Parameter maximumPairs: what the terminal offers; pair 0 is the terminal's own colours.
  init(colours: ColourMapper, maximumPairs: Int) {
    self.colours = colours
    self.maximumPairs = max(2, min(maximumPairs, 65_536))
  }

  /// The look of a style.
  /// - Returns: nil when all pairs are used up: `reset()` and draw everything again.
  mutating func look(of style: Style) -> Look? {
    if let look = looks[style] { return look }
    let wanted = Colours(
      foreground: colours.number(of: style.foreground), background: colours.number(of: style.background))
    guard let pair = pair(for: wanted) else { return nil }
    let look = Look(attributes: jarvis_attributes(UInt32(style.attributes.rawValue)), pair: pair)
    if looks.count >= Self.maximumLooks { looks.removeAll(keepingCapacity: true) }
    looks[style] = look
    return look
  }

  private mutating func pair(for wanted: Colours) -> Int32? {
    if wanted == Colours(foreground: -1, background: -1) { return 0 }
    if let pair = pairs[wanted] { return pair }
    guard pairs.count + 1 < maximumPairs else { return nil }
    let pair = Int32(pairs.count + 1)
    guard init_extended_pair(pair, wanted.foreground, wanted.background) != ERR else { return 0 }
    pairs[wanted] = pair
    return pair
  }

  /// Forgets all pairs.
  mutating func reset() {
    reset_color_pairs()
    pairs.removeAll(keepingCapacity: true)
    looks.removeAll(keepingCapacity: true)
  }
}
