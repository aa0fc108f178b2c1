/// Bars that show a share of a whole.
public enum Gauge {
  /// The inside of a bar, exactly `width` cells: filled part, then empty part.
  ///
  /// A bar never shows more precision than the data has: with `steps` levels in the data (100 for whole percents), a
  /// cell is divided into no more parts than the levels can fill. Anything above nothing shows the smallest mark;
  /// nothing but the whole fills the bar.
  /// - Parameters:
  ///   - fraction: 0…1, held to that range; nil or not a number draws an empty bar.
  ///   - steps: how many levels the data can tell apart; at least 1.
  public static func parts(
    _ fraction: Double?, width: Int, glyphs: Glyphs, steps: Int = 100
  ) -> (filled: String, empty: String) {
    guard width > 0 else { return ("", "") }
    let marks = marks(fraction, width: width, glyphs: glyphs, steps: steps)
    let parts = subdivisions(width: width, glyphs: glyphs, steps: steps)
    var filled = String(repeating: glyphs.gaugeSteps.last ?? "#", count: marks / parts)
    var used = marks / parts
    if marks % parts > 0 {
      filled += glyphs.gaugeSteps[marks % parts * glyphs.gaugeSteps.count / parts - 1]
      used += 1
    }
    return (filled, String(repeating: glyphs.gaugeEmpty, count: width - used))
  }

  /// Filled parts of cells, of `width * subdivisions` in all.
  private static func marks(_ fraction: Double?, width: Int, glyphs: Glyphs, steps: Int) -> Int {
    guard let fraction, !fraction.isNaN, fraction > 0 else { return 0 }
    let all = width * subdivisions(width: width, glyphs: glyphs, steps: steps)
    let levels = Double(max(1, steps))
    let known = (min(1, fraction) * levels).rounded() / levels
    if fraction >= 1 { return all }
    return min(all - 1, max(1, Int((known * Double(all)).rounded())))
  }

  /// Parts a cell is divided into: as many as the glyphs offer and the data can fill.
  private static func subdivisions(width: Int, glyphs: Glyphs, steps: Int) -> Int {
    var parts = max(1, glyphs.gaugeSteps.count)
    while parts > 1, parts * width > max(1, steps) { parts /= 2 }
    return parts
  }
}

extension Canvas {
  /// Draws a bar with its ends in one row of `width` cells from (x, y).
  public mutating func drawGauge(
    _ fraction: Double?, x: Int, y: Int, width: Int, glyphs: Glyphs, filled: Style, empty: Style, ends: Style,
    steps: Int = 100
  ) {
    guard width > 2 else { return }
    let bar = Gauge.parts(fraction, width: width - 2, glyphs: glyphs, steps: steps)
    put(glyphs.gaugeLeft, x: x, y: y, style: ends)
    let used = put(bar.filled, x: x + 1, y: y, style: filled)
    put(bar.empty, x: x + 1 + used, y: y, style: empty)
    put(glyphs.gaugeRight, x: x + width - 1, y: y, style: ends)
  }
}
