import JarvisAPI

/// One value inside a `JSONDocument`, read tolerantly: every accessor says nil where the value is not of that kind.
///
/// Proxmox writes booleans as 0/1, numbers as strings in places, and leaves out what it promised (`proxmox.md`, Types).
package struct JSONView: Sendable {
  let document: JSONDocument
  let index: Int

  private var token: JSONDocument.Token { document.tokens[index] }

  /// True for null and for what is no figure.
  package var isNull: Bool { token.kind == .null }
  /// True for a list.
  package var isArray: Bool { token.kind == .array }
  /// True for an object.
  package var isObject: Bool { token.kind == .object }

  /// The field of this name; nil where it is absent, null, or this is no object.
  package subscript(key: StaticString) -> JSONView? {
    guard token.kind == .object else { return nil }
    let name = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    let tokens = document.tokens
    var current = index + 1
    let end = Int(token.next)
    return document.bytes.withUnsafeBufferPointer { bytes in
      while current < end {
        let field = tokens[current]
        let length = Int(field.end - field.start)
        if length == name.count, field.kind == .string, matches(bytes, Int(field.start), name) {
          return tokens[current + 1].kind == .null ? nil : JSONView(document: document, index: current + 1)
        }
        current = Int(tokens[current + 1].next)
      }
      return nil
    }
  }

  private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    for offset in 0..<name.count where bytes[start + offset] != name[offset] { return false }
    return true
  }

  /// The values of an array; empty for everything else.
  package var elements: some Sequence<JSONView> {
    let document = document
    let end = isArray ? Int(token.next) : 0
    return sequence(state: index + 1) { current -> JSONView? in
      guard current < end else { return nil }
      defer { current = Int(document.tokens[current].next) }
      return JSONView(document: document, index: current)
    }
  }

  /// Names and values of an object, in the order of the text; empty for everything else.
  package var members: some Sequence<(key: String, value: JSONView)> {
    let document = document
    let end = isObject ? Int(token.next) : 0
    return sequence(state: index + 1) { current -> (key: String, value: JSONView)? in
      guard current + 1 < end else { return nil }
      let key = JSONView(document: document, index: current).string ?? ""
      let value = JSONView(document: document, index: current + 1)
      current = Int(document.tokens[current + 1].next)
      return (key, value)
    }
  }

  /// The bytes of this value as they stand in the text, quotes included.
  package var rawBytes: ArraySlice<UInt8> {
    let inset = isString ? 1 : 0
    return document.bytes[Int(token.start) - inset..<Int(token.end) + inset]
  }

  private var isString: Bool { token.kind == .string || token.kind == .escaped }

  private func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    document.bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(token.start)..<Int(token.end)]))
    }
  }

  /// A string's characters, exactly; invalid UTF-8 is repaired.
  package var string: String? {
    switch token.kind {
    case .string: withText { String(decoding: $0, as: UTF8.self) }
    case .escaped: withText { JSONEscapes.decode($0) }
    default: nil
    }
  }

  /// A string, or a number or boolean as it is written.
  package var word: String? {
    switch token.kind {
    case .string, .escaped: string
    case .number: withText { String(decoding: $0, as: UTF8.self) }
    case .yes: "1"
    case .no: "0"
    default: nil
    }
  }

  /// A finite number, also where it is written as a string.
  package var number: Double? {
    switch token.kind {
    case .number, .string: withText { NumberText.double($0) }
    case .yes: 1
    case .no: 0
    default: nil
    }
  }

  /// A whole number, also where it is written as a string or with an empty fraction.
  package var int: Int? {
    switch token.kind {
    case .number, .string: withText { NumberText.integer($0) } ?? number.flatMap { Int(exactly: $0) }
    case .yes: 1
    case .no: 0
    default: nil
    }
  }

  /// A size or counter in bytes: fractions are cut off, negative figures are none.
  package var size: Int64? {
    if let whole = int { return whole >= 0 ? Int64(whole) : nil }
    guard let number, number >= 0, number < 9e18 else { return nil }
    return Int64(number)
  }

  /// A boolean as JSON's own, 0/1, or a word in a string.
  package var flag: Bool? {
    switch token.kind {
    case .yes: true
    case .no: false
    case .number: number.map { $0 != 0 }
    case .string:
      switch string?.lowercased() {
      case "1", "true", "yes", "on": true
      case "0", "false", "no", "off": false
      default: nil
      }
    default: nil
    }
  }

  /// This value with everything in it, for what has no type of its own. Strings are not sanitised.
  package var value: JSONValue {
    switch token.kind {
    case .null: .null
    case .yes: .bool(true)
    case .no: .bool(false)
    case .string, .escaped: .string(string ?? "")
    case .number: withText { NumberText.integer($0) }.map(JSONValue.int) ?? number.map(JSONValue.double) ?? .null
    case .array: .array(elements.map(\.value))
    case .object: .object(Dictionary(members.map { ($0.key, $0.value.value) }, uniquingKeysWith: { _, last in last }))
    }
  }
}
