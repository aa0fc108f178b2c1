/// The syntax tree of a piece of shell text: POSIX with the bash forms that people paste.
///
/// Nothing here is evaluated; quoting is kept, since what an expansion may turn into depends on it.
struct Script {
  var entries: [Entry] = []
}

/// Pipelines joined by `&&` and `||`, ended by `;`, a newline or `&`.
struct Entry {
  var pipelines: [Pipeline]
  var isBackground = false
}

/// Commands joined by `|` or `|&`.
struct Pipeline {
  var stages: [Stage]
}

/// One command and where it stands in the text, in bytes.
struct Stage {
  var command: Command
  var range: Range<Int>
}

indirect enum Command {
  case simple(SimpleCommand)
  /// `{ …; }`.
  case group(Script, [Redirection])
  /// `( … )`.
  case subshell(Script, [Redirection])
  /// `if`: conditions and branches, in order.
  case conditional([Script], [Redirection])
  /// `while` and `until`.
  case loop(condition: Script, body: Script, [Redirection])
  /// `for` and `select`; without words they walk the positional parameters.
  case each(variable: String, words: [Word]?, body: Script, [Redirection])
  /// `for ((a; b; c))`.
  case counted(Word, body: Script, [Redirection])
  case choice(subject: Word, patterns: [Word], branches: [Script], [Redirection])
  /// `(( … ))`; `text` is what a shell without that form would run in two sub-shells.
  case arithmetic(Word, text: String, [Redirection])
  /// `[[ … ]]`: its words, without the operators.
  case test([Word], [Redirection])
  case function(name: String, body: Command)
  /// `name` is the array that its descriptors are put into.
  case coprocess(name: String?, Command)
}

struct SimpleCommand {
  var assignments: [Assignment] = []
  var words: [Word] = []
  var redirections: [Redirection] = []
}

/// `name=value`, `name+=value`, `name[index]=value`, `name=(…)`.
struct Assignment {
  var name: String
  var index: Word?
  var value: Word
  /// The elements of an array; nil for a plain value.
  var elements: [Word]?
}

/// A word before expansion.
struct Word {
  var pieces: [Piece] = []
  var range: Range<Int> = 0..<0

  /// The text where the word is one unquoted literal: only such a word can be a keyword.
  var bareText: String? {
    guard pieces.count == 1, case .text(let text, quoted: false) = pieces[0] else { return nil }
    return text
  }

  /// The text where nothing in the word is expanded, whatever its quotes.
  var literalText: String? {
    var result = ""
    for piece in pieces {
      guard case .text(let text, _) = piece else { return nil }
      result += text
    }
    return result
  }
}

indirect enum Piece {
  case text(String, quoted: Bool)
  case parameter(Parameter, quoted: Bool)
  /// `$(…)` and backquotes.
  case command(Script, quoted: Bool)
  /// `$((…))` and `$[…]`.
  case arithmetic(Word, quoted: Bool)
  /// `<(…)` and `>(…)`.
  case process(Script, writes: Bool)
}

/// `$name`, `${name…}`.
struct Parameter {
  var name: String
  /// What follows the name: `:-`, `#`, `/`, `@P`…; `!` before the name is kept as "!".
  var operation = ""
  var argument: Word?
}

struct Redirection {
  enum Kind: String {
    case read = "<"
    case write = ">"
    case append = ">>"
    case clobber = ">|"
    case readWrite = "<>"
    case both = "&>"
    case bothAppend = "&>>"
    case duplicateOut = ">&"
    case duplicateIn = "<&"
    case hereString = "<<<"
    case hereDocument = "<<"
  }
  var kind: Kind
  /// The descriptor written before the operator.
  var descriptor: String?
  /// `{name}` before the operator: the variable that gets the descriptor, with its subscript.
  var variable: String?
  var target: Word
  var document: HereDocument?
}

/// The text of a here-document, which follows the line of its operator: it is filled in when that line ends.
final class HereDocument {
  let delimiter: String
  let isQuoted: Bool
  let stripsTabs: Bool
  var body = Word()
  /// The words as written, for a program that reads them as its script.
  var rawBody = ""

  init(delimiter: String, isQuoted: Bool, stripsTabs: Bool) {
    self.delimiter = delimiter
    self.isQuoted = isQuoted
    self.stripsTabs = stripsTabs
  }
}
