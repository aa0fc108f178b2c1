import JarvisAPI

/// Loops: what their turns do, and whether they end.
extension Judge {
  mutating func judgeLoop(_ condition: Script, _ body: Script) -> Finding {
    let finding = judge(condition).max(judge(body))
    if condition.isAlwaysTrue, body.hasBackground {
      return record(
        "while true; do … & done",
        .black("fork-bomb", "an endless loop that starts processes in the background stops the host"))
    }
    guard condition.isConstant, !condition.isPaced, !body.isPaced, !body.leavesLoop else { return finding }
    return finding.max(record("while …", Endless.loop))
  }

  mutating func judgeCounted(_ head: Word, _ body: Script) -> Finding {
    let finding = judgeArithmetic(head).max(judge(body))
    let text = head.pieces.map { if case .text(let text, _) = $0 { text } else { "x" } }.joined()
    let parts = text.split(on: ";")
    guard parts.count == 3, !body.isPaced, !body.leavesLoop else { return finding }
    let isBounded =
      parts[1].contains { $0.isLetter } && !Endless.hasLongNumber(parts[1], digits: 6)
      && parts[2].contains { !$0.isWhitespace }
    return isBounded ? finding : finding.max(record("for ((…))", Endless.loop))
  }

  mutating func judgeEach(_ name: String, _ words: [Word]?, _ body: Script) -> Finding {
    guard countsCommand() else { return limit ?? .nothing }
    var worst = Finding.green("for")
    if EnvironmentNames.steers(name) {
      worst = record("for \(name)", steering(name))
    }
    var values: [Arg] = []
    var turns: [Arg]? = []
    for word in words ?? [] {
      worst = worst.max(judgeSubstitutions(in: word))
      let args = expand(word, .certain)
      values += args
      turns = turns.flatMap { known in Self.turns(of: word, args).map { known + $0 } }
      if !isTrusted(word) || args.contains(where: \.hasGlob) { distrust(name) }
    }
    if words == nil { turns = nil }
    let outer = loopVariables[name]
    defer { loopVariables[name] = outer }
    if let turns, !turns.isEmpty, turns.count <= ShellLimits.loopTurns, loopNesting < ShellLimits.loopNesting,
      !body.assigns(name)
    {
      loopNesting += 1
      for value in turns {
        loopVariables[name] = value
        worst = worst.max(judge(body))
      }
      loopNesting -= 1
      return worst
    }
    loopVariables[name] = nil
    // What the words may be at worst.
    if let first = values.first(where: { $0.isKnown }) { variables[name] = first }
    var origin: Origin = []
    for value in values { origin.formUnion(value.origin) }
    if !origin.isEmpty { variables[name] = .unknown(origin: origin) }
    return worst.max(judge(body))
  }

  /// What the loop's variable is in the turns of `word`; nil where that may be several words, or begin with anything.
  private static func turns(of word: Word, _ args: [Arg]) -> [Arg]? {
    var result: [Arg] = []
    for arg in args {
      if arg.certain != nil {
        result.append(arg)
      } else if arg.isKnown, !arg.canSplit, arg.text.first == "/" {
        // One of the files that the pattern stands for. Only root chooses names there; elsewhere they may hold blanks.
        result.append(arg.made { $0.canSplit = !Self.isRootsFolder(arg.text) })
      } else if arg.canSplit, arg.text == String(Arg.hole), word.pieces.count == 1 {
        // The loop has taken it apart at its blanks.
        var value = Arg.unknown(origin: arg.origin)
        value.isWord = true
        if case .command(let script, quoted: false) = word.pieces[0], script.isTameList { value.isTameValue = true }
        result.append(value)
      } else {
        return nil
      }
    }
    return result
  }

  private static func isRootsFolder(_ pattern: String) -> Bool {
    let folder = PathText.absolute(pattern, in: "/")
    guard !folder.hasPrefix("/dev/shm") else { return false }
    return ["/dev/", "/sys/", "/proc/", "/etc/", "/boot/", "/usr/", "/var/log/"].contains { folder.hasPrefix($0) }
  }
}
