/// Says of colours and attributes only what changed.
///
/// ncurses names both colours at every change of one, and starts from nothing at every change of an attribute. This reads
/// its output, remembers what the terminal was told, and passes on the difference when a character depends on it: half
/// the bytes of a frame. Everything else goes through as it is.
struct RenditionFilter {
  /// What the terminal draws with. Colours are the parameters that select them, "38;5;66"; nil is the terminal's own.
  struct Rendition: Equatable {
    var attributes: Set<UInt8> = []
    var foreground: String?
    var background: String?
  }

  /// What ncurses wants. It ends every frame with the terminal's own rendition.
  private var wanted = Rendition() {
    didSet { isTold = false }
  }
  /// True where the terminal was told all that is wanted.
  private var isTold = false
  /// What the terminal was told; nil where that is not known.
  private var told: Rendition?
  /// True while ASCII is selected as character set: telling it again changes nothing.
  private var isASCII = false

  private static let escape: UInt8 = 0x1B
  private static let bracket = UInt8(ascii: "[")
  private static let end = UInt8(ascii: "m")
  private static let parenthesis = UInt8(ascii: "(")

  /// The terminal may be in any state: somebody else has written to it.
  mutating func forget() {
    told = nil
    wanted = Rendition()
    isASCII = false
  }

  /// The same output in fewer bytes. What begins in one call ends in it: a frame is written whole.
  mutating func filter(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == Self.escape, let next = rendition(in: bytes, from: index) ?? charset(in: bytes, from: index) {
        index = next
        continue
      }
      let end =
        bytes[index] == Self.escape
        ? index + sequenceLength(in: bytes, from: index) : bytes[index...].firstIndex(of: Self.escape) ?? bytes.count
      // Moving the cursor draws nothing; text, and clearing in the colour of the ground, do.
      if !isTold, !isMove(bytes[index..<end]) { tell(&result) }
      result += bytes[index..<end]
      index = end
    }
    return result
  }

  // MARK: Reading

  /// Takes an SGR sequence; nil where there is none, or one that is not understood, which is then passed on.
  private mutating func rendition(in bytes: [UInt8], from start: Int) -> Int? {
    guard start + 2 < bytes.count, bytes[start + 1] == Self.bracket else { return nil }
    var index = start + 2
    while index < bytes.count, (0x30...0x3B).contains(bytes[index]) { index += 1 }
    guard index < bytes.count, bytes[index] == Self.end else { return nil }
    let text = String(decoding: bytes[(start + 2)..<index], as: UTF8.self)
    guard let next = Self.apply(text, to: wanted) else {
      // Passed on as it is: what it did to the terminal is not known.
      told = nil
      isTold = false
      return nil
    }
    wanted = next
    return index + 1
  }

  /// What an SGR sequence makes of a rendition; nil where it says something that ncurses does not use.
  static func apply(_ parameters: String, to rendition: Rendition) -> Rendition? {
    var result = rendition
    var rest = parameters.split(separator: ";", omittingEmptySubsequences: false)[...]
    while let first = rest.popFirst() {
      switch first {
      case "", "0": result = Rendition()
      case "1", "2", "3", "4", "7": result.attributes.insert(UInt8(first) ?? 0)
      case "39": result.foreground = nil
      case "49": result.background = nil
      case "38", "48":
        let count = rest.first == "5" ? 2 : rest.first == "2" ? 4 : 0
        guard count > 0, rest.count >= count else { return nil }
        let colour = String(first) + ";" + rest.prefix(count).joined(separator: ";")
        if first == "38" { result.foreground = colour } else { result.background = colour }
        rest = rest.dropFirst(count)
      default:
        let isColon = first.contains(":")
        let number = Int(first) ?? -1
        if (isColon && first.hasPrefix("38:")) || (30...37).contains(number) || (90...97).contains(number) {
          result.foreground = String(first)
        } else if (isColon && first.hasPrefix("48:")) || (40...47).contains(number) || (100...107).contains(number) {
          result.background = String(first)
        } else {
          return nil
        }
      }
    }
    return result
  }

  /// Takes a repeated choice of ASCII; a first one, or another set, is passed on.
  private mutating func charset(in bytes: [UInt8], from start: Int) -> Int? {
    guard start + 2 < bytes.count, bytes[start + 1] == Self.parenthesis else { return nil }
    let was = isASCII
    isASCII = bytes[start + 2] == UInt8(ascii: "B")
    return was && isASCII ? start + 3 : nil
  }

  /// The length of the escape sequence here, or 1.
  private func sequenceLength(in bytes: [UInt8], from start: Int) -> Int {
    guard bytes[start] == Self.escape, start + 1 < bytes.count else { return 1 }
    guard bytes[start + 1] == Self.bracket else {
      return bytes[start + 1] == Self.parenthesis ? min(3, bytes.count - start) : 2
    }
    var index = start + 2
    while index < bytes.count, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
    return min(index + 1, bytes.count) - start
  }

  /// The last bytes of cursor moves, modes and renditions: A B C D G H d f, h l, m.
  private static let moves: [UInt8] = Array("ABCDGHdfhlm".utf8)

  /// Whether nothing of it shows the rendition.
  private func isMove(_ sequence: ArraySlice<UInt8>) -> Bool {
    guard let first = sequence.first, let last = sequence.last else { return true }
    if first != Self.escape { return sequence.allSatisfy { $0 < 0x20 } }
    guard sequence.dropFirst().first == Self.bracket else { return true }
    return Self.moves.contains(last)
  }

  // MARK: Telling

  private mutating func tell(_ result: inout [UInt8]) {
    isTold = true
    guard told != wanted else { return }
    var words: [String] = []
    var from = told ?? Rendition()
    if told == nil || !from.attributes.isSubset(of: wanted.attributes) {
      let resumed = told == nil ? ["0"] : Self.ends(of: from.attributes.subtracting(wanted.attributes))
      words += resumed
      // Weight ends as a whole: bold and dim have one end.
      if told == nil { from = Rendition() }
      if resumed.contains("22") { from.attributes.subtract([1, 2]) }
    }
    words += wanted.attributes.subtracting(from.attributes).sorted().map { String($0) }
    if from.foreground != wanted.foreground { words.append(wanted.foreground ?? "39") }
    if from.background != wanted.background { words.append(wanted.background ?? "49") }
    told = wanted
    result += Array("\u{1B}[\(words.joined(separator: ";"))m".utf8)
  }

  /// The parameters that end attributes.
  private static func ends(of attributes: Set<UInt8>) -> [String] {
    var words: [String] = []
    if !attributes.isDisjoint(with: [1, 2]) { words.append("22") }
    words += attributes.subtracting([1, 2]).sorted().map { String(20 + $0) }
    return words
  }
}
