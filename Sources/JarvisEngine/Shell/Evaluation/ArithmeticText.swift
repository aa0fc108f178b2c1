/// What a text does as arithmetic.
enum ArithmeticText {
  /// It assigns to a variable that changes what later programs do, or to one that is only known when it runs.
  static func steers(_ text: String) -> Bool {
    // Nothing assigns without one of these.
    guard text.utf8.contains(where: { $0 == Byte.equals || $0 == Byte.plus || $0 == 0x2D }) else { return false }
    let bytes = Array(text.utf8)
    guard bytes.count <= ShellLimits.arithmeticBytes else { return true }
    for index in bytes.indices {
      switch bytes[index] {
      case Byte.equals:
        let before = index > 0 ? bytes[index - 1] : 0
        let after = index + 1 < bytes.count ? bytes[index + 1] : 0
        let isShift = index > 1 && bytes[index - 2] == before
        if after == Byte.equals || before == Byte.equals || before == Byte.bang { continue }
        if before == Byte.less || before == Byte.greater, !isShift { continue }
        if isSteering(name(bytes, before: index)) { return true }
      case Byte.plus where index + 1 < bytes.count && bytes[index + 1] == Byte.plus,
        UInt8(ascii: "-") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "-"):
        if isSteering(name(bytes, before: index)) || isSteering(name(bytes, after: index + 2)) { return true }
      default: continue
      }
    }
    return false
  }

  /// The names of variables in it.
  static func names(in text: String) -> [String] {
    var result: [String] = []
    var name: [UInt8] = []
    for byte in text.utf8 {
      if name.isEmpty ? Byte.beginsName(byte) : Byte.continuesName(byte) {
        name.append(byte)
      } else if !name.isEmpty {
        result.append(String(decoding: name, as: UTF8.self))
        name = []
      }
    }
    if !name.isEmpty { result.append(String(decoding: name, as: UTF8.self)) }
    return result
  }

  private static func isSteering(_ name: String) -> Bool { name.hasHole || EnvironmentNames.steers(name) }

  private static func continues(_ byte: UInt8) -> Bool { byte == 0 || Byte.continuesName(byte) }

  private static func name(_ bytes: [UInt8], before end: Int) -> String {
    var last = end - 1
    // What lies further back than that may be any name.
    let limit = max(-1, end - ShellLimits.lookBack)
    // The operator itself, blanks, and an index.
    while last > limit, "+-*/%&|^<> \t\n".utf8.contains(bytes[last]) { last -= 1 }
    if last > limit, bytes[last] == Byte.closeBracket {
      while last > limit, bytes[last] != Byte.openBracket { last -= 1 }
      last -= 1
    }
    var first = last
    while first > limit, continues(bytes[first]) { first -= 1 }
    if first <= limit, limit >= 0 { return String(Arg.hole) }
    return first < last ? String(decoding: bytes[(first + 1)...last], as: UTF8.self) : ""
  }

  private static func name(_ bytes: [UInt8], after start: Int) -> String {
    let rest = bytes[start...].drop { $0 == Byte.space || $0 == 9 }
    return String(decoding: rest.prefix(while: continues), as: UTF8.self)
  }
}

/// What `printf` is asked to write.
enum PrintfText {
  /// A width or precision of more than four digits, in the format or handed to `*`.
  static func isWide(_ args: [Arg]) -> Bool {
    let hasWideValue = args.contains {
      $0.text.utf8.count > 4 && $0.text.allSatisfy { "-+0123456789".contains($0) } || !$0.isKnown
    }
    for arg in args where arg.text.utf8.contains(UInt8(ascii: "%")) {
      var digits = 0
      var inField = false
      for byte in arg.text.utf8 {
        if byte == UInt8(ascii: "%") {
          inField = true
          digits = 0
        } else if inField, Byte.isDigit(byte) {
          digits += 1
          if digits > 4 { return true }
        } else if inField, "-+ #'.$".utf8.contains(byte) {
          digits = 0
        } else if inField, byte == Byte.star {
          if hasWideValue { return true }
        } else {
          inField = false
        }
      }
    }
    return false
  }
}
