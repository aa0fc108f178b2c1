import JarvisAPI

/// Holds a call against the table.
extension Judge {
  /// The judgement of a program with sub-commands: walks down as far as the words are known.
  mutating func judge(_ call: Call, by program: Program) -> Finding {
    var call = call
    var program = program
    while true {
      guard !program.children.isEmpty else { break }
      // Options before the sub-command.
      var index = 0
      while index < call.args.count {
        let arg = call.args[index]
        guard arg.text.first == "-", arg.text.count > 1 else { break }
        if index == call.args.count - 1, Self.asksForHelp(arg) { return .green(call.path + " --help") }
        guard arg.certain != nil, case .allowed(let value, let attached, let takesNext) = program.globals.read(arg.text)
        else {
          if let rule = program.rule { return judge(call, by: rule) }
          return unlisted(option: arg, call).max(hiddenReading(call.args))
        }
        if value == .path, let attached, let secret = secretReason(Arg(attached)) {
          return .red("secret.path", secret)
        }
        if takesNext {
          guard index + 1 < call.args.count, call.args[index + 1].certain != nil else {
            return unlisted(option: arg, call)
          }
          index += 1
        }
        index += 1
      }
      guard index < call.args.count else { break }
      let word = call.args[index]
      guard let text = word.certain else {
        if !word.isKnown || word.canSplit {
          return .red(
            "\(call.path).unknown-subcommand", "which sub-command of \(call.path) runs is only known when it runs",
            "write the sub-command out")
        }
        break
      }
      if program.abbreviates, let finding = ambiguous(text, call.dropping(index + 1), in: program) { return finding }
      guard let (name, child) = program.child(text) else {
        if program.rule != nil { break }
        return .red(
          "\(call.path).unlisted", "\(call.path) \(text) is not in the rule table",
          "only listed sub-commands of \(call.path) are known to be harmless")
      }
      call = call.dropping(index + 1, as: call.path + " " + name)
      program = child
    }
    guard let rule = program.rule else {
      if call.args.isEmpty {
        return .red("\(call.path).incomplete", "\(call.path) without a sub-command is not in the rule table")
      }
      return .red("\(call.path).unlisted", "\(call.path) with these words is not in the rule table")
    }
    if call.args.count == 1, Self.asksForHelp(call.args[0]) { return .green(call.path + " --help") }
    return judge(call, by: rule)
  }

  /// A word that may stand for several: the highest tier of all, since the program may take any of them.
  private mutating func ambiguous(_ word: String, _ rest: Call, in program: Program) -> Finding? {
    let names = program.matches(word)
    guard names.count > 1 else { return nil }
    var worst = Finding.nothing
    for name in names {
      guard let child = program.children[name], child.children.isEmpty else { return nil }
      worst = worst.max(judge(rest.dropping(0, as: rest.path + " " + name), by: child))
    }
    return worst
  }

  static func asksForHelp(_ arg: Arg) -> Bool { arg.text == "--help" || arg.text == "--version" }

  mutating func judge(_ call: Call, by rule: Rule) -> Finding {
    if let special = rule.judge { return special(call, &self) }
    let base = Finding(tier: rule.tier, rule: call.path, reason: rule.reason, change: rule.change)
    if rule.tier >= .red { return base }
    return check(call, flags: rule.flags, operands: rule.operands) ?? base
  }

  /// What breaks the rule; nil where nothing does.
  mutating func check(_ call: Call, flags: FlagSet, operands: Operands) -> Finding? {
    var isPastOptions = false
    var count = 0
    var index = 0
    while index < call.args.count {
      let arg = call.args[index]
      index += 1
      if !isPastOptions {
        if arg.text == "--", arg.certain != nil {
          isPastOptions = true
          continue
        }
        if arg.text.first == "-", arg.text.count > 1, !arg.canSplit || flags.acceptsUnknown {
          if !arg.isKnown, flags.acceptsUnknown { continue }
          guard case .allowed(let value, let attached, let takesNext) = flags.read(arg.text) else {
            return unlisted(option: arg, call)
          }
          if !arg.isKnown, attached?.contains(Arg.hole) != true {
            return unlisted(option: arg, call)
          }
          if value == .path, let attached, let finding = contentFinding(Arg(attached)) { return finding }
          if takesNext {
            guard index < call.args.count else { continue }
            let next = call.args[index]
            index += 1
            if next.canSplit, !flags.acceptsUnknown { return optionRisk(next, call) }
            if value == .path, let finding = contentFinding(next) { return finding }
          }
          continue
        }
        if flags.allowsPlus, arg.text.first == "+" { continue }
        if arg.mayBeOption, arg.text != "-", !flags.acceptsUnknown { return optionRisk(arg, call) }
      } else if arg.canSplit, case .content = operands {
        return optionRisk(arg, call)
      }
      if let finding = operandFinding(arg, at: count, operands, call) { return finding }
      count += 1
    }
    return nil
  }

  private mutating func operandFinding(_ arg: Arg, at position: Int, _ operands: Operands, _ call: Call) -> Finding? {
    switch operands {
    case .free: return nil
    case .content: return contentFinding(arg)
    case .measured: return endlessFinding(arg)
    case .textThenContent(let texts): return position < texts ? nil : contentFinding(arg)
    case .none:
      return .red("\(call.path).operand", "\(call.path) with the operand \(arg.shown) is not in the rule table")
    case .upTo(let limit):
      return position < limit && !arg.canSplit
        ? nil : .red("\(call.path).operand", "\(call.path) with more than \(limit) operand(s) is not in the rule table")
    case .oneOf(let words):
      guard let text = arg.certain, words.contains(text) else {
        return .red("\(call.path).operand", "\(call.path) \(arg.shown) is not in the rule table")
      }
      return nil
    }
  }

  /// More paths, patterns and folders than are looked at.
  mutating func tooManyPaths(_ args: [Arg]) -> Finding? {
    for arg in args {
      pathLooks += directories.count * (arg.hasGlob || !arg.isKnown ? ShellLimits.patternLooks : 1)
    }
    if pathLooks > ShellLimits.pathLooks { exceed("limit.paths", "files, patterns and folders looked at one by one") }
    return limit
  }

  /// Why reading `arg` would never end.
  func endlessFinding(_ arg: Arg) -> Finding? { readsBounded ? nil : Endless.reading(arg, in: directories) }

  /// Why the content of `arg` must not be shown.
  mutating func contentFinding(_ arg: Arg) -> Finding? {
    if arg.text == "-" { return nil }
    if arg.text.hasPrefix("/dev/fd/") { return nil }
    if arg.text.utf8.count > ShellLimits.pathBytes { return .red("secret.path", "there is no path of that length") }
    if let finding = tooManyPaths([arg]) { return finding }
    if let finding = endlessFinding(arg) { return finding }
    if let reason = secretReason(arg) {
      if arg.isKnown && !arg.hasGlob { facts.insert(.readsSecret) }
      return .red("secret.path", reason, "name a file that holds no secret")
    }
    return nil
  }

  /// Why the file that `arg` names must not be shown; nil where nothing speaks against it.
  func secretReason(_ arg: Arg) -> String? {
    if arg.canSplit { return "which file \(arg.shown) stands for is only known when it runs: it may hold a secret" }
    if arg.text.utf8.count > ShellLimits.pathBytes { return "there is no path of that length" }
    if arg.text.first == "~", !PathText.isKnownHome(arg.text) {
      return "which folder \(arg.shown) begins with is only known when it runs"
    }
    if isLost, arg.text.first != "/", arg.text.first != "~" {
      return "in which folder \(arg.shown) lies is only known when it runs"
    }
    for directory in directories {
      let path = PathText.absolute(arg.text, in: directory)
      if let reason = SecretPaths.reason(path) { return reason }
      if isProtected(path) { return "\(path) belongs to Jarvis itself" }
    }
    return PathText.behindParents(arg.text).flatMap(SecretPaths.reason)
  }

  func isProtected(_ path: String) -> Bool {
    context.protectedPaths.contains { place in
      if Glob.isPattern(place) {
        let depth = place.split(separator: "/").count
        let head = "/" + path.split(separator: "/").prefix(depth).joined(separator: "/")
        return Glob.matches(place, head)
      }
      return PathText.isInside(path, place)
    }
  }

  private func unlisted(option arg: Arg, _ call: Call) -> Finding {
    .red(
      "\(call.path).option", "the option \(arg.shown) of \(call.path) is not known to be harmless",
      "leave out \(arg.shown)")
  }

  private func optionRisk(_ arg: Arg, _ call: Call) -> Finding {
    .red(
      "expansion.option", "\(arg.shown) may turn into options of \(call.path)",
      "write the value out, or quote it behind --")
  }
}
