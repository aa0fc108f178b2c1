import JarvisAPI

/// The palette: everything that can be asked for, found by typing part of its name.
struct Palette: Sendable, Equatable {
  /// What choosing a line does.
  enum Choice: Sendable, Equatable {
    case action(Action)
    /// Put into the input line, to be completed and sent.
    case type(String)
    case open(ConversationID)
  }

  struct Line: Sendable, Equatable {
    var title: String
    var hint: String
    var choice: Choice
  }

  var filter = ""
  var selected = 0

  /// The lines that the filter lets through, best first.
  func lines(_ state: AppState) -> [Line] {
    let all = Self.all(state)
    let words = filter.lowercased().split(separator: " ")
    guard !words.isEmpty else { return all }
    let found = all.filter { line in
      let text = (line.title + " " + line.hint).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    // What begins with the first word comes first; the order is kept otherwise.
    let first = words[0]
    return found.filter { $0.title.lowercased().hasPrefix(first) }
      + found.filter { !$0.title.lowercased().hasPrefix(first) }
  }

  private static func all(_ state: AppState) -> [Line] {
    let actions = state.keys.bindings.compactMap { binding -> Line? in
      guard binding.context == .everywhere, let name = binding.word ?? binding.footer, binding.action != .palette else {
        return nil
      }
      return Line(
        title: name, hint: binding.description + (binding.keys.first.map { "  " + $0.label } ?? ""),
        choice: .action(binding.action))
    }
    let commands = state.mirror.typedCommands.map {
      Line(title: "/" + $0.name, hint: "\($0.usage)  \($0.summary)".trimmed, choice: .type("/\($0.name) "))
    }
    let conversations = state.mirror.conversations.map {
      Line(title: ($0.title.isEmpty ? "untitled" : $0.title).sanitisedLine, hint: "conversation", choice: .open($0.id))
    }
    return commands + actions + conversations
  }
}
