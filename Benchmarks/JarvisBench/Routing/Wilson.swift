/// A share of cases with its Wilson interval at 95 %.
struct WilsonShare: Encodable {
  var of: Int
  var count: Int
  /// Nil without any case.
  var share: Double?
  var low: Double?
  var high: Double?

  init(_ count: Int, of total: Int) {
    of = total
    self.count = count
    guard total > 0 else { return }
    let z = 1.959_963_985
    let (n, p) = (Double(total), Double(count) / Double(total))
    let middle = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let divisor = 1 + z * z / n
    share = Self.rounded(p)
    low = Self.rounded(max(0, (middle - half) / divisor))
    high = Self.rounded(min(1, (middle + half) / divisor))
  }

  private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
