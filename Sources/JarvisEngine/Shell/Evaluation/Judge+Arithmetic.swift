import JarvisAPI

/// Arithmetic assigns, follows the values of variables, and runs commands that hide in subscripts.
extension Judge {
  mutating func judgeArithmetic(_ word: Word) -> Finding {
    if word.range.count > ShellLimits.arithmeticBytes {
      exceed("limit.arithmetic", "\(ShellLimits.arithmeticBytes) bytes of arithmetic")
    }
    if let limit { return limit }
    return judgeSubstitutions(in: word).max(arithmeticRisk(word))
  }

  /// What `word` does where a shell computes it: `((…))`, `$((…))`, `${x:…}`, `a[…]`, `[[ … -gt … ]]`.
  mutating func arithmeticRisk(_ word: Word) -> Finding {
    let text = word.pieces.map { piece in if case .text(let text, _) = piece { text } else { String(Arg.hole) } }
      .joined()
    if ArithmeticText.steers(text) {
      return record("((…))", .red("assignment.steers", "the arithmetic assigns to what steers later programs"))
    }
    if let name = ArithmeticText.names(in: text).first(where: untrusted.contains) { return record(name, outside(name)) }
    for piece in word.pieces {
      switch piece {
      case .command(let script, _) where !script.givesNumber:
        return record(
          "$((…))",
          .red(
            "arithmetic.untrusted", "arithmetic runs commands that hide in a text it is given",
            "use expr, or test it first"))
      case .parameter(let parameter, _) where untrusted.contains(parameter.name):
        return record("$" + parameter.name, outside(parameter.name))
      case .text(let text, _) where text.contains("$(") || text.contains("`"):
        return record("((…))", .red("arithmetic.hidden", "a command hides in the arithmetic"))
      default: continue
      }
    }
    return .nothing
  }

  private func outside(_ name: String) -> Finding {
    .red(
      "arithmetic.untrusted", "arithmetic runs commands that hide in \(name), whose value comes from outside",
      "use [ \"$\(name)\" -gt 0 ], expr or awk")
  }

  /// An operand such as `a[$(cmd)]` is evaluated by `test -v`, `read`, `unset`, `printf -v`.
  func subscriptRisk(_ args: [Arg], _ program: String) -> Finding {
    for arg in args {
      guard let open = arg.text.utf8.firstIndex(of: Byte.openBracket) else { continue }
      if arg.text.contains("$(") || arg.text.contains("`") {
        return .red("\(program).subscript", "\(program) would run the command inside \(arg.shown)")
      }
      let inner = String(arg.text[open...])
      if inner.utf8.count > 1, ArithmeticText.steers(inner) { return steering(arg.shown) }
      if let name = ArithmeticText.names(in: inner).first(where: untrusted.contains) { return outside(name) }
    }
    return .green(program)
  }

  /// `test -v NAME`: the name may have a subscript, and that is computed.
  func nameRisk(_ args: [Arg], _ program: String) -> Finding {
    for (index, arg) in args.enumerated() where arg.text == "-v" || arg.text == "-R" {
      guard index + 1 < args.count, !args[index + 1].isKnown || args[index + 1].canSplit else { continue }
      return .red("\(program).subscript", "which name \(program) -v computes is only known when it runs")
    }
    return subscriptRisk(args, program)
  }

  /// `[[ a -gt b ]]` computes both sides.
  mutating func comparisonRisk(_ words: [Word]) -> Finding {
    let signs: Set<String> = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]
    var worst = Finding.nothing
    for (index, word) in words.enumerated() where signs.contains(word.bareText ?? "") {
      if index > 0 { worst = worst.max(arithmeticRisk(words[index - 1])) }
      if index + 1 < words.count { worst = worst.max(arithmeticRisk(words[index + 1])) }
    }
    return worst
  }

  // MARK: Values from outside

  /// A variable has got a value that the text does not show.
  mutating func distrust(_ name: String) {
    if untrusted.count >= ShellLimits.variables { exceed("limit.variables", "\(ShellLimits.variables) variables") }
    untrusted.insert(name)
  }

  /// What `word` becomes is written in the text, or is a number.
  func isTrusted(_ word: Word) -> Bool {
    word.pieces.allSatisfy { piece in
      switch piece {
      case .text, .arithmetic: true
      case .parameter(let parameter, _):
        !untrusted.contains(parameter.name) && (parameter.argument.map(isTrusted) ?? true)
      case .command(let script, _): script.givesNumber
      case .process: false
      }
    }
  }
}
