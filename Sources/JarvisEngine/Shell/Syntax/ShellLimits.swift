/// Bounds of what is read. Text beyond them is refused, not guessed at.
enum ShellLimits {
  /// Bytes of one command.
  static let bytes = 65_536
  /// Bytes of a text without a tree, of which every reading is tried.
  static let unparsedBytes = 4_096
  /// Bytes of a path, as the kernel has it.
  static let pathBytes = 4_096
  /// Levels of nesting: groups, substitutions, quotes in quotes, shells in shells.
  static let depth = 40
  /// Words and expansions of the whole text.
  static let words = 2_000
  /// Simple commands judged, counting each turn of an unrolled loop.
  static let commands = 400
  /// Second tries where `((` may open arithmetic or two sub-shells.
  static let retries = 6
  /// Words that one brace expansion may give.
  static let braceWords = 256
  /// Opening braces in one word; with more, what it becomes is not known.
  static let braces = 32
  /// Turns of a `for` loop whose words are known; longer lists are judged with an unknown word.
  static let loopTurns = 24
  /// Loops inside loops that are unrolled.
  static let loopNesting = 2
  /// Variables whose values are followed.
  static let variables = 256
  /// Folders from which relative paths may start.
  static let folders = 16
  /// Bytes of a value that is followed through variables and literal output.
  static let valueBytes = 4_096
  /// Words that all expansions may give.
  static let expandedWords = 3_000
  /// Looks at a path in one folder; a pattern counts as `patternLooks`.
  static let pathLooks = 600
  static let patternLooks = 6
  /// Bytes of the text of an awk program, a sed script, a jq filter.
  static let programBytes = 8_192
  /// Bytes of one arithmetic expression.
  static let arithmeticBytes = 4_096
  /// Bytes of all values that are put into words to find out what these may be.
  static let guessedBytes = 131_072
  /// Bytes looked back at for the name before an operator.
  static let lookBack = 256
  /// Bytes of a value on which `${x//a/b}` and its like are computed.
  static let patternBytes = 128
}

/// Why a text has no syntax tree.
enum ShellSyntaxError: Error, Equatable {
  /// What was not understood, and at which byte.
  case unexpected(String, at: Int)
  /// A quote, substitution or compound command without its end.
  case unterminated(String, at: Int)
  /// A limit of `ShellLimits`, in words.
  case limit(String)
}
