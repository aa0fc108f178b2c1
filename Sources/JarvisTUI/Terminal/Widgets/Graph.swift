/// Curves of samples over time, newest at the right. Samples are shares 0…1; nil is a time without data.
public enum Graph {
  /// Which way a curve grows.
  public enum Direction: Sendable, Hashable { case up, down }

  /// How many samples fit into so many cells.
  public static func capacity(width: Int, glyphs: Glyphs) -> Int { width * samplesPerCell(glyphs) }

  /// Braille takes two samples a cell, everything else one.
  static func samplesPerCell(_ glyphs: Glyphs) -> Int { glyphs.level == .braille ? 2 : 1 }

  /// The curve as `height` rows of `width` characters, top row first.
  ///
  /// A known sample always shows at least the smallest mark, so that a curve at zero differs from no data.
  /// - Parameter dropped: how many older samples there were before these. Two samples share a braille cell by their
  ///   place in the whole series, so that the curve moves by whole cells, every second sample.
  public static func rows(
    _ samples: [Double?], dropped: Int = 0, width: Int, height: Int, glyphs: Glyphs, direction: Direction = .up
  ) -> [String] {
    guard width > 0, height > 0 else { return [] }
    let columns = columns(samples, dropped: dropped, width: width, glyphs: glyphs)
    return (0..<height).map { row in
      // The row's distance from where the curve stands.
      let fromBase = direction == .up ? height - 1 - row : row
      return columns.reduce(into: "") { line, column in
        line += cell(column, fromBase: fromBase, height: height, glyphs: glyphs, direction: direction)
      }
    }
  }

  /// The largest known sample under each cell: what a one-row curve is coloured by. nil where nothing is known.
  static func peaks(_ samples: [Double?], dropped: Int, width: Int, glyphs: Glyphs) -> [Double?] {
    columns(samples, dropped: dropped, width: width, glyphs: glyphs).map { $0.compactMap { $0 ?? nil }.max() }
  }

  /// The samples under each cell from left to right; an inner nil is a sample without data, no sample at all where
  /// the series does not reach.
  private static func columns(_ samples: [Double?], dropped: Int, width: Int, glyphs: Glyphs) -> [[Double??]] {
    let each = samplesPerCell(glyphs)
    let total = dropped + samples.count
    // The cell of the newest sample is the last one; cells are counted over the whole series.
    let lastCell = max(0, total - 1) / each
    return (0..<width).map { x in
      let first = (lastCell - (width - 1 - x)) * each
      return (first..<(first + each)).map { index in
        let place = index - dropped
        return place >= 0 && place < samples.count && index >= 0 ? .some(samples[place]) : nil
      }
    }
  }

  private static func cell(
    _ column: [Double??], fromBase: Int, height: Int, glyphs: Glyphs, direction: Direction
  ) -> String {
    let isKnown = column.contains { ($0 ?? nil) != nil }
    if !isKnown {
      // A sample without data says so; where the series does not reach there is nothing to say.
      return fromBase == 0 && column.contains { $0 != nil } ? glyphs.noData : " "
    }
    if glyphs.level == .braille {
      return braille(column.map { dots($0 ?? nil, height: height) - fromBase * 4 }, direction: direction)
    }
    let steps = glyphs.graphSteps
    let top = steps.count - 1
    let level = (column.first?.flatMap { $0 }).map { share($0) } ?? 0
    let filled = max(1, Int((level * Double(top * height)).rounded())) - fromBase * top
    let step = min(top, max(0, filled))
    // Blocks grow upwards only; hanging down, a cell is full or empty.
    if direction == .down, glyphs.level == .block { return step * 2 >= top ? "█" : step > 0 ? "▔" : " " }
    return steps[step]
  }

  /// Dots a sample fills in a curve of `height` cells; at least one when it is known.
  private static func dots(_ sample: Double?, height: Int) -> Int {
    guard let sample else { return 0 }
    return max(1, Int((share(sample) * Double(height * 4)).rounded()))
  }

  private static func share(_ value: Double) -> Double { value.isNaN ? 0 : min(1, max(0, value)) }

  /// Dot bits of the two columns from the bottom up (Unicode braille patterns, U+2800).
  private static let leftDots: [UInt32] = [0x40, 0x04, 0x02, 0x01]
  private static let rightDots: [UInt32] = [0x80, 0x20, 0x10, 0x08]

  private static func braille(_ filled: [Int], direction: Direction) -> String {
    var bits: UInt32 = 0x2800
    for (table, count) in zip([leftDots, rightDots], filled) where count > 0 {
      let dots = direction == .up ? table : table.reversed()
      for bit in dots.prefix(count) { bits |= bit }
    }
    // An empty pattern and a space look the same, and a space costs fewer bytes.
    guard bits != 0x2800 else { return " " }
    return Unicode.Scalar(bits).map { String($0) } ?? " "
  }
}

extension Canvas {
  /// Draws a curve into `rect`. `style` gets the height 0…1 that a cell stands for: the row's in a tall graph, the
  /// sample's in a graph of one row.
  public mutating func drawGraph(
    _ samples: [Double?], dropped: Int = 0, in rect: Rect, glyphs: Glyphs, direction: Graph.Direction = .up,
    noData: Style, style: (Double) -> Style
  ) {
    let rows = Graph.rows(
      samples, dropped: dropped, width: rect.width, height: rect.height, glyphs: glyphs, direction: direction)
    let peaks = Graph.peaks(samples, dropped: dropped, width: rect.width, glyphs: glyphs)
    for (row, text) in rows.enumerated() {
      let fromBase = direction == .up ? rect.height - 1 - row : row
      let rowHeight = (Double(fromBase) + 0.5) / Double(rect.height)
      for (column, character) in text.enumerated() {
        let look = peaks[column].map { style(rect.height == 1 ? min(1, max(0, $0)) : rowHeight) } ?? noData
        put(String(character), x: rect.x + column, y: rect.y + row, style: look, width: 1)
      }
    }
  }
}
