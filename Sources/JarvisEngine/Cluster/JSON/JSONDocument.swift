/// One JSON text, scanned once into a flat list of tokens over its own bytes.
///
/// Why not `JSONDecoder`: a 10,000-guest `/cluster/resources` is about 4 MB and 220,000 fields, polled every 12 s. A
/// tolerant `Decodable` – numbers as strings, 0/1 booleans, `nan`, absent fields – asks each field several ways and
/// throws and catches on the way; `jarvis-bench scale` measures both side by side. The tokens hold no strings: a text
/// is made only for the fields that are read, and one malformed row costs nothing but itself.
package final class JSONDocument: Sendable {
  /// Why a text is not JSON.
  package struct Fault: Error, Sendable, Hashable {
    /// In words: "expected ':'".
    package var reason: String
    /// Byte offset.
    package var offset: Int
  }

  enum Kind: UInt8, Sendable {
    /// Also `NaN`, `nan` and infinities: Perl writes them, and they are no figures.
    case null
    case no, yes, number
    case string
    /// A string with at least one backslash.
    case escaped
    case array, object
  }

  struct Token: Sendable {
    var kind: Kind
    /// First byte of the value; for strings the one after the quote.
    var start: UInt32
    /// One past its last byte; for strings the closing quote.
    var end: UInt32
    /// The token after this value with everything in it.
    var next: UInt32
  }

  let bytes: [UInt8]
  let tokens: [Token]

  /// - Throws: `Fault` where `bytes` is not one JSON value.
  package init(_ bytes: [UInt8]) throws(Fault) {
    guard bytes.count <= JSONScanner.maximumBytes else {
      throw Fault(reason: "longer than \(JSONScanner.maximumBytes) bytes", offset: bytes.count)
    }
    let result = bytes.withUnsafeBufferPointer { input -> Result<[Token], Fault> in
      var scanner = JSONScanner(input: input)
      do throws(Fault) {
        return .success(try scanner.scan())
      } catch {
        return .failure(error)
      }
    }
    self.bytes = bytes
    tokens = try result.get()
  }

  /// The whole value.
  package var root: JSONView { JSONView(document: self, index: 0) }
}
