import JarvisAPI

/// What the engine would understand of a line that begins with `/`: the hint beside it, and what Tab adds.
struct Completion: Sendable, Equatable {
  /// Shown behind the cursor; empty where there is nothing to say.
  let hint: String
  /// The line after Tab; nil where Tab adds nothing.
  let completed: String?

  /// Names shown in a hint.
  private static let namesShown = 6

  init(_ state: AppState) {
    let text = state.input.text
    guard text.hasPrefix("/"), !text.contains("\n"), state.input.cursor == state.input.characters.count else {
      self.init(hint: "", completed: nil)
      return
    }
    let body = text.dropFirst()
    guard let space = body.firstIndex(of: " ") else {
      self.init(command: String(body), among: state.mirror.typedCommands)
      return
    }
    let name = body[..<space]
    let argument = String(body[body.index(after: space)...])
    guard let command = state.mirror.typedCommands.first(where: { $0.name == name }) else {
      self.init(hint: "  no such command", completed: nil)
      return
    }
    self.init(argument: argument, of: command, line: text, cluster: state.mirror.cluster)
  }

  private init(hint: String, completed: String?) {
    self.hint = hint
    self.completed = completed
  }

  private init(command start: String, among commands: [TypedCommandInfo]) {
    let matches = commands.filter { $0.name.hasPrefix(start) }
    if let only = matches.first, matches.count == 1 || only.name == start {
      let rest = only.usage.isEmpty ? only.summary : "\(only.usage)  \(only.summary)"
      hint = "  " + rest.sanitisedLine
      let line = "/" + only.name + (only.usage.isEmpty ? "" : " ")
      completed = line == "/" + start ? nil : line
      return
    }
    hint =
      matches.isEmpty ? "  no such command" : "  " + matches.prefix(Self.namesShown).map(\.name).joined(separator: " ")
    let shared = Self.sharedStart(matches.map(\.name))
    completed = shared.count > start.count ? "/" + shared : nil
  }

  private init(argument: String, of command: TypedCommandInfo, line: String, cluster: ClusterSnapshot) {
    let usage = command.usage.uppercased()
    let names: [String]
    if usage.contains("GUEST") {
      names = cluster.guests.filter { !$0.name.isEmpty }.map(\.name.sanitisedLine)
    } else if usage.contains("NODE") {
      names = cluster.nodes.map(\.name)
    } else {
      names = []
    }
    let lowered = argument.lowercased()
    let matches = argument.contains(" ") ? [] : names.filter { $0.lowercased().hasPrefix(lowered) && $0 != argument }
    if argument.isEmpty {
      hint = " " + command.usage.sanitisedLine
      completed = nil
    } else {
      hint = matches.isEmpty ? "" : "  " + matches.prefix(Self.namesShown).joined(separator: " ")
      let shared = Self.sharedStart(matches)
      completed = shared.count > argument.count ? String(line.dropLast(argument.count)) + shared : nil
    }
  }

  private static func sharedStart(_ names: [String]) -> String {
    guard var shared = names.first else { return "" }
    for name in names.dropFirst() {
      while !name.hasPrefix(shared) { shared.removeLast() }
    }
    return shared
  }
}
