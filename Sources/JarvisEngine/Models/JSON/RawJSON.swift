/// One JSON value as the bytes it was written in.
///
/// A model's content must go back byte-equal (`models.md`), and a decoder that turns `1.0` into `1` or sorts keys cannot
/// promise that; so members are cut out of the text instead of being decoded and written again. Strings may hold broken
/// UTF-8: local servers split characters over two pieces.
struct RawJSON: Sendable, Hashable {
  /// Exactly the value: no space around it.
  let bytes: ArraySlice<UInt8>

  /// Nil where `text` is not one complete JSON value of at most `JSONScanner.maximumDepth` levels.
  init?(_ text: [UInt8]) {
    var scanner = JSONScanner(text[...])
    guard let value = scanner.value(), scanner.isAtEnd else { return nil }
    bytes = value
  }

  init?(_ text: String) { self.init(Array(text.utf8)) }

  private init(checked bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// The value's own text; broken UTF-8 becomes U+FFFD.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  var isObject: Bool { bytes.first == UInt8(ascii: "{") }
  var isArray: Bool { bytes.first == UInt8(ascii: "[") }
  var isNull: Bool { bytes.first == UInt8(ascii: "n") }

  /// An object's members in the order of the text; empty for anything else.
  var members: [(key: String, value: RawJSON)] {
    guard isObject else { return [] }
    var scanner = JSONScanner(bytes)
    var result: [(key: String, value: RawJSON)] = []
    scanner.advance()
    while let key = scanner.value(), scanner.skip(UInt8(ascii: ":")), let value = scanner.value() {
      result.append((RawJSON(checked: key).string ?? "", RawJSON(checked: value)))
      if !scanner.skip(UInt8(ascii: ",")) { break }
    }
    return result
  }

  /// An array's elements; empty for anything else.
  var elements: [RawJSON] {
    guard isArray else { return [] }
    var scanner = JSONScanner(bytes)
    var result: [RawJSON] = []
    scanner.advance()
    while let value = scanner.value() {
      result.append(RawJSON(checked: value))
      if !scanner.skip(UInt8(ascii: ",")) { break }
    }
    return result
  }

  /// The first member of this name that is not null.
  subscript(key: String) -> RawJSON? {
    guard let value = members.first(where: { $0.key == key })?.value, !value.isNull else { return nil }
    return value
  }

  /// A string's bytes without its escapes; nil for anything else. A lone surrogate becomes U+FFFD.
  var stringBytes: [UInt8]? {
    guard bytes.first == UInt8(ascii: "\"") else { return nil }
    return JSONString.unescaped(bytes.dropFirst().dropLast())
  }

  var string: String? { stringBytes.map { String(decoding: $0, as: UTF8.self) } }

  /// A whole number, also where it is written as `12.0`.
  var int: Int? {
    Int(text) ?? number.flatMap { Int(exactly: $0) }
  }

  /// A number; nil for anything else.
  var number: Double? {
    guard let first = bytes.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { return nil }
    return Double(text)
  }

  var bool: Bool? {
    switch bytes.first {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }
}
