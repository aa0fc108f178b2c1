/// Finds in a text what a person does not see, or takes for something else.
struct TextScan {
  private(set) var warnings: [String] = []
  /// The text as a person reads it: look-alikes as what they look like, invisible characters gone. nil where nothing differs.
  private(set) var plainText: [UInt8]?

  init(_ bytes: [UInt8]) {
    guard bytes.contains(where: { $0 >= 0x7F || ($0 < 0x20 && $0 != Byte.newline && $0 != Byte.tab) }) else { return }
    var plain = ""
    var kinds: [String] = []
    var seen: Set<UInt32> = []
    // A character is named once: a text may hold thousands of it.
    var isNew = true
    func note(_ kind: @autoclosure () -> String) { if isNew, !kinds.contains(kind()) { kinds.append(kind()) } }
    let text = String(decoding: bytes, as: UTF8.self)
    if Array(text.utf8) != bytes { note("bytes that are no UTF-8") }
    for scalar in text.unicodeScalars {
      let value = scalar.value
      isNew = value < 0x20 || value >= 0x7F ? seen.insert(value).inserted : true
      switch value {
      case 0x0A, 0x09, 0x20...0x7E: plain.unicodeScalars.append(scalar)
      case 0x00...0x1F, 0x7F: note("the control character U+\(Self.hex(value))")
      case 0x80...0x9F: note("the control character U+\(Self.hex(value))")
      case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
        0x2060...0x206F,
        0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF, 0x2028, 0x2029:
        note("the invisible character U+\(Self.hex(value))")
      default:
        if let ascii = LookAlikes.ascii(value) {
          note("U+\(Self.hex(value)), which looks like \"\(Character(Unicode.Scalar(ascii)))\"")
          plain.unicodeScalars.append(Unicode.Scalar(ascii))
        } else {
          plain.unicodeScalars.append(scalar)
        }
      }
    }
    warnings = kinds.prefix(8).map { "the text holds \($0)" }
    if !warnings.isEmpty { plainText = Array(plain.utf8) }
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// Letters and signs that look like ASCII ones.
enum LookAlikes {
  static func ascii(_ value: UInt32) -> UInt8? {
    switch value {
    case 0xFF01...0xFF5E: return UInt8(value - 0xFF01 + 0x21)
    case 0x1D400...0x1D7CB: return mathematical(value)
    case 0x1D7CE...0x1D7FF: return UInt8((value - 0x1D7CE) % 10 + 0x30)
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return Byte.space
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0x2043, 0x02D7, 0x06D4: return UInt8(ascii: "-")
    case 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x02B9, 0x02BC, 0xB4: return Byte.singleQuote
    case 0x201C...0x201F, 0x2033: return Byte.doubleQuote
    case 0x2044, 0x2215, 0x29F8, 0x2571: return Byte.slash
    case 0x037E, 0xFE14, 0xFE54: return Byte.semicolon
    case 0x01C0, 0x2223, 0x23D0, 0xA6, 0x2758, 0x05C0: return Byte.pipe
    case 0x02C6, 0x2303: return UInt8(ascii: "^")
    case 0x2024, 0xFE52: return UInt8(ascii: ".")
    case 0x2217, 0xFE61: return Byte.star
    case 0x24B6...0x24CF: return UInt8(value - 0x24B6 + 0x41)
    case 0x24D0...0x24E9: return UInt8(value - 0x24D0 + 0x61)
    default: return letters[value]
    }
  }

  private static func mathematical(_ value: UInt32) -> UInt8 {
    let offset = (value - 0x1D400) % 52
    return offset < 26 ? UInt8(offset + 0x41) : UInt8(offset - 26 + 0x61)
  }

  /// Cyrillic, Greek, Armenian, Cherokee and phonetic letters.
  private static let letters: [UInt32: UInt8] = {
    var table: [UInt32: UInt8] = [:]
    let pairs: [(String, String)] = [
      ("аьсԁеɡһіјӏкмոорԛгѕтυνѡхуᴢ", "abcdeghijlkmnoopqrstuvwxyz"),
      ("АВСЕНІЈКМОРЅТХУ", "ABCEHIJKMOPSTXY"),
      ("αεικνορτυχγ", "aeiknoptuxy"),
      ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
      ("ɑƅɩıʀᴄᴅᴇᴍᴏᴘꜱᴛᴜᴠᴡʏⅿⅼⅽⅾⅰⅴⅹ", "abiircdemopstuvwymlcdivx"),
      ("ԝհսցք", "whugf"),
    ]
    for (from, to) in pairs {
      for (look, plain) in zip(from.unicodeScalars, to.utf8) { table[look.value] = plain }
    }
    return table
  }()
}
