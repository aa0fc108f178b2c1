import JarvisTerminal

/// The lines of one message in four parts, so that the long one – text that can no longer change – is never copied to
/// look at a screenful of it.
struct BlockLines: Sendable, Equatable {
  /// Role, badge, tools.
  var head: [StyledLine] = []
  /// Text that is settled.
  var settled: [StyledLine] = []
  /// Text that may still change.
  var tail: [StyledLine] = []
  /// Marks and the blank line below.
  var foot: [StyledLine] = []

  var count: Int { head.count + settled.count + tail.count + foot.count }

  /// The lines of a range of places; those outside are left out.
  func slice(_ range: Range<Int>) -> [StyledLine] {
    var result: [StyledLine] = []
    var start = 0
    for part in [head, settled, tail, foot] {
      let lower = max(0, range.lowerBound - start)
      let upper = min(part.count, range.upperBound - start)
      if lower < upper { result += part[lower..<upper] }
      start += part.count
    }
    return result
  }

  var all: [StyledLine] { slice(0..<count) }
}
