/// Makes text from outside harmless: what reaches a screen or a model carries no control sequence, no bidirectional
/// override and no invisible character (`safety.md`, untrusted text).
///
/// One home for this concept, on the ground floor, because names, notes, logs and answers are all cleaned by it.
public enum Sanitiser {
  /// `text` without C0 and C1 controls, ANSI escape sequences, bidi controls, zero-width, tag and other invisible
  /// characters. Tabs become spaces; newlines stay where `keepingNewlines` is true, else they become spaces.
  /// Joiners inside emoji and variation selectors stay: they are part of what a person sees.
  public static func clean(_ text: String, keepingNewlines: Bool = true) -> String {
    if isHarmless(text) { return text }
    var result = String.UnicodeScalarView()
    var scalars = text.unicodeScalars.makeIterator()
    var pushed: Unicode.Scalar?
    func next() -> Unicode.Scalar? {
      if let scalar = pushed {
        pushed = nil
        return scalar
      }
      return scalars.next()
    }
    while let scalar = next() {
      switch scalar.value {
      case 0x0A: result.append(keepingNewlines ? "\n" : " ")
      case 0x09: result.append(" ")
      case 0x0D: continue
      case 0x1B: skipEscape(next: next, push: { pushed = $0 })
      case 0x9B: skipControlSequence(next: next)
      case 0x90, 0x98, 0x9D...0x9F: skipString(next: next, push: { pushed = $0 })
      case 0x00...0x1F, 0x7F...0x9F: continue
      default:
        if !isInvisible(scalar) { result.append(scalar) }
      }
    }
    return String(result)
  }

  /// True for printable ASCII and newlines only: the common case, without a copy.
  private static func isHarmless(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  private static func skipEscape(next: () -> Unicode.Scalar?, push: (Unicode.Scalar) -> Void) {
    guard let kind = next() else { return }
    switch kind.value {
    case 0x5B: skipControlSequence(next: next)  // CSI
    case 0x50, 0x58, 0x5D, 0x5E, 0x5F: skipString(next: next, push: push)  // DCS, SOS, OSC, PM, APC
    case 0x20...0x2F: _ = next()  // two-character escapes: one intermediate, one final
    case 0x30...0x7E: return
    default: push(kind)
    }
  }

  /// Bytes of a control sequence up to its final one; stops at the first byte that cannot belong to it.
  private static func skipControlSequence(next: () -> Unicode.Scalar?) {
    for _ in 0..<maximumSequenceLength {
      guard let scalar = next() else { return }
      if !(0x20...0x3F).contains(scalar.value) { return }
    }
  }

  private static func skipString(next: () -> Unicode.Scalar?, push: (Unicode.Scalar) -> Void) {
    for _ in 0..<maximumSequenceLength {
      guard let scalar = next() else { return }
      if scalar.value == 0x07 || scalar.value == 0x9C { return }
      if scalar.value == 0x1B {
        if let after = next(), after.value != 0x5C { push(after) }
        return
      }
      if scalar.value == 0x0A {
        push(scalar)
        return
      }
    }
  }

  /// An unterminated sequence hides at most this many characters.
  static let maximumSequenceLength = 4_096

  /// Bidirectional controls, zero-width characters, tags, soft hyphen, fillers and other scalars that draw nothing.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200D, 0xFE00...0xFE0F, 0x20D0...0x20FF: false
    case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
      0x2028, 0x2029, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
      0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}
