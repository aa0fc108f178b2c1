import Foundation
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
  /// `:freeze 2h storage work`: opens the question with these words in it.
  case freeze(String)
  case again(ApprovalID)
  case revoke(AllowanceID)
  case shell(String)
  /// `:maintenance TARGET 2h REASON`, in seconds from now.
  case maintain(target: String, seconds: TimeInterval, reason: String)
  case endMaintenance(String)
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
    case "freeze" where !rest.isEmpty: self = .freeze(rest)
    case "again":
      self = Int(rest).map { .again(ApprovalID(rawValue: $0)) } ?? .wrong("which approval? as in :again 1")
    case "revoke":
      self = Int(rest).map { .revoke(AllowanceID(rawValue: $0)) } ?? .wrong("which allowance? as in :revoke 1")
    case "shell": self = rest.isEmpty ? .wrong("on which node? as in :shell pve") : .shell(rest)
    case "maintenance": self = Self.maintenance(rest)
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

  private static func maintenance(_ rest: String) -> CommandWord {
    let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
    let usage = CommandWord.wrong("as in :maintenance pve 2h new disks, or :maintenance pve end")
    guard parts.count == 2 else { return usage }
    if parts[1].lowercased() == "end" { return .endMaintenance(parts[0]) }
    let (seconds, reason) = TimeSpan.leading(parts[1])
    guard let seconds else { return usage }
    return .maintain(target: parts[0], seconds: seconds, reason: reason)
  }

  /// Words that take an argument, for help and completion.
  static let withArgument: [(usage: String, description: String)] = [
    ("approve N", "give approval N the focus"), ("theme NAME", "draw with another theme"),
    ("rename TITLE", "name this conversation"), ("open TITLE", "open a kept conversation"),
    ("freeze [2h] REASON", "stop every change from every caller"), ("again N", "ask the expired approval N afresh"),
    ("revoke N", "take allowance N back"), ("shell NODE", "a shell on a node, in this terminal"),
    ("maintenance TARGET 2h WHY", "silence a node or guest; TARGET end ends it"),
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
