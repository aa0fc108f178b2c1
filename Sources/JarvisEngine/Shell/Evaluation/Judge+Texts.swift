import JarvisAPI

/// Text that becomes a script: `sh -c`, `eval`, what is piped into a shell.
extension Judge {
  /// Judges `text` as a script of its own.
  mutating func judgeScript(_ text: String) -> Finding {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Judge.nestingLimit else {
      return .black(
        "limit.depth", "shells inside shells beyond \(Judge.nestingLimit) levels", "write the inner command directly")
    }
    if text.hasHole {
      noteUnread()
      return .red("script.unknown", "what is run is only known when it runs")
    }
    do throws(ShellSyntaxError) {
      let script = try ShellParser.parse(text)
      return judge(script)
    } catch {
      return brokenReading(of: text, error)
    }
  }

  /// Judges a word that a shell runs as text; unknown parts make it RED, fetched or decoded ones BLACK.
  mutating func judgeScript(_ arg: Arg) -> Finding {
    facts.insert(.runsShell)
    if !arg.origin.isDisjoint(with: [.fetched, .decoded]) {
      return .black("fetch-and-run", "text that was fetched or decoded is run unread", "read it first")
    }
    // The name of a file that a loop found becomes text of the script: it may say anything.
    if arg.isKnown, arg.hasGlob, arg.isExpanded {
      noteUnread()
      return tried { $0.judgeScript(arg.text) }.max(
        .red("script.unknown", "what the shell runs is only known when it runs", "write it out"))
    }
    if arg.isKnown { return judgeScript(arg.text) }
    noteUnread()
    let holes = arg.text.split(separator: Arg.hole, omittingEmptySubsequences: false)
    let filled = holes.joined(separator: "x")
    let finding = tried { $0.judgeScript(filled) }
    return finding.max(.red("script.unknown", "what the shell runs is only known when it runs", "write it out"))
  }

  /// What a shell does that reads its script from its input.
  mutating func judgeInputAsScript(_ input: Input, _ program: String) -> Finding {
    facts.insert(.runsShell)
    if !input.origin.isDisjoint(with: [.fetched, .decoded]) {
      return .black(
        "fetch-and-run", "\(program) runs text that was fetched or decoded, unread", "fetch it first, and read it")
    }
    var worst = Finding.red("script.input", "\(program) runs what it reads", "write the command out")
    if let known = input.known { worst = worst.max(judgeScript(known)) } else { noteUnread() }
    for literal in input.literals.prefix(Input.literalLimit) where literal != input.known {
      worst = worst.max(tried { $0.judgeScript(literal) })
    }
    return worst
  }

  // MARK: Readings

  /// `((…))` in a shell without arithmetic commands: two sub-shells.
  mutating func subshellReading(of text: String) -> Finding {
    guard nesting < 4 else { return .nothing }
    nesting += 1
    defer { nesting -= 1 }
    // Not being a script is the usual case: then this reading says nothing.
    guard let script = try? ShellParser.parse(text) else { return .nothing }
    return tried { $0.judge(script) }
  }

  /// Words of which some may be a command: `[[ x || rm -rf / ]]`.
  mutating func hiddenReading(_ args: [Arg]) -> Finding {
    var tries = 0
    for (index, arg) in args.enumerated().prefix(48) {
      guard Self.destructiveSet.contains(PathText.lastPart(arg.text)) else { continue }
      let rest = Array(args[index...].prefix(24))
      tries += 1
      if tries > 8 { break }
      let finding = tried { $0.invoke(rest) }
      if finding.tier == .black { return finding }
    }
    return .nothing
  }

  /// An unknown program may run the command that stands in its words.
  mutating func opaqueReading(_ call: Call) -> Finding {
    guard nesting < 4 else { return .nothing }
    nesting += 1
    defer { nesting -= 1 }
    var worst = hiddenReading(call.args)
    for (index, arg) in call.args.enumerated().prefix(32) where index > 0 {
      let flag = call.args[index - 1].text
      guard ["-c", "-e", "-x", "--exec", "--command", "--eval", "-exec", "--run", "-r"].contains(flag) else { continue }
      worst = worst.max(programTextReading(arg.text))
    }
    return worst
  }

  /// The text of a program in another language: every literal in it may be a command.
  mutating func programTextReading(_ text: String) -> Finding {
    guard nesting < 6 else { return .nothing }
    nesting += 1
    defer { nesting -= 1 }
    var worst = Finding.nothing
    let literals = ProgramText.literals(in: text)
    let removal = ProgramText.treeRemoval(text)
    for literal in literals.prefix(16)
    where literal.utf8.count <= ShellLimits.valueBytes
      && (literal.utf8.contains(Byte.space) || literal.utf8.contains(Byte.slash))
    {
      worst = worst.max(tried { $0.judgeLoose(literal) })
      if let danger = removal, SystemPaths.danger(PathText.absolute(literal, in: PathText.home)) != nil {
        worst = worst.max(.black("\(danger).system-path", "deletes \(literal)"))
      }
    }
    if literals.count > 1 {
      worst = worst.max(tried { $0.judgeLoose(literals.prefix(16).joined(separator: " ")) })
    }
    return worst
  }

  private mutating func judgeLoose(_ text: String) -> Finding {
    guard let script = try? ShellParser.parse(text) else { return .nothing }
    return judge(script)
  }

  /// `!cmd` and `|cmd` in the words of pagers, editors, debuggers, clients.
  mutating func commandsBehindMarks(_ args: [Arg]) -> Finding {
    var worst = Finding.nothing
    for arg in args.prefix(16) {
      guard let mark = arg.text.firstIndex(where: { $0 == "!" || $0 == "|" }) else { continue }
      let command = String(arg.text[arg.text.index(after: mark)...])
      worst = worst.max(tried { $0.judgeScript(command) })
    }
    return worst
  }

  /// A text without a tree: RED, and BLACK where any reading of it is destructive.
  mutating func brokenReading(of text: String, _ error: ShellSyntaxError) -> Finding {
    if !isTrying { acts = nil }
    switch error {
    case .limit(let what):
      return .black("limit.parser", "it goes beyond what is read: \(what)", "split it up")
    case .unexpected(let what, let at):
      return readings(of: text).max(
        .red("parse.unexpected", "not understood at byte \(at): \(Self.printable(what))", "write it in a plainer way"))
    case .unterminated(let what, let at):
      return readings(of: text).max(
        .red("parse.unterminated", "\(Self.printable(what)) at byte \(at) has no end", "close it"))
    }
  }

  private static func printable(_ text: String) -> String {
    text.unicodeScalars.map { $0.value < 0x20 ? "?" : String($0) }.joined()
  }

  private mutating func readings(of text: String) -> Finding {
    guard nesting < 5 else { return .nothing }
    guard text.utf8.count <= ShellLimits.unparsedBytes else {
      return .black(
        "limit.unparsed", "it is not understood, and too long to be read in every way it could be meant", "shorten it")
    }
    nesting += 1
    defer { nesting -= 1 }
    var worst = Finding.nothing
    for ending in ["'", "\"", ")", "`", "}", "\n}", "; done", "; fi", "\nEOF\n", "'\"", "))"] {
      guard let script = try? ShellParser.parse(text + ending) else { continue }
      worst = worst.max(tried { $0.judge(script) })
    }
    // Every line and every stretch between operators may be a command.
    let plain = String(text.map { "'\"\\`(){}<>".contains($0) ? " " : "$;&|\n".contains($0) ? "\n" : $0 })
    let joined = text.filter { !"'\"\\".contains($0) }
    let isFetch = ["curl", "wget"].contains { joined.contains($0) }
    for reading in [plain, String(joined.map { "`(){}".contains($0) ? " " : "$;&|\n".contains($0) ? "\n" : $0 })] {
      for line in reading.split(separator: "\n").prefix(64) {
        let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).prefix(64).map { Arg(String($0)) }
        worst = worst.max(hiddenReading(words))
        if isFetch, let name = words.first?.text, ShellPrograms.names.contains(PathText.lastPart(name)) {
          worst = worst.max(.black("fetch-and-run", "something fetched is piped into \(name)"))
        }
      }
    }
    return worst
  }
}
