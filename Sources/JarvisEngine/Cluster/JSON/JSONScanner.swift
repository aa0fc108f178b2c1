/// Walks over a JSON text once and writes down where each value stands.
///
/// Lives only inside `withUnsafeBufferPointer`, hence the raw pointer.
struct JSONScanner {
  typealias Token = JSONDocument.Token
  typealias Fault = JSONDocument.Fault

  /// Deeper nesting is refused: nothing that Proxmox answers comes near, and the recursion stays small.
  static let maximumDepth = 64
  /// Longer texts are refused; offsets fit into 32 bits.
  static let maximumBytes = 64 << 20

  let input: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var tokens: [Token] = []

  init(input: UnsafeBufferPointer<UInt8>) {
    self.input = input
    tokens.reserveCapacity(input.count / 10)
  }

  mutating func scan() throws(Fault) -> [Token] {
    // A byte order mark is no part of JSON, but some reverse proxies add one.
    if input.count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF { position = 3 }
    try value(depth: 0)
    skipSpace()
    guard position == input.count else { throw fault("text after the end of the value") }
    return tokens
  }

  private func fault(_ reason: String) -> Fault { Fault(reason: reason, offset: position) }

  private var byte: UInt8? { position < input.count ? input[position] : nil }

  private mutating func skipSpace() {
    while position < input.count {
      switch input[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(Fault) {
    guard depth <= Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth) levels") }
    skipSpace()
    guard let first = byte else { throw fault("ends where a value should be") }
    switch first {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: try word()
    }
  }

  private mutating func append(_ kind: JSONDocument.Kind, from start: Int, to end: Int) {
    tokens.append(Token(kind: kind, start: UInt32(start), end: UInt32(end), next: UInt32(tokens.count + 1)))
  }

  private mutating func object(depth: Int) throws(Fault) {
    let mine = tokens.count
    append(.object, from: position, to: position)
    position += 1
    skipSpace()
    if byte == UInt8(ascii: "}") { return close(mine) }
    while true {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw fault("expected a key") }
      try string()
      skipSpace()
      guard byte == UInt8(ascii: ":") else { throw fault("expected ':'") }
      position += 1
      try value(depth: depth + 1)
      skipSpace()
      switch byte {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"): return close(mine)
      default: throw fault("expected ',' or '}'")
      }
    }
  }

  private mutating func array(depth: Int) throws(Fault) {
    let mine = tokens.count
    append(.array, from: position, to: position)
    position += 1
    skipSpace()
    if byte == UInt8(ascii: "]") { return close(mine) }
    while true {
      try value(depth: depth + 1)
      skipSpace()
      switch byte {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"): return close(mine)
      default: throw fault("expected ',' or ']'")
      }
    }
  }

  private mutating func close(_ container: Int) {
    position += 1
    tokens[container].end = UInt32(position)
    tokens[container].next = UInt32(tokens.count)
  }

  private mutating func string() throws(Fault) {
    position += 1
    let start = position
    var kind = JSONDocument.Kind.string
    while position < input.count {
      let byte = input[position]
      if byte == UInt8(ascii: "\"") {
        append(kind, from: start, to: position)
        position += 1
        return
      }
      if byte == UInt8(ascii: "\\") {
        kind = .escaped
        position += 1
      }
      position += 1
    }
    position = input.count
    throw fault("a string does not end")
  }

  private mutating func number() throws(Fault) {
    let start = position
    if byte == UInt8(ascii: "-") {
      position += 1
      // "-inf", "-nan": no figures.
      if let next = byte, isLetter(next) { return try word() }
    }
    var digits = 0
    while let next = byte {
      switch next {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"): break
      default:
        guard digits > 0 else { throw fault("a number without a digit") }
        return append(.number, from: start, to: position)
      }
      position += 1
    }
    guard digits > 0 else { throw fault("a number without a digit") }
    append(.number, from: start, to: position)
  }

  private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

  private mutating func word() throws(Fault) {
    let start = position
    while let next = byte, isLetter(next) { position += 1 }
    let text = String(decoding: input[start..<position], as: UTF8.self)
    switch text.lowercased() {
    case "true": append(.yes, from: start, to: position)
    case "false": append(.no, from: start, to: position)
    case "null", "nan", "inf", "infinity": append(.null, from: start, to: position)
    default:
      position = start
      throw fault("expected a value")
    }
  }
}
