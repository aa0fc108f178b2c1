import JarvisAPI

/// What the month will have cost at its end, from the last days: an estimate, shown as such.
public enum SpendForecast {
  /// Whole days before today that are looked at.
  public static let days = 7

  /// - Parameters:
  ///   - past: what each of the last whole days cost, back to the first booked one, at most `days`; empty: no forecast.
  ///   - today: spent until now.
  ///   - month: spent this month until now.
  ///   - daysLeft: whole days of the month after today.
  public static func endOfMonth(
    past: [MicroDollars], today: MicroDollars, month: MicroDollars, daysLeft: Int
  ) -> MicroDollars? {
    guard !past.isEmpty else { return nil }
    let mean = past.reduce(.zero, +).amount / Int64(past.count)
    // Today becomes an ordinary day, unless it is more than that already.
    let restOfToday = max(0, mean - today.amount)
    return MicroDollars(month.amount + restOfToday + mean * Int64(max(0, daysLeft)))
  }
}
