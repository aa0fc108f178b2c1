/// A word after expansion, as far as the text alone tells.
struct Arg {
  /// Stands in `text` for what is not known. No shell word holds a NUL.
  static let hole: Character = "\0"

  var text: String
  /// Nothing in it is unknown.
  var isKnown = true
  /// It may become several words, or none: an expansion outside quotes.
  var canSplit = false
  /// Holds `*`, `?` or `[` outside quotes.
  var hasGlob = false
  /// Came from an expansion, though its value may be known.
  var isExpanded = false
  /// Unknown, but one word that begins with no dash.
  var isTameValue = false
  /// Unknown, but taken apart before: it does not become several words by its blanks.
  var isWord = false
  /// What a program reads that opens it as a file, where that is known: `<(echo x)`.
  var content: String?
  /// Where a substitution's text comes from.
  var origin: Origin = []

  init(_ text: String) { self.text = text }

  /// A word of which nothing is known.
  static func unknown(canSplit: Bool = false, origin: Origin = []) -> Arg {
    var arg = Arg(String(hole))
    arg.isKnown = false
    arg.canSplit = canSplit
    arg.isExpanded = true
    arg.origin = origin
    return arg
  }

  /// A changed copy.
  func made(_ change: (inout Arg) -> Void) -> Arg {
    var copy = self
    change(&copy)
    return copy
  }

  /// The program that gets it may take it for an option.
  var mayBeOption: Bool {
    if canSplit { return true }
    guard let first = text.first else { return false }
    return first == "-" || first == Arg.hole || (hasGlob && (first == "*" || first == "?" || first == "["))
  }

  /// It is an option for certain, or may be one without anybody's intent.
  var isSurelyOption: Bool { text.first == "-" && text.count > 1 }

  /// The text, where all of it is known and it is one word.
  var certain: String? { isKnown && !canSplit && !hasGlob ? text : nil }

  /// The text, where all of it is known.
  var knownText: String? { isKnown ? text : nil }

  /// For a person.
  var shown: String { text.hasHole ? text.replacingHoles(with: "…") : text }
}

/// Where text comes from that a command reads or runs.
struct Origin: OptionSet, Sendable {
  let rawValue: Int
  /// From the network.
  static let fetched = Origin(rawValue: 1)
  /// Decoded, unpacked, reversed: hidden from a reader.
  static let decoded = Origin(rawValue: 2)
  /// A secret.
  static let secret = Origin(rawValue: 4)
}

extension String {
  func replacingHoles(with mark: Character) -> String { hasHole ? String(map { $0 == Arg.hole ? mark : $0 }) : self }

  /// The text between and around `separator`.
  func split(on separator: Character) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

/// What a command finds on its standard input.
struct Input {
  /// All of it, where that is known.
  var known: String?
  /// Nothing is there: a command run over SSH has no input of its own.
  var isEmpty = false
  var origin: Origin = []
  /// Every item begins with a dot or a slash, so that none is an option.
  var isPaths = false
  /// Texts that went in somewhere up the pipe.
  var literals: [String] = []

  static let none = Input(known: nil, isEmpty: true)
  static let unknown = Input()

  static func text(_ text: String) -> Input { Input(known: text, literals: [text]) }

  /// At most so many literal texts are followed through a pipe.
  static let literalLimit = 8
}
