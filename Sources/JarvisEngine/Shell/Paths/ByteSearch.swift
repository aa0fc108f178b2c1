extension String {
  /// True where `needle` occurs, byte for byte: long program texts are asked for dozens of words.
  func holds(_ needle: StaticString) -> Bool {
    let count = needle.utf8CodeUnitCount
    guard count > 0 else { return true }
    let found = utf8.withContiguousStorageIfAvailable { bytes -> Bool in
      guard bytes.count >= count else { return false }
      let first = needle.utf8Start[0]
      var index = 0
      let last = bytes.count - count
      while index <= last {
        if bytes[index] == first {
          var offset = 1
          while offset < count, bytes[index + offset] == needle.utf8Start[offset] { offset += 1 }
          if offset == count { return true }
        }
        index += 1
      }
      return false
    }
    return found ?? contains(needle.description)
  }

  /// True where the text holds the mark of something unknown.
  var hasHole: Bool { utf8.contains(0) }
}
