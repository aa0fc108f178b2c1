/// `$'…'`: the quotes in which backslashes name characters.
extension ShellParser {
  /// The text up to the closing quote, which is consumed.
  mutating func ansiQuoted() throws(ShellSyntaxError) -> String {
    let start = position
    var result: [UInt8] = []
    while true {
      guard position < bytes.count else { throw .unterminated("$'", at: start) }
      let next = bytes[position]
      position += 1
      if next == Byte.singleQuote { return String(decoding: result, as: UTF8.self) }
      guard next == Byte.backslash, position < bytes.count else {
        result.append(next)
        continue
      }
      let escape = bytes[position]
      position += 1
      try append(escape: escape, to: &result)
    }
  }

  private mutating func append(escape: UInt8, to result: inout [UInt8]) throws(ShellSyntaxError) {
    switch escape {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "a"): result.append(0x07)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "v"): result.append(0x0B)
    case UInt8(ascii: "e"), UInt8(ascii: "E"): result.append(0x1B)
    case Byte.backslash, Byte.singleQuote, Byte.doubleQuote, Byte.question: result.append(escape)
    case UInt8(ascii: "x"): append(scalar: hexDigits(atMost: 2), isByte: true, to: &result)
    case UInt8(ascii: "u"): append(scalar: hexDigits(atMost: 4), isByte: false, to: &result)
    case UInt8(ascii: "U"): append(scalar: hexDigits(atMost: 8), isByte: false, to: &result)
    case 0x30...0x37:
      var value = UInt32(escape - 0x30)
      var count = 1
      while count < 3, position < bytes.count, (0x30...0x37).contains(bytes[position]) {
        value = value * 8 + UInt32(bytes[position] - 0x30)
        position += 1
        count += 1
      }
      append(scalar: value & 0xFF, isByte: true, to: &result)
    case UInt8(ascii: "c"):
      guard position < bytes.count else { return }
      result.append(bytes[position] & 0x1F)
      position += 1
    default: result += [Byte.backslash, escape]
    }
    // A shell cuts the text at a NUL; two readings are one too many.
    if result.last == 0 { throw .unexpected("a NUL in $'…'", at: position) }
  }

  private mutating func hexDigits(atMost limit: Int) -> UInt32? {
    var value: UInt32 = 0
    var count = 0
    while count < limit, position < bytes.count, let digit = Byte.hex(bytes[position]) {
      value = value << 4 | digit
      position += 1
      count += 1
    }
    return count == 0 ? nil : value
  }

  private func append(scalar value: UInt32?, isByte: Bool, to result: inout [UInt8]) {
    guard let value else { return }
    if isByte {
      result.append(UInt8(truncatingIfNeeded: value))
    } else if let scalar = Unicode.Scalar(value) {
      result += Array(String(Character(scalar)).utf8)
    }
  }
}
