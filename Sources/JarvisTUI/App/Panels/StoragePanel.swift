import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// The fullest storages.
  static func storage(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let storages = state.mirror.cluster.storages
    brush.title("STORAGE", meta: storages.isEmpty ? "" : "used", in: rect)
    if storages.isEmpty { return empty(nothing(state), rect, &brush) }
    let body = body(of: rect)
    let shown = storages.sorted { fullness($0) > fullness($1) }.prefix(body.height)
    // The name comes before the bar, which gives way down to its least.
    let longest = shown.map { CellWidth.of($0.id.sanitisedLine) }.max() ?? 5
    let nameWidth = min(max(5, longest), max(5, rect.width - Self.figureWidth - Self.leastGauge - 2))
    for (index, storage) in shown.enumerated() {
      row(of: storage, nameWidth: nameWidth, state, now, body.row(index), &brush)
    }
  }

  /// Cells of "~91 % ▲".
  private static let figureWidth = 7
  /// A bar of fewer cells tells nothing.
  private static let leastGauge = 5

  private static func fullness(_ storage: Storage) -> Double {
    storage.available ? storage.usage.value?.fraction ?? -1 : 2
  }

  private static func row(
    of storage: Storage, nameWidth: Int, _ state: AppState, _ now: Date, _ row: Rect, _ brush: inout Brush
  ) {
    let isStale = state.mirror.isStale(storage.seenAt, now: now)
    brush.text(storage.id.sanitisedLine, x: row.x, y: row.y, isStale ? "state.stale" : "text", width: nameWidth)
    let rest = Rect(x: row.x + nameWidth + 1, y: row.y, width: row.width - nameWidth - 1, height: 1)
    guard storage.available else {
      brush.trailing("not there " + brush.glyphs.warning, in: rest, "state.warning")
      return
    }
    guard let fraction = storage.usage.value?.fraction else {
      brush.trailing(Format.reading(storage.usage) { Format.bytes($0.used) }, in: rest, "text.dim")
      return
    }
    let scope = fraction >= 0.95 ? "state.critical" : fraction >= 0.9 ? "state.warning" : "panel.value"
    let mark = fraction >= 0.95 ? " " + brush.glyphs.critical : fraction >= 0.9 ? " " + brush.glyphs.warning : "  "
    let figure = (isStale ? "~" : "") + Format.percent(fraction) + mark
    let used = brush.trailing(figure, in: rest, isStale ? "state.stale" : scope)
    let width = rest.width - max(used, figureWidth) - 1
    if width >= leastGauge { brush.gauge(fraction, gradient: "storage", x: rest.x, y: rest.y, width: width) }
  }
}
