/// Two curves on one scale, back to back: what goes out above, what comes in below.
public enum TrafficChart {
  /// The end of the scale for these rates: the next round figure (1, 2 or 5 times a power of ten) at or above the
  /// largest known one, so that the scale does not change with each sample. `floor` when nothing is larger.
  public static func scale(_ up: [Double?], _ down: [Double?], floor: Double = 1) -> Double {
    let largest = (up + down).compactMap { $0 }.filter(\.isFinite).max() ?? 0
    guard largest > floor else { return floor }
    var unit = 1.0
    while unit * 10 <= largest { unit *= 10 }
    while unit > largest { unit /= 10 }
    return [1.0, 2, 5, 10].map { $0 * unit }.first { $0 >= largest } ?? largest
  }
}

extension Canvas {
  /// Draws rates (any unit) into `rect`: `up` in the upper half, `down` hanging in the lower one, on a shared scale.
  /// - Returns: the end of the scale, for the label.
  @discardableResult
  public mutating func drawTraffic(
    up: [Double?], down: [Double?], dropped: Int = 0, in rect: Rect, glyphs: Glyphs, floor: Double = 1,
    noData: Style, style: (Double) -> Style
  ) -> Double {
    let scale = TrafficChart.scale(up, down, floor: floor)
    let upper = Rect(x: rect.x, y: rect.y, width: rect.width, height: rect.height - rect.height / 2)
    let lower = Rect(x: rect.x, y: upper.maxY, width: rect.width, height: rect.height / 2)
    let share: (Double?) -> Double? = { $0.map { $0 / scale } }
    drawGraph(up.map(share), dropped: dropped, in: upper, glyphs: glyphs, noData: noData, style: style)
    drawGraph(
      down.map(share), dropped: dropped, in: lower, glyphs: glyphs, direction: .down, noData: noData, style: style)
    return scale
  }
}
