import JarvisAPI

/// Text from the API on its way inward: repaired, made harmless, bounded.
enum OutsideText {
  /// Names, states, users: one line.
  static let maximumNameLength = 256
  /// Reasons and log lines.
  static let maximumLineLength = 1_000

  /// A name: one line without control, bidi and invisible characters.
  static func name(_ text: String) -> String {
    bounded(Sanitiser.clean(text, keepingNewlines: false), maximumNameLength)
  }

  /// A line of a log or a reason: as `name`, and what Proxmox encoded twice is read once more.
  static func line(_ text: String) -> String {
    bounded(Sanitiser.clean(undoingDoubleEncoding(text), keepingNewlines: false), maximumLineLength)
  }

  private static func bounded(_ text: String, _ limit: Int) -> String {
    // The byte count bounds the character count and is known without walking.
    text.utf8.count <= limit || text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }

  /// Proxmox returns non-ASCII path segments and task logs as UTF-8 encoded twice ("Ã¶" for "ö").
  ///
  /// Undone only where every character fits into Latin-1 and the bytes so gained are valid UTF-8: text that was encoded
  /// once hardly ever passes both.
  static func undoingDoubleEncoding(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      guard let byte = UInt8(exactly: scalar.value) else { return text }
      bytes.append(byte)
    }
    return String(validating: bytes, as: UTF8.self) ?? text
  }
}

extension JSONView {
  /// The named field as a harmless one-line text; nil where it is absent or empty.
  func name(_ key: StaticString) -> String? {
    guard let text = self[key]?.word, !text.isEmpty else { return nil }
    return OutsideText.name(text)
  }
}
