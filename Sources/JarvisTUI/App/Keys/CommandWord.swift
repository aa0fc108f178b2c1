import JarvisAPI

/// A line behind `:`, understood.
enum CommandWord: Sendable, Equatable {
  case action(Action)
  /// `:approve 1`: gives the card the focus; it decides nothing.
  case focusCard(ApprovalID?)
  case theme(String)
  case rename(String)
  case open(String)
  /// A typed command of the engine: `:start 102` is `/start 102`.
  case typed(String)
  case wrong(String)

  init(parsing line: String, keys: KeyTable, typed: [TypedCommandInfo]) {
    let trimmed = line.trimmed
    let parts = trimmed.split(separator: " ", maxSplits: 1)
    guard let first = parts.first else {
      self = .wrong("a command word is missing; ? lists them")
      return
    }
    let word = first.lowercased()
    let rest = parts.count > 1 ? String(parts[1]).trimmed : ""
    switch word {
    case "approve", "approval", "refuse": self = Self.card(rest)
    case "theme": self = rest.isEmpty ? .wrong("which theme? as in :theme jarvis") : .theme(rest)
    case "rename": self = rest.isEmpty ? .wrong("which title? as in :rename disk trouble") : .rename(rest)
    case "open": self = rest.isEmpty ? .wrong("which conversation? as in :open dns") : .open(rest)
    case "q": self = .action(.quit)
    default:
      if rest.isEmpty, let binding = keys.bindings.first(where: { $0.word == word }) {
        self = .action(binding.action)
      } else if typed.contains(where: { $0.name == word }) {
        self = .typed(trimmed)
      } else if rest.isEmpty, let binding = keys.binding(word: word) {
        self = .action(binding.action)
      } else {
        self = .wrong(
          "no command \"\(Sanitiser.clean(String(first.prefix(40)), keepingNewlines: false))\"; ? lists them")
      }
    }
  }

  private static func card(_ rest: String) -> CommandWord {
    if rest.isEmpty { return .focusCard(nil) }
    guard let number = Int(rest) else { return .wrong("which approval? as in :approve 1") }
    return .focusCard(ApprovalID(rawValue: number))
  }

  /// Words that take an argument, for help and completion.
  static let withArgument: [(usage: String, description: String)] = [
    ("approve N", "give approval N the focus"), ("theme NAME", "draw with another theme"),
    ("rename TITLE", "name this conversation"), ("open TITLE", "open a kept conversation"),
  ]
}

extension String {
  /// Without spaces at both ends.
  var trimmed: String {
    var slice = self[...]
    while slice.first?.isWhitespace == true { slice.removeFirst() }
    while slice.last?.isWhitespace == true { slice.removeLast() }
    return String(slice)
  }
}
