import JarvisAPI

/// What a substitution writes, as far as its text tells.
extension Judge {
  /// nil where the script is more than one pipeline of programs with known output.
  mutating func plainOutput(of script: Script, _ mode: Mode) -> Input? {
    guard script.entries.count == 1, script.entries[0].pipelines.count == 1 else { return nil }
    var flow = Input.none
    for stage in script.entries[0].pipelines[0].stages {
      guard case .simple(let simple) = stage.command, simple.assignments.isEmpty,
        simple.redirections.allSatisfy({ $0.kind == .hereString || $0.document != nil })
      else { return nil }
      for redirection in simple.redirections {
        if let document = redirection.document {
          flow = Input(known: document.body.literalText)
        } else {
          let args = expand(redirection.target, mode)
          flow = Input(known: args.count == 1 && args[0].isKnown ? args[0].text : nil)
        }
      }
      let args = simple.words.flatMap { expand($0, mode) }
      guard let name = args.first?.certain else { return nil }
      let plain = PathText.lastPart(name)
      var next = Input(known: LiteralOutput.of(plain, Array(args.dropFirst()), input: flow), origin: flow.origin)
      if let produced = RuleTable.programs[plain]?.rule?.produces { next.origin.formUnion(produced) }
      for arg in args { next.origin.formUnion(arg.origin) }
      if next.known == nil { return next.origin.isEmpty ? nil : next }
      flow = next
    }
    return flow
  }
}
