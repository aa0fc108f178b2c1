/// Shell patterns. Unknown text (`Arg.hole`) matches anything, slashes included.
enum Glob {
  /// True where `pattern` may stand for `text`. Steps are bounded by the product of both lengths.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    matches(Array(pattern.utf8), Array(text.utf8))
  }

  static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
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
    case Byte.openBracket:
      // The set itself is not read: what it may hold is enough.
      guard let end = pattern[(p + 1)...].firstIndex(of: Byte.closeBracket) else {
        return byte == pattern[p] ? p + 1 : nil
      }
      return byte == Byte.slash ? nil : end + 1
    default: return pattern[p] == byte ? p + 1 : nil
    }
  }

  static func isPattern(_ text: some StringProtocol) -> Bool {
    text.utf8.contains { $0 == Byte.star || $0 == Byte.question || $0 == Byte.openBracket || $0 == 0 }
  }
}
