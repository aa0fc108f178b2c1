import JarvisAPI

/// From words to what a program gets.
extension Judge {
  enum Mode {
    /// Only what the text says for certain.
    case certain
    /// What it would be if variables have the values the text gave them, and all others none.
    case guess
  }

  /// Judges every command hidden in a word.
  mutating func judgeSubstitutions(in word: Word) -> Finding {
    var worst = Finding.nothing
    if BraceExpansion.isVast(word) {
      worst = record("{…}", .red("limit.braces", "the braces make more than 10,000 words", "use fewer"))
    }
    for piece in word.pieces {
      switch piece {
      case .text: continue
      case .parameter(let parameter, _): worst = worst.max(judge(parameter))
      case .command(let script, _), .process(let script, _): worst = worst.max(judgeSubstitution(script))
      case .arithmetic(let inner, _): worst = worst.max(judgeArithmetic(inner))
      }
    }
    return worst
  }

  private mutating func judgeSubstitution(_ script: Script) -> Finding {
    let (outerInput, outerOutput, outerProduced) = (input, output, produced)
    defer { (input, output, produced) = (outerInput, outerOutput, outerProduced) }
    return judge(script)
  }

  private mutating func judge(_ parameter: Parameter) -> Finding {
    var worst = Finding.nothing
    if let argument = parameter.argument { worst = judgeSubstitutions(in: argument) }
    if parameter.operation.hasPrefix("@"), parameter.argument?.literalText != nil || parameter.operation.count > 1 {
      let letter = parameter.operation.dropFirst() + (parameter.argument?.literalText ?? "")
      if letter.contains("P") {
        return worst.max(
          record("${\(parameter.name)@P}", .red("expansion.prompt", "@P runs commands that the value holds")))
      }
    }
    if parameter.operation.hasPrefix("!"), parameter.argument == nil || parameter.operation.count > 1 {
      worst = worst.max(
        record("${!\(parameter.name)}", .red("expansion.indirect", "which variable is read is only known when it runs"))
      )
    }
    if parameter.operation.hasPrefix(":=") || parameter.operation.hasPrefix("="),
      EnvironmentNames.steers(parameter.name)
    {
      worst = worst.max(record("${\(parameter.name):=…}", steering(parameter.name)))
    }
    if EnvironmentNames.isSecret(parameter.name), loopVariables[parameter.name] == nil,
      parameter.operation != ":+", parameter.operation != "+"
    {
      facts.insert(.readsSecret)
      worst = worst.max(
        record("$\(parameter.name)", .red("secret.variable", "the variable \(parameter.name) may hold a secret")))
    }
    if parameter.operation == ":" || parameter.operation.hasSuffix("["), let index = parameter.argument {
      worst = worst.max(arithmeticRisk(index))
      if EnvironmentNames.steers(parameter.name), index.pieces.contains(where: \.assignsElement) {
        worst = worst.max(record("${\(parameter.name)[…]:=…}", steering(parameter.name)))
      }
    }
    return worst
  }

  /// What `word` becomes.
  mutating func expand(_ word: Word, _ mode: Mode) -> [Arg] {
    guard limit == nil, let words = BraceExpansion.expand(word) else { return [.unknown(canSplit: true)] }
    expandedWords += words.count
    if expandedWords > ShellLimits.expandedWords {
      exceed("limit.words", "\(ShellLimits.expandedWords) expanded words")
    }
    let isBraced = words.count > 1
    return words.flatMap { word in
      expandPieces(word, mode).map { arg in
        var arg = arg
        if isBraced { arg.isExpanded = true }
        return arg
      }
    }
  }

  private mutating func expandPieces(_ word: Word, _ mode: Mode) -> [Arg] {
    if word.pieces.count == 1 {
      if case .text(let text, let quoted) = word.pieces[0] {
        var arg = Arg(text)
        if !quoted {
          arg.text = ExtendedGlob.opened(text)
          if arg.text != text { arg.isKnown = false }
          markPlain(text, &arg)
        }
        return [arg]
      }
      if case .parameter(let parameter, _) = word.pieces[0], parameter.name == "@" || parameter.name == "*",
        mode == .guess, !positional.isEmpty
      {
        return positional
      }
    }
    var builder = ArgBuilder()
    for piece in word.pieces {
      switch piece {
      case .text(let text, true): builder.add(text)
      case .text(let text, false):
        markPlain(text, &builder.current)
        let opened = ExtendedGlob.opened(text)
        if opened != text { builder.current.isKnown = false }
        builder.add(opened)
      case .parameter(let parameter, let quoted):
        let value = value(of: parameter, mode)
        builder.add(value, quoted: quoted || parameter.isTame && isOwn(parameter.name))
      case .command(let script, let quoted):
        builder.add(value(of: script, mode), quoted: quoted)
      case .arithmetic:
        var value = Arg.unknown()
        value.isExpanded = true
        builder.add(value, quoted: true)
      case .process(let script, _):
        var value = Arg("/dev/fd/63")
        value.origin = originOf(script)
        value.isExpanded = true
        value.content = self.value(of: script, mode).knownText
        builder.add(value, quoted: true)
      }
    }
    return builder.finish()
  }

  /// The shell or the session gave it its value, and not this text.
  private func isOwn(_ name: String) -> Bool {
    variables[name] == nil && loopVariables[name] == nil && !untrusted.contains(name)
  }

  private func markPlain(_ text: String, _ arg: inout Arg) {
    if Glob.isPattern(text), text != "[" { arg.hasGlob = true }
  }

  // MARK: Values

  private mutating func value(of parameter: Parameter, _ mode: Mode) -> Arg {
    if let value = loopVariables[parameter.name], parameter.operation.isEmpty, mode == .certain || value.isKnown {
      var value = value
      value.isExpanded = true
      return value
    }
    guard mode == .guess else {
      if parameter.name == "HOME", parameter.operation.isEmpty {
        var home = Arg(PathText.home)
        home.isExpanded = true
        return home
      }
      var arg = Arg.unknown()
      arg.origin = variables[parameter.name]?.origin ?? []
      return arg
    }
    guard limit == nil else { return .unknown() }
    let value = guess(parameter)
    guessedBytes += value.text.utf8.count
    if guessedBytes > ShellLimits.guessedBytes { exceed("limit.values", "\(ShellLimits.guessedBytes) bytes of values") }
    return value
  }

  /// The value at worst: what the text assigned, what a root shell has, else nothing.
  private mutating func guess(_ parameter: Parameter) -> Arg {
    var base: Arg
    var isSet = true
    let turn = loopVariables[parameter.name].flatMap { $0.isKnown ? $0 : nil }
    if let value = turn ?? variables[parameter.name] {
      base = value
    } else if let index = Int(parameter.name), index > 0, index <= positional.count {
      base = positional[index - 1]
    } else if let usual = EnvironmentNames.usual[parameter.name] {
      base = Arg(usual)
    } else {
      base = Arg("")
      isSet = false
    }
    base.isExpanded = true
    let operation = parameter.operation
    guard !operation.isEmpty else { return base }
    var argument = parameter.argument.map { expandPieces($0, .guess) } ?? []
    let text = argument.count == 1 ? argument.removeFirst() : Arg("")
    switch operation {
    case ":-", "-", ":=", "=":
      var value = isSet ? base : text
      if !isSet, operation.hasSuffix("=") { variables[parameter.name] = text }
      value.isExpanded = true
      return value
    case ":+", "+": return isSet ? text : Arg("")
    case ":?", "?": return base
    default:
      guard base.isKnown, text.isKnown else { return base }
      base.text = ParameterText.apply(operation, text.text, to: base.text)
      return base
    }
  }

  /// What a substitution writes, where the text alone tells; it was judged before.
  private mutating func value(of script: Script, _ mode: Mode) -> Arg {
    var copy = self
    copy.isTrying = true
    copy.produced = .unknown
    copy.nesting += 1
    guard copy.nesting <= Judge.nestingLimit else { return .unknown() }
    guard let output = copy.plainOutput(of: script, mode) else {
      var arg = Arg.unknown(origin: originOf(script))
      if script.isTame { arg.isTameValue = true }
      return arg
    }
    guard let known = output.known, known.utf8.count <= ShellLimits.valueBytes else {
      return .unknown(origin: output.origin)
    }
    var text = Substring(known)
    while text.last == "\n" { text = text.dropLast() }
    var arg = Arg(String(text))
    arg.isExpanded = true
    arg.origin = output.origin
    return arg
  }

  /// Where the text of a substitution comes from: any program in it that fetches or decodes.
  func originOf(_ script: Script) -> Origin {
    var origin: Origin = []
    for command in script.commands {
      if case .simple(let simple) = command {
        for word in simple.words {
          guard let name = word.literalText.map({ PathText.lastPart($0) }) else { continue }
          if let produced = RuleTable.programs[name]?.rule?.produces { origin.formUnion(produced) }
          break
        }
        for word in simple.words {
          for piece in word.pieces { if case .command(let inner, _) = piece { origin.formUnion(originOf(inner)) } }
        }
        // Behind `sudo`, `env` and their like.
        for word in simple.words.dropFirst().prefix(4) {
          if let name = word.literalText, let program = RuleTable.programs[name], let rule = program.rule,
            WrapperRules.names.contains(simple.words[0].literalText ?? "")
          {
            origin.formUnion(rule.produces)
          }
        }
      }
      for body in command.bodies { origin.formUnion(originOf(body)) }
    }
    return origin
  }

  /// More shells inside shells are not opened.
  static let nestingLimit = 12
}

extension Piece {
  /// `]=` or `]:=` of `${name[index]:=value}`.
  fileprivate var assignsElement: Bool {
    if case .text(let text, _) = self { text.contains("]=") || text.contains("]:=") } else { false }
  }
}

extension Parameter {
  /// One word without a leading dash, whatever it is.
  var isTame: Bool { (operation.isEmpty && EnvironmentNames.tame.contains(name)) || operation == "length" }
}
