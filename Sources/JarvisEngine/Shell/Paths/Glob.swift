/// Shell patterns. Unknown text (`Arg.hole`) matches anything, slashes included.
enum Glob {
  /// True where `pattern` may stand for `text`. Steps are bounded by the product of both lengths.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    matches(Array(pattern.utf8), Array(text.utf8))
  }

  static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    let pattern = withoutBrackets(pattern)
    var (p, t) = (0, 0)
    var (star, mark) = (-1, 0)
    var starCrosses = false
    while t < text.count {
      if p < pattern.count, pattern[p] == Byte.star || pattern[p] == 0 {
        star = p
        starCrosses = pattern[p] == 0
        mark = t
        p += 1
      } else if p < pattern.count, let next = step(pattern, p, text[t]) {
        p = next
        t += 1
      } else if star >= 0, starCrosses || text[mark] != Byte.slash {
        mark += 1
        t = mark
        p = star + 1
      } else {
        return false
      }
    }
    while p < pattern.count, pattern[p] == Byte.star || pattern[p] == 0 { p += 1 }
    return p == pattern.count
  }

  /// The pattern's position after it took `byte`; nil where it does not.
  private static func step(_ pattern: [UInt8], _ p: Int, _ byte: UInt8) -> Int? {
    switch pattern[p] {
    case Byte.question: return byte == Byte.slash ? nil : p + 1
    default: return pattern[p] == byte ? p + 1 : nil
    }
  }

  /// Bracket expressions are not read: from the first `[` of a part to its last `]` anything may stand.
  static func withoutBrackets(_ pattern: [UInt8]) -> [UInt8] {
    guard pattern.contains(Byte.openBracket) else { return pattern }
    let parts = pattern.split(separator: Byte.slash, omittingEmptySubsequences: false).map { part -> [UInt8] in
      guard let open = part.firstIndex(of: Byte.openBracket), let close = part.lastIndex(of: Byte.closeBracket),
        open < close
      else { return Array(part) }
      return Array(part[..<open]) + [Byte.star] + Array(part[(close + 1)...])
    }
    return Array(parts.joined(separator: [Byte.slash]))
  }

  /// Some name fits both patterns: parts of a path, without brackets.
  static func intersects(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    // A leading dot is matched by a dot alone.
    if second.first == Byte.dot, first.first == Byte.star || first.first == Byte.question { return false }
    let isStar: (UInt8) -> Bool = { $0 == Byte.star || $0 == 0 }
    var row = [Bool](repeating: false, count: second.count + 1)
    row[0] = true
    for index in second.indices where isStar(second[index]) { row[index + 1] = row[index] }
    for byte in first {
      var next = [Bool](repeating: false, count: second.count + 1)
      next[0] = isStar(byte) && row[0]
      for index in second.indices {
        let other = second[index]
        if isStar(byte) || isStar(other) {
          next[index + 1] =
            row[index] || (isStar(byte) ? row[index + 1] : false)
            || next[index]
              && (isStar(other) || isStar(byte))
            || isStar(other) && row[index + 1]
        } else {
          next[index + 1] = row[index] && (byte == other || byte == Byte.question || other == Byte.question)
        }
      }
      row = next
    }
    return row[second.count]
  }

  static func isPattern(_ text: some StringProtocol) -> Bool {
    text.utf8.contains { $0 == Byte.star || $0 == Byte.question || $0 == Byte.openBracket || $0 == 0 }
  }
}

/// `@(a|b)`, `!(a)` and their like.
enum ExtendedGlob {
  /// The text with such a pattern as a hole: it may stand for anything.
  static func opened(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard
      let start = bytes.indices.dropLast().first(where: {
        "@!+?*".utf8.contains(bytes[$0]) && bytes[$0 + 1] == Byte.open
      })
    else { return text }
    let end = bytes.lastIndex(of: Byte.close) ?? bytes.count - 1
    return String(decoding: bytes[..<start] + [0] + bytes[(max(end, start) + 1)...], as: UTF8.self)
  }
}
