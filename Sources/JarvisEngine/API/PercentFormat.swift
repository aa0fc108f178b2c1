/// Shares as people read them: one rounding for events, tools and screens, so that no two of them disagree.
public enum PercentFormat {
  /// "91 %" for 0.9062: to the nearest whole. A share above 0 never reads as 0 and one below 1 never as 100; above 99
  /// times the whole nothing is told apart. "?" for what is no number.
  public static func text(_ share: Double) -> String {
    guard share.isFinite else { return "?" }
    let whole = Int((min(max(share, 0), 99) * 100).rounded())
    if whole == 0, share > 0.0005 { return "<1 %" }
    if whole == 100, share < 0.9995 { return "99 %" }
    return "\(whole) %"
  }
}
