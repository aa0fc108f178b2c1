import JarvisAPI

/// What the shell does itself.
enum BuiltinRules {
  static let families: [Family] = [
    Family([
      .code("cd pushd") { call, judge in
        judge.changeFolder(call)
        return .green(call.path)
      },
      .green("popd dirs times shift return break continue", "~ -# + -clpv"),
      .green("jobs", "-l -n -p -r -s"), .green("help", "-d -m -s"),
      .green("wait", "-n -f"),
      .green("exit logout", "~ -#"),
      .green("ulimit umask", "-S -H -a -p -n -c -u -v", .none),
      .code("getopts") { call, judge in
        guard call.args.count < 2 || call.args[1].certain != nil, !call.hasSplit else {
          return .red("assignment.unknown", "which variable is set is only known when it runs")
        }
        for operand in call.args where EnvironmentNames.steers(operand.text) { return judge.steering(operand.text) }
        return judge.subscriptRisk(call.args, call.name)
      },
      .code("read mapfile readarray") { call, judge in
        if call.has("-C") { return .red("read.callback", "runs a command for every line") }
        // A name may stand behind its option: `read -aPATH`.
        for arg in call.args {
          let name = arg.text.first == "-" ? String(arg.text.drop { !$0.isUppercase }) : arg.text
          if EnvironmentNames.steers(name) || EnvironmentNames.steers(arg.text) { return judge.steering(arg.shown) }
          if arg.canSplit {
            return .red("assignment.unknown", "which variable is set is only known when it runs")
          }
        }
        if let last = call.operands.last, !last.isKnown, last.text.first == Arg.hole {
          return .red("assignment.unknown", "which variable is set is only known when it runs")
        }
        for operand in call.operands + [Arg("REPLY"), Arg("MAPFILE")] { judge.distrust(operand.text) }
        return judge.subscriptRisk(call.args, call.name)
      },
      .code("export declare typeset local readonly") { call, judge in
        var worst = Finding.green(call.path)
        if call.operands.isEmpty, !call.has("-f", "-F") {
          judge.facts.insert(.readsSecret)
          return .red("secret.environment", "prints the environment, which may hold secrets")
        }
        for operand in call.operands {
          let name = String(operand.text.prefix { $0 != "=" && $0 != "+" && $0 != "[" })
          if !operand.isKnown, name.contains(Arg.hole) {
            worst = worst.max(.red("assignment.unknown", "which variable is set is only known when it runs"))
          }
          if EnvironmentNames.steers(name) { worst = worst.max(judge.steering(name)) }
          if let equals = operand.text.firstIndex(of: "=") {
            var value = operand
            value.text = String(operand.text[operand.text.index(after: equals)...])
            if judge.variables.count < ShellLimits.variables { judge.variables[name] = value }
            if !value.isKnown { judge.distrust(name) }
            if value.isKnown, ArithmeticText.steers(value.text) { worst = worst.max(judge.steering(operand.shown)) }
          }
        }
        if call.has("-i"), call.name != "export", call.name != "readonly" {
          worst = worst.max(
            .red("declare.integer", "what is assigned is computed, and may assign to other variables", "leave out -i"))
        }
        if call.has("-n") { worst = worst.max(.red("declare.reference", "the name stands for another variable")) }
        return worst.max(judge.subscriptRisk(call.args, call.name))
      },
      .code("unset") { call, judge in
        for operand in call.operands {
          if EnvironmentNames.steers(operand.text) { return judge.steering(operand.text) }
          if operand.text.first == Arg.hole || operand.canSplit {
            return .red("assignment.unknown", "which variable is unset is only known when it runs")
          }
        }
        return judge.subscriptRisk(call.args, call.name)
      },
      .code("let") { call, judge in
        if call.hasUnknown { return .red("arithmetic.untrusted", "let runs commands that hide in a text it is given") }
        for arg in call.args {
          if ArithmeticText.steers(arg.text) { return judge.steering(arg.shown) }
          if ArithmeticText.names(in: arg.text).contains(where: judge.untrusted.contains) {
            return .red("arithmetic.untrusted", "let runs commands that hide in a value from outside")
          }
        }
        return judge.subscriptRisk(call.args, call.name)
      },
      .code("test [") { call, judge in
        judge.nameRisk(call.args, "test").max(judge.hiddenReading(call.args.filter { $0.text == "-o" }))
      },
      .code("printf") { call, judge in
        for (index, arg) in call.args.enumerated() where arg.text.hasPrefix("-v") {
          let name = arg.text.count > 2 ? Arg(String(arg.text.dropFirst(2))) : call.args.dropFirst(index + 1).first
          if let name, EnvironmentNames.steers(name.text) { return judge.steering(name.text) }
          if index == 0, name?.isKnown != true {
            return .red("assignment.unknown", "which variable is set is only known when it runs")
          }
        }
        if call.args.first?.canSplit == true {
          return .red("expansion.option", "which variable printf sets is only known when it runs", "quote it")
        }
        if PrintfText.isWide(call.args) {
          return .red("printf.width", "a field of more than 9,999 characters fills memory", "use a smaller width")
        }
        if let first = call.args.first, first.text.hasPrefix("-v") {
          let name = first.text.count > 2 ? String(first.text.dropFirst(2)) : call.args.dropFirst().first?.text ?? ""
          judge.distrust(name)
          return judge.subscriptRisk([Arg(name)], "printf")
        }
        return .green(call.path)
      },
      .code("set shopt setopt unsetopt") { call, judge in
        let letters = Set("euxofnCvbhm")
        if call.args.isEmpty {
          judge.facts.insert(.readsSecret)
          return call.name == "set"
            ? .red("secret.environment", "prints all variables, which may hold secrets") : .green(call.path)
        }
        if call.name != "set" {
          return call.args.allSatisfy { $0.text == "-p" || $0.text == "-q" }
            ? .green(call.path) : .red("shopt", "shell options change what words and patterns mean", "leave it out")
        }
        let known = Set(["pipefail", "errexit", "nounset", "xtrace", "noglob", "verbose"])
        for (index, arg) in call.args.enumerated() where "-+".contains(arg.text.prefix(1)) && arg.text.contains("o") {
          if arg.text == "--" || !arg.isSurelyOption && arg.text.first == "-" { break }
          if index + 1 < call.args.count, !known.contains(call.args[index + 1].text) {
            return .red("set.option", "the option \(call.args[index + 1].shown) is not known to be harmless")
          }
        }
        if let index = call.args.firstIndex(where: { $0.text == "--" })
          ?? call.args.firstIndex(where: { $0.text.first != "-" && $0.text.first != "+" })
        {
          judge.positional = Array(call.args[index...].filter { $0.text != "--" })
          if call.args[..<index].allSatisfy({ $0.isKnown && $0.text.dropFirst().allSatisfy(letters.contains) }) {
            return .green(call.path)
          }
        }
        let words = Set(["pipefail", "errexit", "nounset", "xtrace", "noglob", "verbose"])
        return call.args.allSatisfy {
          $0.isKnown && ($0.text.dropFirst().allSatisfy(letters.contains) || words.contains($0.text))
        }
          ? .green(call.path) : .red("set.option", "the options are not known to be harmless")
      },
      .code("command builtin") { call, judge in
        var words = call.args[...]
        while let first = words.first, first.text.hasPrefix("-"), first.text.count > 1 {
          words = words.dropFirst()
          if first.text == "--" { break }
        }
        if call.args.first?.text == "-v" || call.args.first?.text == "-V",
          !call.args.dropFirst().contains(where: { $0.mayBeOption })
        {
          return .green("command -v").max(judge.tried { $0.invoke(Array(words)) })
        }
        return words.isEmpty ? .green(call.path) : judge.invoke(Array(words))
      },
      .code("exec") { call, judge in
        var words = call.args[...]
        while let first = words.first, first.text.hasPrefix("-"), first.text.count > 1 {
          words = words.dropFirst(first.text.hasSuffix("a") ? 2 : 1)
        }
        return words.isEmpty ? .green("exec") : judge.invoke(Array(words))
      },
      .code("eval") { call, judge in
        let finding = WrapperRules.text(call.args, &judge)
        return finding.atLeast(.red("eval", "eval makes a command of a text", "write the command out"))
      },
      .code("trap") { call, judge in
        guard let action = call.args.first(where: { $0.text != "--" }) else { return .green("trap") }
        if ["-l", "-p", "-", ""].contains(action.text) { return .green("trap") }
        return judge.judgeScript(action)
      },
      .code(". source") { call, judge in ShellPrograms.source(call, &judge) },
      .code("alias") { call, judge in
        var worst = Finding.green("alias")
        for operand in call.operands where operand.text.contains("=") {
          worst = worst.max(.red("alias", "an alias changes what a word means", "write the command out"))
          let value = String(operand.text[operand.text.index(after: operand.text.firstIndex(of: "=")!)...])
          worst = worst.max(judge.tried { $0.judgeScript(value) })
        }
        return worst
      },
      .red(
        "unalias hash bind complete compgen compopt enable fc history caller suspend disown bg fg",
        why: "changes the shell itself, or reads its history"),
      .code("sh bash dash zsh ksh ash mksh rbash ksh93 fish csh tcsh yash posh pwsh elvish nu") { call, judge in
        ShellPrograms.shell(call, &judge)
      },
      .code("printenv") { call, judge in
        if let name = call.operands.first?.certain, call.operands.count == 1, !EnvironmentNames.isSecret(name) {
          return .green("printenv NAME")
        }
        judge.facts.insert(.readsSecret)
        return .red("secret.environment", "prints the environment, which may hold secrets", "name one variable")
      },
    ])
  ]
}

extension Judge {
  /// What `cd` does to relative paths: they may start from the new folder, and still from every earlier one.
  mutating func changeFolder(_ call: Call) {
    guard let folder = call.operands.first, folder.text != "-" else { return }
    guard folder.isKnown, !folder.canSplit, folder.text.first != "~" || PathText.isKnownHome(folder.text) else {
      isLost = true
      return
    }
    for start in directories {
      let path = PathText.absolute(folder.text, in: start)
      guard !directories.contains(path) else { continue }
      guard directories.count < ShellLimits.folders else {
        return exceed("limit.folders", "\(ShellLimits.folders) folders")
      }
      directories.append(path)
    }
  }
}
