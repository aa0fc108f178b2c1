/// Writes JSON in the order in which it is told, and splices ready text in untouched.
///
/// Requests are written by this instead of an encoder because `system` and `tools` must be the same bytes in every request
/// of a conversation (prompt cache, bound thinking) and a model's own content must go back byte-equal.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  /// An object written by `body`.
  static func object(_ body: (inout JSONWriter) -> Void) -> JSONWriter {
    var writer = JSONWriter()
    writer.object(body)
    return writer
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func object(_ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "{"))
    body(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  mutating func array(_ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "["))
    body(&self)
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func string(_ value: String) {
    separate()
    bytes += JSONString.quoted(value)
  }

  /// `json` as it stands; the caller vouches that it is one JSON value.
  mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes += json
  }

  mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    name(key)
    object(body)
  }

  mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
    name(key)
    array(body)
  }

  mutating func string(_ key: String, _ value: String) {
    name(key)
    string(value)
  }

  mutating func int(_ key: String, _ value: Int) {
    name(key)
    raw(String(value).utf8)
  }

  mutating func bool(_ key: String, _ value: Bool) {
    name(key)
    raw((value ? "true" : "false").utf8)
  }

  mutating func raw(_ key: String, _ json: some Sequence<UInt8>) {
    name(key)
    raw(json)
  }

  private mutating func name(_ key: String) {
    separate()
    bytes += JSONString.quoted(key)
    bytes.append(UInt8(ascii: ":"))
  }

  /// A comma where a value stands before: no JSON value ends with one of the three bytes after which none is due.
  private mutating func separate() {
    guard let last = bytes.last else { return }
    if last != UInt8(ascii: "{") && last != UInt8(ascii: "[") && last != UInt8(ascii: ":") {
      bytes.append(UInt8(ascii: ","))
    }
  }
}
