/// Amounts of bytes for people: binary units as Proxmox VE shows them, the largest that leaves a figure to read, no more
/// digits than the data has. The one way for screen, commands and answers.
public enum ByteFormat {
  private static let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
  /// From this figure on the next unit reads better: "0.98 TiB" rather than "1001 GiB".
  private static let largestFigure = 1_000.0

  /// "47.1 GiB"; from a hundred on without decimals; less than nothing reads as nothing.
  public static func text(_ bytes: Int64) -> String {
    let (value, unit) = scaled(Double(bytes))
    return number(value) + " " + unit
  }

  /// "47.1 of 90.0 GiB": both in the unit of the total; the used part alone where there is no total.
  public static func text(_ usage: Usage) -> String {
    guard usage.total > 0 else { return text(usage.used) }
    let (total, unit) = scaled(Double(usage.total))
    let divisor = Double(usage.total) / total
    return "\(number(Double(usage.used) / divisor)) of \(number(total)) \(unit)"
  }

  /// A figure and the unit it is in.
  public static func scaled(_ bytes: Double) -> (value: Double, unit: String) {
    var value = bytes.isFinite ? max(0, bytes) : 0
    var index = 0
    while value >= largestFigure, index < units.count - 1 {
      value /= 1_024
      index += 1
    }
    return (value, units[index])
  }

  private static func number(_ figure: Double) -> String {
    // Figures from outside may be anything.
    let value = figure.isFinite ? min(max(0, figure), 1e15) : 0
    if value >= 100 || value == 0 { return "\(Int(value.rounded()))" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
