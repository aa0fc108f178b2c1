import Foundation
import GRDB

/// Words as the full-text index has them – folded, without diacritics, cut to their stems by Porter's rules – hashed to four
/// bytes each, so that ranking compares numbers and never cuts a text again.
struct Stems: Sendable, Hashable {
  /// FTS5's own tokenizer, so that a stem here is a term there.
  static let tokenizer = "porter unicode61 remove_diacritics 2"
  /// An item's stems at most: a longer text is found by its beginning, and by everything in the index.
  static let maximum = 2_000

  var hashes: [UInt32]

  init(hashes: [UInt32] = []) { self.hashes = hashes }

  init(data: Data) {
    hashes = data.withUnsafeBytes { bytes in
      (0..<(bytes.count / 4)).map { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
    }
  }

  var data: Data {
    hashes.withUnsafeBytes { Data($0) }
  }

  /// FNV-1a: the same on every machine and at every start.
  static func hash(_ term: String) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in term.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash
  }

  /// A whole name, signs included: "web-01" is neither "web" nor "01".
  static func hash(ofName name: String) -> UInt32 { hash("#" + name.lowercased()) }
}

/// Cuts text into stems with the tokenizer of one database connection.
struct Stemmer {
  private let tokenizer: any FTS5Tokenizer

  init(_ db: Database) throws {
    tokenizer = try db.makeTokenizer(
      FTS5TokenizerDescriptor(components: ["porter", "unicode61", "remove_diacritics", "2"]))
  }

  func terms(_ text: String) throws -> [String] {
    try tokenizer.tokenize(document: text).map(\.token)
  }

  /// The stems of a text without the words that say nothing.
  func stems(_ text: String) throws -> Stems {
    var hashes: [UInt32] = []
    for term in try terms(text) where !StopWords.stems.contains(term) {
      hashes.append(Stems.hash(term))
      if hashes.count == Stems.maximum { break }
    }
    return Stems(hashes: hashes)
  }
}
