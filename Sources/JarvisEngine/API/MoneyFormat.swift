/// Money as a person reads it: as many decimals as the amount needs, never a fraction of a cent rounded to nothing.
extension MicroDollars {
  /// "$0", "<$0.0001", "$0.0007", "$0.042", "$1.20", "$12,345.68"; "-$0.30".
  public var text: String {
    if amount == 0 { return "$0" }
    let size = amount.magnitude
    let sign = amount < 0 ? "-" : ""
    switch size {
    case ..<50: return amount < 0 ? "-<$0.0001" : "<$0.0001"
    case ..<9_950: return sign + Self.decimal(size, places: 4)
    case ..<999_500: return sign + Self.decimal(size, places: 3)
    default: return sign + Self.decimal(size, places: 2)
    }
  }

  /// Two decimals whatever the amount, for columns that must line up: "$0.42". Below half a cent "$0.00" would lie, so
  /// `text` stands in.
  public var shortText: String {
    if amount == 0 || amount.magnitude < 5_000 { return text }
    return (amount < 0 ? "-" : "") + Self.decimal(amount.magnitude, places: 2)
  }

  /// Rounded to the nearest, halves up; thousands set apart by commas.
  private static func decimal(_ amount: UInt64, places: Int) -> String {
    var unit: UInt64 = 1_000_000
    for _ in 0..<places { unit /= 10 }
    let (quotient, remainder) = amount.quotientAndRemainder(dividingBy: unit)
    let rounded = quotient + (remainder >= (unit + 1) / 2 && unit > 1 ? 1 : 0)
    var scale: UInt64 = 1
    for _ in 0..<places { scale *= 10 }
    let fraction = String(rounded % scale)
    return "$" + grouped(rounded / scale) + "." + String(repeating: "0", count: places - fraction.count) + fraction
  }

  private static func grouped(_ dollars: UInt64) -> String {
    var digits = String(dollars)[...]
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }
}

extension Price {
  /// The amount, or "unpriced": never zero for what has no price.
  public var text: String {
    switch self {
    case .known(let amount): amount.text
    case .unpriced: "unpriced"
    }
  }
}
