import Foundation
import JarvisAPI
import JarvisTerminal

/// Figures as a person reads them: binary sizes as Proxmox shows them, no more digits than the data has.
enum Format {
  /// "47.1 GiB".
  static func bytes(_ bytes: Int64) -> String { ByteFormat.text(bytes) }

  /// "47.1 of 90.0 GiB": both in the unit of the total.
  static func usage(_ usage: Usage) -> String { ByteFormat.text(usage) }

  /// Two rates in the unit of the larger one: "↑ 12  ↓ 88 MiB/s". Whole numbers, since a rate over a poll is no more
  /// exact; what is above nothing never reads as 0.
  static func rates(up: Double, down: Double, glyphs: Glyphs) -> String {
    let largest = bounded(max(up, down), to: 1e18)
    let (value, unit) = ByteFormat.scaled(largest)
    let divisor = value > 0 ? largest / value : 1
    func whole(_ rate: Double) -> String {
      let number = bounded(rate, to: 1e18) / divisor
      return number > 0 && number < 0.5 ? "<1" : "\(Int(number.rounded()))"
    }
    return "\(glyphs.up) \(whole(up))  \(glyphs.down) \(whole(down)) \(unit)/s"
  }

  /// "42 %"; a share above 0 never reads as 0 and one below 1 never as 100.
  static func percent(_ fraction: Double) -> String {
    guard fraction.isFinite else { return Format.unknown }
    let whole = Int((min(max(fraction, 0), 99) * 100).rounded())
    if whole == 0, fraction > 0.0005 { return "<1 %" }
    if whole == 100, fraction < 0.9995 { return "99 %" }
    return "\(whole) %"
  }

  /// What nobody reported.
  static let unknown = "–"
  /// What the token may not see.
  static let withheld = "no right"

  /// A reading as text: its value, "no right" or "–".
  static func reading<Value>(_ reading: Reading<Value>, _ show: (Value) -> String) -> String {
    switch reading {
    case .known(let value): show(value)
    case .withheld: withheld
    case .unknown: unknown
    }
  }

  /// "3 s", "14 m", "5 h", "41 d": one unit, rounded down.
  static func age(_ seconds: TimeInterval) -> String {
    let whole = Int(bounded(seconds, to: 1e11))
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) m" }
    if whole < 172_800 { return "\(whole / 3_600) h" }
    return "\(whole / 86_400) d"
  }

  /// How long a step took: "0.2 s", "12 s", "3 m 05 s".
  static func duration(_ seconds: TimeInterval) -> String {
    let seconds = bounded(seconds, to: 1e9)
    if seconds < 9.95 { return "\(tenths(seconds)) s" }
    if seconds < 60 { return "\(Int(seconds)) s" }
    return "\(Int(seconds) / 60) m \(padded(Int(seconds) % 60)) s"
  }

  /// A countdown: "4:51".
  static func countdown(_ seconds: TimeInterval) -> String {
    let whole = Int(bounded(seconds, to: 1e6).rounded(.up))
    return "\(whole / 60):\(padded(whole % 60))"
  }

  /// "$0.42"; below a cent with four digits: "$0.0007"; "$0" for nothing.
  static func money(_ amount: MicroDollars) -> String { "$" + plainMoney(amount) }

  /// The same without its sign of currency.
  static func plainMoney(_ amount: MicroDollars) -> String {
    let micros = amount.amount
    if micros == 0 { return "0" }
    let sign = micros < 0 ? "-" : ""
    let size = micros.magnitude
    if size < 50 { return sign + "<0.0001" }
    if size < 10_000 { return sign + "0." + String((size + 50) / 100 + 10_000).dropFirst() }
    let cents = (size + 5_000) / 10_000
    return "\(sign)\(cents / 100).\(padded(Int(cents % 100)))"
  }

  /// A price on a badge: "$0.0007", "~$0.0007" where estimated, "unpriced".
  static func price(_ price: Price, estimated: Bool) -> String {
    switch price {
    case .known(let amount): (estimated ? "~" : "") + money(amount)
    case .unpriced: "unpriced"
    }
  }

  /// "1 guest", "4 guests"; nothing for none.
  static func counted(_ count: Int, _ noun: String) -> String {
    count == 0 ? "" : count == 1 ? "1 \(noun)" : "\(Format.count(count)) \(noun)s"
  }

  /// Two digits.
  static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// "1,204".
  static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, (digits.count - offset) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (value < 0 ? "-" : "") + result
  }

  /// Figures from outside may be anything: what is no number counts as nothing.
  private static func bounded(_ value: Double, to limit: Double) -> Double {
    value.isFinite ? max(0, min(value, limit)) : 0
  }

  private static func tenths(_ value: Double) -> String {
    let scaled = Int((value * 10).rounded())
    return "\(scaled / 10).\(scaled % 10)"
  }
}
