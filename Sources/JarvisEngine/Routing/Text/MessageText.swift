/// A message as the router reads it: folded words with their hashes, and what its punctuation and shape tell.
///
/// A long paste is read at its head and its tail: that bounds the time of a decision, and a question stands at one of both.
struct MessageText: Sendable {
  struct Word: Sendable {
    /// Range in `bytes`.
    var start: Int32
    var end: Int32
    /// Of the folded bytes.
    var hash: UInt64
    var shape: Shape
  }

  /// What a word looks like, whatever it says.
  enum Shape: UInt8, Sendable {
    case word, number, size, address, path, flag, mixed
  }

  /// Scalars read from the front, and from the back of what is longer.
  static let headScalars = 1_100
  static let tailScalars = 400

  /// Folded bytes of all words, one after the other with a space between.
  private(set) var bytes: [UInt8] = []
  private(set) var words: [Word] = []
  private(set) var questions = 0
  private(set) var lines = 1
  private(set) var quotes = 0
  private(set) var backticks = 0
  private(set) var brackets = 0
  /// Words of a line that looks written by a machine: stamps, `key=value`, `name[123]:`.
  private(set) var machineMarks = 0
  /// True where something was left out between head and tail.
  private(set) var cut = false
  /// What stands behind the last word.
  private(set) var endsWithQuestion = false
  private(set) var endsWithColon = false

  init(_ text: String) {
    bytes.reserveCapacity(256)
    words.reserveCapacity(48)
    let scalars = text.unicodeScalars
    var count = 0
    var position = scalars.startIndex
    while position != scalars.endIndex, count < Self.headScalars {
      take(scalars[position])
      position = scalars.index(after: position)
      count += 1
    }
    if position != scalars.endIndex {
      endWord()
      var back = scalars.endIndex
      var left = Self.tailScalars
      while back != position, left > 0 {
        back = scalars.index(before: back)
        left -= 1
      }
      cut = back != position
      while back != scalars.endIndex {
        take(scalars[back])
        back = scalars.index(after: back)
      }
    }
    endWord()
  }

  /// The folded text of a word: for the few places that need it as such.
  func string(_ word: Word) -> String {
    String(decoding: bytes[Int(word.start)..<Int(word.end)], as: UTF8.self)
  }

  // The word being read.
  private var wordStart = 0
  private var digits = 0
  private var letters = 0
  private var dots = 0
  private var leadingSlash = false
  private var leadingDash = false
  private var lastSeparator: Unicode.Scalar = " "

  private mutating func take(_ scalar: Unicode.Scalar) {
    switch Folding.fold(scalar) {
    case .ascii(let byte):
      bytes.append(byte)
      if byte < 0x3A { digits += 1 } else { letters += 1 }
    case .two(let first, let second):
      bytes.append(first)
      bytes.append(second)
      letters += 2
    case .letter(let letter):
      bytes.append(contentsOf: UTF8.encode(letter).map(Array.init) ?? [])
      letters += 1
    case .nothing: break
    case .separator(let separator): part(separator)
    }
  }

  private mutating func part(_ scalar: Unicode.Scalar) {
    // Inside of a name these belong to it; at its ends they are taken off again.
    if bytes.count > wordStart, scalar == "-" || scalar == "_" || scalar == "." || scalar == "/" && leadingSlash {
      bytes.append(UInt8(scalar.value))
      if scalar == "." { dots += 1 }
      return
    }
    let hadWord = bytes.count > wordStart
    endWord()
    switch scalar {
    case "?", "¿":
      questions += 1
      endsWithQuestion = true
    case "\n": lines += 1
    case "\"", "“", "”", "„", "«", "»": quotes += 1
    case "`": backticks += 1
    case "{", "}", "<", ">", "|", ";": brackets += 1
    case "[", "]", "=": machineMarks += hadWord ? 1 : 0
    case ":":
      endsWithColon = true
      if lastSeparator == "]" || lastSeparator == ":" { machineMarks += 1 }
    default: break
    }
    if !hadWord, scalar == "/" || scalar == "~" { leadingSlash = true }
    leadingDash = scalar == "-"
    lastSeparator = scalar
  }

  private mutating func endWord() {
    while bytes.count > wordStart, let last = bytes.last, last == 0x2D || last == 0x2E || last == 0x5F || last == 0x2F {
      bytes.removeLast()
    }
    if bytes.count > wordStart {
      var hash = Hash64()
      for index in wordStart..<bytes.count { hash.add(bytes[index]) }
      words.append(
        Word(start: Int32(wordStart), end: Int32(bytes.count), hash: hash.value, shape: shape(bytes.count - wordStart)))
      bytes.append(0x20)
      endsWithQuestion = false
      endsWithColon = false
    }
    wordStart = bytes.count
    digits = 0
    letters = 0
    dots = 0
    leadingSlash = false
    leadingDash = false
  }

  private func shape(_ length: Int) -> Shape {
    if leadingSlash { return .path }
    if leadingDash { return .flag }
    if digits > 0, letters == 0 { return dots >= 3 ? .address : .number }
    if digits > 0, letters <= 3, bytes[wordStart] < 0x3A { return .size }
    if digits > 0 { return .mixed }
    return .word
  }
}
