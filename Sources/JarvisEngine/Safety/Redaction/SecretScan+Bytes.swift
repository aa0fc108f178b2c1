/// The small steps over bytes that the rules of `SecretScan` are made of.
extension SecretScan {
  func matches(_ text: StaticString, at position: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position >= 0, position + count <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      for offset in 0..<count where bytes[position + offset] != buffer[offset] { return false }
      return true
    }
  }

  func matches(_ text: String, at position: Int) -> Bool {
    bytes[min(position, bytes.count)...].starts(with: text.utf8)
  }

  /// Where `text` begins next, within `limit` bytes.
  func find(_ text: StaticString, from start: Int, limit: Int) -> Int? {
    var position = start
    let end = min(bytes.count, start + min(limit, bytes.count))
    while position < end {
      if matches(text, at: position) { return position }
      position += 1
    }
    return nil
  }

  func contains(_ text: StaticString, in range: Range<Int>) -> Bool {
    guard let position = find(text, from: range.lowerBound, limit: range.count) else { return false }
    return position + text.utf8CodeUnitCount <= range.upperBound
  }

  func endsWith(_ text: String, in slice: ArraySlice<UInt8>) -> Bool {
    slice.suffix(text.utf8.count).elementsEqual(text.utf8)
  }

  /// True where the word before `position` is `text`.
  func endsWith(_ text: String, before position: Int) -> Bool {
    var end = position
    while end > 0, isSpace(bytes[end - 1]), position - end < 4 { end -= 1 }
    return endsWith(text, in: bytes[..<end])
  }

  /// The value that begins at `start`: quoted up to its closing quote, else up to a space or a separator.
  func value(at start: Int) -> Range<Int> {
    guard start < bytes.count else { return bytes.count..<bytes.count }
    let limit = bytes.count
    var first = start
    // JSON inside a string escapes its quotes.
    if bytes[first] == UInt8(ascii: "\\"), first + 1 < limit, isQuote(bytes[first + 1]) { first += 1 }
    if isQuote(bytes[first]) {
      let quote = bytes[first]
      var end = first + 1
      while end < limit, bytes[end] != quote, bytes[end] != 0x0A {
        if bytes[end] == UInt8(ascii: "\\"), first == start { end += 1 }
        end += 1
      }
      end = min(end, limit)
      if first > start, end > first + 1, bytes[end - 1] == UInt8(ascii: "\\") { end -= 1 }
      return (first + 1)..<end
    }
    var end = first
    while end < limit, !isSpace(bytes[end]), !isQuote(bytes[end]), !",;&|<>)}]\\".utf8.contains(bytes[end]) { end += 1 }
    return first..<end
  }

  /// What stands behind `Authorization:` or `Cookie:`, without the scheme's word, to the end of the line or quotation.
  func header(at start: Int) -> Range<Int> {
    guard start < bytes.count else { return bytes.count..<bytes.count }
    if isQuote(bytes[start]) {
      let inner = value(at: start)
      return skipScheme(inner)
    }
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D, !isQuote(bytes[end]) { end += 1 }
    return skipScheme(start..<end)
  }

  private func skipScheme(_ range: Range<Int>) -> Range<Int> {
    for scheme in ["Bearer ", "bearer ", "Basic ", "basic ", "Digest ", "Token ", "PVEAPIToken=", "PVEAuthCookie="]
    where matches(scheme, at: range.lowerBound) && range.count > scheme.utf8.count {
      return (range.lowerBound + scheme.utf8.count)..<range.upperBound
    }
    return range
  }

  /// The end of a UUID that begins at `position`.
  func uuid(at position: Int) -> Int? {
    guard position + 36 <= bytes.count else { return nil }
    for offset in 0..<36 {
      let isDash = offset == 8 || offset == 13 || offset == 18 || offset == 23
      let byte = bytes[position + offset]
      if isDash ? byte != UInt8(ascii: "-") : !isHex(byte) { return nil }
    }
    return position + 36
  }

  func end(ofName start: Int) -> Int {
    var end = start
    while end < bytes.count, isName(bytes[end]), end - start < SecretName.maximumLength { end += 1 }
    return end
  }

  func end(ofWord start: Int) -> Int {
    var end = start
    while end < bytes.count, !isSpace(bytes[end]), end - start < SecretScanner.maximumWord { end += 1 }
    return end
  }

  func skipSpaces(from start: Int) -> Int {
    var position = start
    while position < bytes.count, isSpace(bytes[position]), bytes[position] != 0x0A { position += 1 }
    return position
  }

  func isWordStart(_ position: Int) -> Bool {
    position == 0 || !isName(bytes[position - 1])
  }

  func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }

  func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }

  /// Letters, digits, `_`, `-`, `.`: what names and most keys are made of.
  func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// What crypt hashes and signatures are made of.
  func isHashCharacter(_ byte: UInt8) -> Bool {
    isName(byte) || "$/+=,".utf8.contains(byte)
  }
}
