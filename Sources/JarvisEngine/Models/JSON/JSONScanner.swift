/// Walks over JSON text without building anything; says where each value begins and ends.
struct JSONScanner {
  /// Deeper nesting is refused: nobody's answer needs it, and each level costs stack.
  static let maximumDepth = 128

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// True when only white space is left.
  var isAtEnd: Bool {
    bytes[index...].allSatisfy(Self.isSpace)
  }

  /// Steps over the opening bracket of a value that is known to have one.
  mutating func advance() {
    index += 1
  }

  /// Steps over `byte` and the space before it, if it comes next.
  mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard index < bytes.endIndex, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// The next value, without the space around it; nil where the text breaks the grammar.
  mutating func value() -> ArraySlice<UInt8>? {
    skipSpace()
    let start = index
    guard skipValue(depth: 0) else { return nil }
    return bytes[start..<index]
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private mutating func skipSpace() {
    while index < bytes.endIndex, Self.isSpace(bytes[index]) { index += 1 }
  }

  private mutating func skipValue(depth: Int) -> Bool {
    guard index < bytes.endIndex, depth < Self.maximumDepth else { return false }
    switch bytes[index] {
    case UInt8(ascii: "{"): return skipContainer(closing: UInt8(ascii: "}"), keyed: true, depth: depth)
    case UInt8(ascii: "["): return skipContainer(closing: UInt8(ascii: "]"), keyed: false, depth: depth)
    case UInt8(ascii: "\""): return skipString()
    case UInt8(ascii: "t"): return skipWord("true")
    case UInt8(ascii: "f"): return skipWord("false")
    case UInt8(ascii: "n"): return skipWord("null")
    default: return skipNumber()
    }
  }

  private mutating func skipContainer(closing: UInt8, keyed: Bool, depth: Int) -> Bool {
    index += 1
    if skip(closing) { return true }
    while true {
      skipSpace()
      if keyed {
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: "\""), skipString(), skip(UInt8(ascii: ":")) else {
          return false
        }
        skipSpace()
      }
      guard skipValue(depth: depth + 1) else { return false }
      if skip(closing) { return true }
      guard skip(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func skipString() -> Bool {
    index += 1
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return true
      case UInt8(ascii: "\\"):
        guard skipEscape() else { return false }
      case 0..<0x20:
        return false
      default:
        index += 1
      }
    }
    return false
  }

  private mutating func skipEscape() -> Bool {
    guard index + 1 < bytes.endIndex else { return false }
    switch bytes[index + 1] {
    case UInt8(ascii: "u"):
      guard index + 5 < bytes.endIndex, bytes[(index + 2)...(index + 5)].allSatisfy({ JSONString.hexDigit($0) != nil })
      else { return false }
      index += 6
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 2
    default:
      return false
    }
    return true
  }

  private mutating func skipWord(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.endIndex - index >= count else { return false }
    let matches = word.withUTF8Buffer { $0.elementsEqual(bytes[index..<(index + count)]) }
    if matches { index += count }
    return matches
  }

  private mutating func skipNumber() -> Bool {
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    guard skipDigits() else { return false }
    // A leading zero stands alone.
    if bytes[first] == UInt8(ascii: "0"), index > first + 1 { return false }
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard skipDigits() else { return false }
    }
    if index < bytes.endIndex, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.endIndex, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      guard skipDigits() else { return false }
    }
    return true
  }

  private mutating func skipDigits() -> Bool {
    let start = index
    while index < bytes.endIndex, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index > start
  }
}
