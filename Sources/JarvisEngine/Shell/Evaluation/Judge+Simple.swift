import JarvisAPI

/// Simple commands: assignments, redirections, a program and its words.
extension Judge {
  mutating func judge(_ command: SimpleCommand) -> Finding {
    guard countsCommand() else { return limit ?? .nothing }
    let outerInput = input
    defer { input = outerInput }
    var worst = Finding.nothing
    let isForRead = command.words.first?.bareText == "read"
    for assignment in command.assignments { worst = worst.max(judge(assignment, isForRead: isForRead)) }
    var args: [Arg] = []
    for word in command.words {
      worst = worst.max(judgeSubstitutions(in: word))
      args += expand(word, .certain)
    }
    for redirection in command.redirections {
      worst = worst.max(judge(redirection, of: args.first?.certain.map { PathText.lastPart($0) }))
    }
    if command.words.isEmpty, !command.assignments.isEmpty {
      worst = worst.max(.green("assignment", "sets a variable of this shell only"))
    }
    output = Input(known: nil, isEmpty: command.words.isEmpty)
    if !command.words.isEmpty {
      let text = args.prefix(40).map(\.shown).joined(separator: " ")
      var finding = invoke(args)
      if command.words.contains(where: \.isVariable) {
        let guessed = command.words.flatMap { expand($0, .guess) }
        if !guessed.elementsEqual(args, by: { $0.text == $1.text }) {
          let kept = output
          let reading = tried { $0.invoke(guessed) }
          output = kept
          if let known = guessedOutput(guessed) { output.literals.append(known) }
          finding = finding.max(reading)
        }
      }
      worst = worst.max(record(text, finding))
    }
    produced.origin.formUnion(output.origin)
    produced.literals = Array((produced.literals + output.literals).prefix(Input.literalLimit))
    return worst
  }

  private func guessedOutput(_ args: [Arg]) -> String? {
    guard let name = args.first?.text else { return nil }
    return LiteralOutput.of(name, Array(args.dropFirst()), input: input)
  }

  /// `isForRead`: `IFS=, read a b` sets it for this one reading.
  private mutating func judge(_ assignment: Assignment, isForRead: Bool) -> Finding {
    var worst = judgeSubstitutions(in: assignment.value)
    if let index = assignment.index { worst = worst.max(judgeSubstitutions(in: index)).max(arithmeticRisk(index)) }
    for element in assignment.elements ?? [] {
      worst = worst.max(judgeSubstitutions(in: element)).max(subscriptOfElement(element))
    }
    if !(assignment.elements ?? [assignment.value]).allSatisfy(isTrusted) { distrust(assignment.name) }
    if EnvironmentNames.steers(assignment.name), !(isForRead && assignment.name == "IFS") {
      worst = worst.max(record(assignment.name + "=…", steering(assignment.name)))
    }
    var value: Arg
    if let elements = assignment.elements {
      let args = elements.flatMap { expand($0, .guess) }
      value = Arg(args.map(\.text).joined(separator: " "))
      value.isKnown = args.allSatisfy(\.isKnown)
      for arg in args { value.origin.formUnion(arg.origin) }
    } else {
      let args = expand(assignment.value, .guess)
      value = Arg(args.map(\.text).joined(separator: " "))
      value.isKnown = args.allSatisfy(\.isKnown)
      for arg in args { value.origin.formUnion(arg.origin) }
    }
    if value.text.utf8.count > ShellLimits.valueBytes {
      exceed("limit.value", "a value of \(ShellLimits.valueBytes) bytes")
      value = .unknown(origin: value.origin)
    }
    if value.text.contains("[$(") || value.text.contains("[`") || value.text.contains("]$(") {
      worst = worst.max(
        record(
          assignment.name + "=…",
          .red("arithmetic.hidden", "the value holds a command that arithmetic on \(assignment.name) would run")))
    }
    if value.isKnown, ArithmeticText.steers(value.text) {
      worst = worst.max(
        record(
          assignment.name + "=…",
          .red("arithmetic.hidden", "the value is an assignment that arithmetic on \(assignment.name) would make")))
    }
    value.isExpanded = true
    value.canSplit = false
    if variables.count >= ShellLimits.variables, variables[assignment.name] == nil {
      exceed("limit.variables", "\(ShellLimits.variables) variables")
    }
    variables[assignment.name] = value
    return worst
  }

  /// `[index]=value` among the elements of an array: the index is computed.
  private mutating func subscriptOfElement(_ element: Word) -> Finding {
    guard case .text(let text, quoted: false)? = element.pieces.first, text.utf8.first == Byte.openBracket else {
      return .nothing
    }
    guard let close = text.firstIndex(of: "]") else { return arithmeticRisk(element) }
    return arithmeticRisk(Word(pieces: [.text(String(text[..<close]), quoted: true)]))
  }

  /// A program with its words, the program first. Everything that runs comes through here.
  mutating func invoke(_ args: [Arg]) -> Finding {
    guard let first = args.first else {
      noteUnread()
      return .red("expansion.command", "which program runs is only known when it runs", "write the program out")
    }
    invocations += 1
    invocationDepth += 1
    defer { invocationDepth -= 1 }
    if invocationDepth > Self.wrapperLimit || invocations > 2 * ShellLimits.commands {
      exceed("limit.commands", "programs that run programs")
    }
    if let limit { return limit }
    let rest = Array(args.dropFirst())
    guard first.isKnown, !first.canSplit, !first.hasGlob else { return unknownProgram(first, rest) }
    let path = first.text
    guard !path.isEmpty else { return .red("program.unknown", "there is no program without a name") }
    let name = PathText.lastPart(path)
    var finding = program(name, rest, path: path)
    if path.contains("/"), !Self.isSystemFolder(path) {
      facts.insert(.runsFile)
      noteUnread()
      finding = finding.atLeast(
        .red("program.file", "\(path) is a file whose content is not known", "name a program of the system"))
    }
    if first.isExpanded {
      finding = finding.atLeast(
        .red("expansion.command", "the program's name comes from an expansion", "write the program out"))
    }
    if path.hasPrefix("!"), path.count > 1 {
      finding = finding.atLeast(.red("history", "\(path) repeats something from the history", "write it out"))
    }
    return finding
  }

  /// `/usr/bin/ls` and its like, however they are written.
  private static func isSystemFolder(_ path: String) -> Bool {
    guard path.hasPrefix("/") else { return false }
    let folder = PathText.parent(PathText.absolute(path, in: "/"))
    return ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"].contains(folder)
  }

  private mutating func program(_ name: String, _ args: [Arg], path: String) -> Finding {
    let finding = judgeProgram(name, args, path: path)
    // A connection is noted where its target is read.
    if finding.tier > .green, name != "ssh" { note(name, args) }
    return finding
  }

  /// Keeps in mind that a program acts on the machine of now.
  mutating func note(_ name: String, _ args: [Arg]) {
    guard let count = acts?.count else { return }
    guard count < ShellAct.limit else { return acts = nil }
    acts?.append(ShellAct(program: name, words: args.map(\.certain), place: place))
  }

  /// Something runs on the machine of now that was not read.
  mutating func noteUnread() {
    guard !isTrying, acts?.contains(where: { $0.program.isEmpty && $0.place == place }) == false else { return }
    note("", [])
  }

  /// Judges what runs on another machine.
  mutating func at(_ other: ShellAct.Place, _ body: (inout Judge) -> Finding) -> Finding {
    let outer = place
    place = other
    defer { place = outer }
    return body(&self)
  }

  private mutating func judgeProgram(_ name: String, _ args: [Arg], path: String) -> Finding {
    var call = Call(name, args, input: input)
    call.path = name
    output = Input(known: nil, literals: input.literals)
    output.known = LiteralOutput.of(name, args, input: input)
    if let known = output.known { output.literals = [known] + output.literals }
    guard let program = RuleTable.programs[name] else {
      if name.hasPrefix("mkfs.") || name.hasPrefix("mkfs") { return DestructiveRules.format(call) }
      if name.hasPrefix("fsck.") { return .red(name, "\(name) may repair: it writes to the file system") }
      if let versioned = LanguageRules.interpreter(name) { return LanguageRules.run(versioned, call, &self) }
      noteUnread()
      let hidden = opaqueReading(call)
      return hidden.max(
        .red("program.unknown", "\(name) is not in the rule table", "only listed programs are known to be harmless"))
    }
    if let rule = program.rule { output.origin.formUnion(rule.produces) }
    let finding = judge(call, by: program)
    guard finding.tier > .green, !context.protectedGuests.isEmpty, Self.guestPrograms.contains(name) else {
      return finding
    }
    return finding.max(protectedGuest(in: call))
  }

  /// A program that is only known when it runs: it may be any. What it would be at worst is tried.
  private mutating func unknownProgram(_ first: Arg, _ rest: [Arg]) -> Finding {
    noteUnread()
    var worst = Finding.red(
      "expansion.command", "which program runs is only known when it runs", "write the program out")
    if !first.origin.isDisjoint(with: [.fetched, .decoded]) {
      return .black("fetch-and-run", "text that was fetched or decoded is run unread", "read it first")
    }
    for name in Self.destructiveNames {
      guard first.text == String(Arg.hole) || Glob.matches(PathText.lastPart(first.text), name) else { continue }
      worst = worst.max(tried { $0.program(name, rest, path: name) })
    }
    if first.hasGlob, first.text.contains("/") {
      for name in ["sh", "bash", "nc", "cat", "python3"] where Glob.matches(PathText.lastPart(first.text), name) {
        worst = worst.max(tried { $0.program(name, rest, path: name) })
      }
    }
    return worst
  }

  /// What changes a guest that Jarvis lives on.
  private func protectedGuest(in call: Call) -> Finding {
    for arg in call.args {
      for word in arg.text.split(whereSeparator: { $0 == "/" || $0 == ":" || $0 == "," || $0 == "=" })
      where context.protectedGuests.contains(String(word)) {
        return .black("protected.guest", "guest \(word) is protected: Jarvis lives on it, or the policy says so")
      }
    }
    return .nothing
  }

  private static let guestPrograms: Set<String> = [
    "qm", "pct", "pvesh", "vzdump", "qmrestore", "ha-manager", "pvesr", "lxc-attach", "lxc-stop", "lxc-start",
    "lxc-destroy", "pvenode",
    "pvesm",
  ]

  /// Wrappers in wrappers that are followed.
  static let wrapperLimit = 24

  /// Programs whose words alone can be BLACK.
  static let destructiveNames = [
    "rm", "dd", "mkfs", "shred", "wipefs", "chmod", "chown", "zpool", "zfs", "qm", "pct", "reboot", "poweroff",
    "shutdown",
    "find", "passwd", "mv",
  ]
  static let destructiveSet = Set(
    destructiveNames + ["sgdisk", "lvremove", "vgremove", "halt", "git", "pvecm", "pvesm", "mkswap", "blkdiscard"])
}

extension Word {
  /// A variable or a substitution decides what it is.
  var isVariable: Bool {
    pieces.contains {
      switch $0 {
      case .parameter, .command: true
      case .text, .arithmetic, .process: false
      }
    }
  }
}
