import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// The memory of all online nodes as a field of stars: as many lit as is in use.
  static func memory(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let nodes = state.mirror.cluster.nodes.filter { $0.status == .online }
    let known = nodes.compactMap(\.memory.value)
    let isStale = nodes.contains { state.mirror.isStale($0.seenAt, now: now) }
    guard !known.isEmpty else {
      brush.title("MEMORY", meta: "", in: rect)
      let isWithheld = nodes.contains { if case .withheld = $0.memory { true } else { false } }
      return empty(isWithheld ? Format.withheld : nothing(state), rect, &brush)
    }
    let sum = Usage(used: sum(known.map(\.used)), total: sum(known.map(\.total)))
    let gaps = nodes.count - known.count
    let meta = (isStale ? "~" : "") + Format.usage(sum) + (gaps > 0 ? ", \(gaps) unknown" : "")
    brush.title("MEMORY", meta: meta, in: rect)
    field(sum.fraction ?? 0, isStale: isStale, body(of: rect), &brush)
  }

  /// Stops at the largest number: figures from outside may be anything.
  private static func sum(_ values: [Int64]) -> Int64 {
    values.reduce(0) { total, value in
      let (sum, overflow) = total.addingReportingOverflow(value)
      return overflow ? .max : sum
    }
  }

  /// Lit cells thin out from left to right, in an order that is always the same: only what changes moves.
  private static func field(_ fraction: Double, isStale: Bool, _ rect: Rect, _ brush: inout Brush) {
    guard !rect.isEmpty else { return }
    let count = rect.width * rect.height
    let lit = Int((min(1, max(0, fraction)) * Double(count)).rounded())
    let places = (0..<count).map { place(of: $0, rect) }
    let order = (0..<count).sorted { places[$0] < places[$1] }
    var isLit = [Bool](repeating: false, count: count)
    for index in order.prefix(lit) { isLit[index] = true }
    let glyphs = brush.glyphs.level == .braille ? richField : plainField
    let on = isStale ? brush.style("state.stale") : brush.style("field")
    let off = brush.style("field.empty")
    for index in 0..<count {
      let set = isLit[index] ? glyphs.lit : glyphs.dark
      brush.canvas.put(
        set[Int(noise(index) % UInt32(set.count))], x: rect.x + index % rect.width, y: rect.y + index / rect.width,
        style: isLit[index] ? on : off)
    }
  }

  private static let richField = (lit: ["⣿", "⡇", "⢸", "⣿"], dark: ["⠂", "⠄"])
  private static let plainField = (lit: ["#"], dark: ["."])

  /// The column with some noise: a ragged edge instead of a bar.
  private static func place(of index: Int, _ rect: Rect) -> Double {
    Double(index % rect.width) + Double(noise(index) % 1_024) / 1_024 * Double(rect.width) * 0.3
  }

  /// A fixed scramble of an index (the finaliser of MurmurHash3).
  private static func noise(_ index: Int) -> UInt32 {
    var value = UInt32(truncatingIfNeeded: index) &+ 0x9E37_79B9
    value = (value ^ (value >> 16)) &* 0x85EB_CA6B
    value = (value ^ (value >> 13)) &* 0xC2B2_AE35
    return value ^ (value >> 16)
  }
}
