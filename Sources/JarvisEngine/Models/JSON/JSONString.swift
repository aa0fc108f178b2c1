/// The escapes inside JSON strings, both ways.
enum JSONString {
  /// The bytes between the quotes with every escape resolved. `escaped` has passed `JSONScanner`.
  static func unescaped(_ escaped: ArraySlice<UInt8>) -> [UInt8] {
    guard escaped.contains(UInt8(ascii: "\\")) else { return Array(escaped) }
    var result: [UInt8] = []
    result.reserveCapacity(escaped.count)
    var index = escaped.startIndex
    while index < escaped.endIndex {
      guard escaped[index] == UInt8(ascii: "\\"), index + 1 < escaped.endIndex else {
        result.append(escaped[index])
        index += 1
        continue
      }
      let kind = escaped[index + 1]
      index += 2
      switch kind {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "u"): result += Array(String(unicodeEscape(in: escaped, at: &index)).utf8)
      default: result.append(kind)
      }
    }
    return result
  }

  /// The scalar that begins with the four hex digits at `index`; takes the second half of a surrogate pair along.
  private static func unicodeEscape(in bytes: ArraySlice<UInt8>, at index: inout Int) -> Unicode.Scalar {
    let first = codeUnit(in: bytes, at: index)
    index += 4
    if (0xD800..<0xDC00).contains(first), index + 5 < bytes.endIndex, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    {
      let second = codeUnit(in: bytes, at: index + 2)
      if (0xDC00..<0xE000).contains(second) {
        index += 6
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
      }
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private static func codeUnit(in bytes: ArraySlice<UInt8>, at index: Int) -> UInt32 {
    bytes[index..<min(index + 4, bytes.endIndex)].reduce(0) { $0 << 4 | UInt32(hexDigit($1) ?? 0) }
  }

  /// The value of a hexadecimal digit.
  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// `text` in quotes; only what JSON demands is escaped, so one text has one form.
  static func quoted(_ text: String) -> [UInt8] {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    result.reserveCapacity(text.utf8.count + 2)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case 0x0A: result += Array(#"\n"#.utf8)
      case 0x0D: result += Array(#"\r"#.utf8)
      case 0x09: result += Array(#"\t"#.utf8)
      case 0..<0x20: result += Array(#"\u00"#.utf8) + [digit(byte >> 4), digit(byte & 15)]
      default: result.append(byte)
      }
    }
    result.append(UInt8(ascii: "\""))
    return result
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x61 + value - 10
  }
}
