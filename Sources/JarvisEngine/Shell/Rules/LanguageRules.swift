import JarvisAPI

/// Interpreters: their programs are not read, so they are RED; what hides in their texts may be worse.
enum LanguageRules {
  private static let names = [
    "python", "python2", "python3", "pypy", "pypy3", "perl", "ruby", "irb", "node", "nodejs", "deno", "bun", "php",
    "lua", "luajit",
    "tclsh", "wish", "guile", "gcl", "racket", "julia", "Rscript", "R", "ghc", "runghc", "ocaml", "erl", "elixir",
    "iex", "java",
    "jshell", "jjs", "groovy", "scala", "kotlin", "go", "gcc", "g++", "cc", "clang", "tcc", "make", "gmake", "cmake",
    "ninja",
    "rake", "ant", "mvn", "gradle", "npm", "npx", "yarn", "pnpm", "pip", "pip3", "gem", "cargo", "rustc", "vim", "vi",
    "view",
    "nvim", "rvim", "vimdiff", "ex", "ed", "emacs", "nano", "pico", "micro", "joe", "mc", "gawk-csv", "osascript",
    "expect",
    "ipython", "ipython3", "jupyter", "gimp", "octave", "gnuplot", "latex", "pdflatex", "tex", "cpan", "cpanm", "swift",
    "dotnet",
    "ansible", "ansible-playbook", "terraform", "puppet", "chef", "salt", "salt-call", "snap", "flatpak",
    "easy_install", "cobc",
    "sqlite3", "mysql", "mariadb", "psql", "redis-cli", "mongo", "mongosh", "git", "svn", "hg", "gh", "glab", "fzf",
    "bat", "batcat",
  ]

  static let families: [Family] = [
    Family(names.map { name in Row.code(name) { call, judge in run(name, call, &judge) } })
  ]

  /// `python3.11` and its like.
  static func interpreter(_ name: String) -> String? {
    let plain = String(name.prefix { !$0.isNumber && $0 != "." && $0 != "-" })
    let known: Set<String> = [
      "python", "perl", "ruby", "lua", "php", "node", "pypy", "tclsh", "guile", "gcc", "clang", "java",
    ]
    return plain != name && known.contains(plain) ? plain : nil
  }

  static func run(_ language: String, _ call: Call, _ judge: inout Judge) -> Finding {
    if call.args.count == 1, ["--version", "--help", "-V", "-version"].contains(call.args[0].text),
      call.args[0].certain != nil,
      language != "make"
    {
      return .green("\(language) --version")
    }
    judge.noteUnread()
    var worst = Finding.red(
      "language.\(language)", "\(language) runs what its words, files or configuration say: that is not read",
      "use a listed program")
    worst = worst.max(GitRules.danger(language, call))
    for arg in call.args {
      if !arg.origin.isDisjoint(with: [.fetched, .decoded]) {
        return .black(
          "fetch-and-run", "\(language) runs text that was fetched or decoded, unread", "fetch it first, and read it")
      }
      let text = arg.text.filter { $0 != Arg.hole }
      if ProgramText.isReverseShell(text) {
        return .black("reverse-shell", "the program opens a connection and hands out a shell")
      }
      if ProgramText.fetchesAndRuns(text) { return .black("fetch-and-run", "the program runs what it fetches") }
      if let equals = text.firstIndex(of: "="), text.contains(" ") {
        let value = text[text.index(after: equals)...].drop { $0 == "!" }
        worst = worst.max(judge.tried { $0.judgeScript(String(value)) })
      }
      guard text.contains(" ") || text.contains("(") || text.contains("!") else { continue }
      worst = worst.max(judge.programTextReading(text))
      // `:!rm -rf /` of editors, `system rm`, `!rm` of clients.
      if let mark = text.firstIndex(of: "!") {
        let command = String(text[text.index(after: mark)...])
        worst = worst.max(judge.tried { $0.judgeScript(command) })
      }
    }
    let input = judge.input
    if call.operands.isEmpty || call.operands.first?.text == "-", !input.isEmpty {
      if !input.origin.isDisjoint(with: [.fetched, .decoded]) {
        return .black(
          "fetch-and-run", "\(language) runs text that was fetched or decoded, unread", "fetch it first, and read it")
      }
      for literal in ([input.known].compactMap { $0 } + input.literals).prefix(4) {
        worst = worst.max(judge.programTextReading(literal))
        if ProgramText.isReverseShell(literal) {
          return .black("reverse-shell", "the program opens a connection and hands out a shell")
        }
      }
    } else if !call.operands.isEmpty {
      judge.facts.insert(.runsFile)
    }
    return worst
  }
}

/// `git`: what in it cannot be undone.
enum GitRules {
  static func danger(_ language: String, _ call: Call) -> Finding {
    guard language == "git" else { return .green("git") }
    let words = call.args.map(\.text)
    let isForced = words.contains {
      $0 == "--hard" || $0 == "-f" || $0 == "--force" || ($0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("f"))
    }
    if words.contains("push"), isForced { return .red("git.push-force", "overwrites what others pushed") }
    if words.contains("reset"), words.contains("--hard") {
      return .red("git.reset-hard", "loses what is not committed")
    }
    return .green("git")
  }
}
