/// Reads numbers from bytes without making a string of them first.
enum NumberText {
  /// A whole number that fits, else nil.
  static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    var negative = false
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      negative = first == UInt8(ascii: "-")
      index = 1
    }
    guard index < text.count else { return nil }
    var result = 0
    while index < text.count {
      let digit = Int(text[index]) - 0x30
      guard (0...9).contains(digit) else { return nil }
      let (tenfold, overflow) = result.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tenfold.subtractingReportingOverflow(digit)  // negative: Int.min has no positive twin
      if overflow || carry { return nil }
      result = sum
      index += 1
    }
    if negative { return result }
    return result == .min ? nil : -result
  }

  /// A finite number, else nil.
  static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    if let fast = decimal(text) { return fast }
    // "0x1p3", "inf" and "nan" would pass `Double.init`; none of them is a decimal figure.
    let allowed = text.allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
        UInt8(ascii: "+"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard allowed, let slow = Double(String(decoding: text, as: UTF8.self)), slow.isFinite else { return nil }
    return slow
  }

  /// The exact fast path: at most 2^53 as digits and at most 22 decimals, so that one division rounds once.
  private static func decimal(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var index = 0
    let negative = text.first == UInt8(ascii: "-")
    if negative { index = 1 }
    var mantissa: UInt64 = 0
    var decimals = -1
    var digits = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
        continue
      }
      let digit = UInt64(byte) &- 0x30
      guard digit <= 9 else { return nil }
      mantissa = mantissa * 10 + digit
      digits += 1
      if decimals >= 0 { decimals += 1 }
      guard mantissa <= 1 << 53 else { return nil }
    }
    guard digits > 0, decimals < powers.count else { return nil }
    let value = decimals > 0 ? Double(mantissa) / powers[decimals] : Double(mantissa)
    return negative ? -value : value
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21,
    1e22,
  ]
}
