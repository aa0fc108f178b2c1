/// What can be asked of a tree without judging it.
extension Script {
  /// `true`, `:`, `[ 1 ]`: a condition that never ends a loop.
  var isAlwaysTrue: Bool {
    guard entries.count == 1, entries[0].pipelines.count == 1, entries[0].pipelines[0].stages.count == 1,
      case .simple(let simple) = entries[0].pipelines[0].stages[0].command
    else {
      if entries.count == 1, let stage = entries[0].pipelines.first?.stages.first, case .arithmetic = stage.command {
        return true
      }
      return false
    }
    let words = simple.words.compactMap(\.literalText)
    return words.first == "true" || words.first == ":" || words == ["[", "1", "]"]
  }

  /// Something in it runs in the background.
  var hasBackground: Bool { entries.contains { $0.isBackground } }

  var commands: [Command] { entries.flatMap { $0.pipelines.flatMap { $0.stages.map(\.command) } } }

  /// A command in it gives `name` another value.
  func assigns(_ name: String) -> Bool {
    commands.contains { command in
      switch command {
      case .simple(let simple):
        simple.assignments.contains { $0.name == name }
          || [
            "read", "mapfile", "readarray", "printf", "unset", "declare", "local", "export", "let", "getopts", "eval",
            ".", "source",
          ]
          .contains(simple.words.first?.literalText ?? "")
      case .arithmetic, .counted: true
      default: command.bodies.contains { $0.assigns(name) }
      }
    }
  }
}

extension Command {
  /// The scripts inside a compound command.
  var bodies: [Script] {
    switch self {
    case .simple, .arithmetic, .test: []
    case .group(let body, _), .subshell(let body, _): [body]
    case .conditional(let scripts, _): scripts
    case .loop(let condition, let body, _): [condition, body]
    case .each(_, _, let body, _), .counted(_, let body, _): [body]
    case .choice(_, _, let branches, _): branches
    case .function(_, let body), .coprocess(_, let body): body.bodies
    }
  }

  /// The function's body starts the function again, in a pipe or in the background: it grows without end.
  func callsItself(_ name: String) -> Bool {
    bodies.contains { script in
      script.entries.contains { entry in
        entry.pipelines.contains { pipeline in
          let calls = pipeline.stages.contains { stage in
            if case .simple(let simple) = stage.command { return simple.words.first?.literalText == name }
            return stage.command.callsItself(name)
          }
          return calls && (pipeline.stages.count > 1 || entry.isBackground || script.hasBackground)
        }
      }
    }
  }
}
