import JarvisAPI

/// Walks a syntax tree and judges every simple command in it, wherever it hides.
///
/// What is learned on the way (values of variables, folders) may make a later part stricter, never milder: so a text is
/// never below the highest of the complete commands it joins.
struct Judge {
  let context: ShellContext
  var parts: [ShellPart] = []
  /// Values given to variables by the text itself. Used only to find what is worse than it looks.
  var variables: [String: Arg] = [:]
  /// The word of an unrolled loop's turn: certain while its body is judged.
  var loopVariables: [String: Arg] = [:]
  /// `set --` and its like.
  var positional: [Arg] = []
  /// Folders a relative path may start from: where a session begins, and every `cd` of the text.
  var directories: [String] = [PathText.home]
  var facts: Facts = []
  /// What the command at hand reads.
  var input: Input = .none
  /// What the last command wrote.
  var output: Input = .unknown
  /// What everything since the last reset wrote.
  var produced: Input = .unknown
  /// What runs above GREEN; nil once there is a text that could not be read.
  var acts: [ShellAct]? = []
  /// Where the program at hand runs.
  var place = ShellAct.Place.here
  /// Shells in shells, as far as the text was opened.
  var nesting = 0
  var commandCount = 0
  var invocations = 0
  var invocationDepth = 0
  var loopNesting = 0
  /// Variables whose values come from outside: arithmetic would run what hides in them.
  var untrusted: Set<String> = []
  /// A `cd` went somewhere that is only known when it runs.
  var isLost = false
  /// The limit that was reached: what comes after it is no longer judged in every way, so that it decides.
  var limit: Finding?
  /// Words that expansions gave, and looks at paths, so far.
  var expandedWords = 0
  var pathLooks = 0
  /// Bytes of guessed values that went into words.
  var guessedBytes = 0
  /// At most so many bytes of each file are read.
  var readsBounded = false
  /// Parts are not listed while a reading is only tried.
  var isTrying = false

  init(context: ShellContext) { self.context = context }

  /// What a text as a whole has done, for dangers that no single command shows.
  struct Facts: OptionSet, Sendable {
    let rawValue: Int
    static let fetchesToFile = Facts(rawValue: 1)
    static let runsFile = Facts(rawValue: 2)
    static let readsSecret = Facts(rawValue: 4)
    static let sendsOut = Facts(rawValue: 8)
    static let makesPipe = Facts(rawValue: 16)
    static let connects = Facts(rawValue: 32)
    static let runsShell = Facts(rawValue: 64)
    static let looksUp = Facts(rawValue: 128)
  }

  // MARK: Scripts

  mutating func judge(_ script: Script) -> Finding {
    var worst = Finding.nothing
    for entry in script.entries {
      for pipeline in entry.pipelines { worst = worst.max(judge(pipeline)) }
    }
    return worst
  }

  private mutating func judge(_ pipeline: Pipeline) -> Finding {
    var worst = Finding.nothing
    let outer = input
    for stage in pipeline.stages {
      let before = produced
      produced = .unknown
      let finding = judge(stage.command)
      worst = worst.max(finding)
      var flow = output
      if case .simple = stage.command {
      } else {
        flow = Input(known: nil, origin: produced.origin, literals: produced.literals)
      }
      flow.origin.formUnion(input.origin)
      flow.literals = Array((input.literals + flow.literals).prefix(Input.literalLimit))
      flow.isEmpty = false
      if pipeline.stages.count == 1 { flow.isPaths = false }
      if finding.rule == "secret.path" { flow.origin.insert(.secret) }
      produced = before
      produced.origin.formUnion(flow.origin)
      produced.literals = Array((produced.literals + flow.literals).prefix(Input.literalLimit))
      input = flow
      output = flow
    }
    input = outer
    return worst
  }

  // MARK: Commands

  mutating func judge(_ command: Command) -> Finding {
    if let limit { return limit }
    switch command {
    case .simple(let simple): return judge(simple)
    case .group(let body, let redirections), .subshell(let body, let redirections):
      return withRedirections(redirections) { $0.judge(body) }
    case .conditional(let scripts, let redirections):
      return withRedirections(redirections) { judge in
        scripts.reduce(Finding.green("if")) { $0.max(judge.judge($1)) }
      }
    case .loop(let condition, let body, let redirections):
      return withRedirections(redirections) { $0.judgeLoop(condition, body) }
    case .each(let name, let words, let body, let redirections):
      return withRedirections(redirections) { $0.judgeEach(name, words, body) }
    case .counted(let head, let body, let redirections):
      return withRedirections(redirections) { $0.judgeCounted(head, body) }
    case .choice(let subject, let patterns, let branches, let redirections):
      return withRedirections(redirections) { judge in
        var worst = judge.judgeSubstitutions(in: subject)
        for pattern in patterns { worst = worst.max(judge.judgeSubstitutions(in: pattern)) }
        for branch in branches { worst = worst.max(judge.judge(branch)) }
        return worst
      }
    case .arithmetic(let word, let text, let redirections):
      return withRedirections(redirections) {
        let finding = $0.judgeArithmetic(word)
        return $0.limit == nil ? finding.max($0.subshellReading(of: text)) : finding
      }
    case .test(let words, let redirections):
      return withRedirections(redirections) { $0.judgeTest(words) }
    case .function(let name, let body): return judgeFunction(name, body)
    case .coprocess(let name, let body):
      let finding = judge(body)
      guard let name, EnvironmentNames.steers(name) else { return finding }
      return finding.max(record("coproc \(name)", steering(name)))
    }
  }

  private mutating func withRedirections(_ redirections: [Redirection], _ body: (inout Judge) -> Finding) -> Finding {
    let outer = input
    var worst = Finding.nothing
    for redirection in redirections { worst = worst.max(judge(redirection, of: nil)) }
    worst = worst.max(body(&self))
    input = outer
    return worst
  }

  private mutating func judgeTest(_ words: [Word]) -> Finding {
    var worst = Finding.green("test")
    var args: [Arg] = []
    for word in words {
      worst = worst.max(judgeSubstitutions(in: word))
      args += expand(word, .certain)
    }
    worst = worst.max(nameRisk(args, "[[")).max(comparisonRisk(words))
    for arg in args where arg.isKnown && ArithmeticText.steers(arg.text) {
      worst = worst.max(record("[[ … ]]", steering(arg.shown)))
    }
    // A shell without this form would run what stands behind `&&` and `||`.
    return worst.max(hiddenReading(args))
  }

  private mutating func judgeFunction(_ name: String, _ body: Command) -> Finding {
    var finding = judge(body)
    if body.callsItself(name) {
      finding = record(
        "\(name)() { … }", .black("fork-bomb", "the function \(name) starts itself again without end"))
    }
    if RuleTable.programs[name] != nil {
      finding = finding.max(
        record(
          "\(name)() { … }",
          .red(
            "function.shadows", "the function \(name) takes the place of the program \(name)", "give it another name")))
    }
    return finding
  }

  // MARK: Limits

  /// Goes beyond a limit, for good.
  mutating func exceed(_ rule: String, _ what: String) {
    if limit == nil { limit = .black(rule, "more than is followed: \(what)", "split it up") }
  }

  /// One more command is judged; false beyond the limit.
  mutating func countsCommand() -> Bool {
    commandCount += 1
    if commandCount > ShellLimits.commands { exceed("limit.commands", "\(ShellLimits.commands) commands") }
    return limit == nil
  }

  // MARK: Parts

  /// Notes a judged part.
  @discardableResult
  mutating func record(_ text: String, _ finding: Finding) -> Finding {
    if !isTrying, parts.count < ShellVerdict.partLimit {
      let shown = text.utf8.count > 200 ? text.prefix(200) + "…" : text[...]
      parts.append(
        ShellPart(
          text: String(shown).replacingHoles(with: "…"), tier: finding.tier, rule: finding.rule,
          reason: finding.reason))
    }
    return finding
  }

  func steering(_ name: String) -> Finding {
    .red(
      "assignment.steers", "\(name) changes what later programs do", "leave out the assignment of \(name)")
  }

  /// The judgement of what is only one possible reading: counted where it is destructive.
  mutating func tried(_ body: (inout Judge) -> Finding) -> Finding {
    let outer = isTrying
    isTrying = true
    let finding = body(&self)
    isTrying = outer
    return finding.tier == .black ? finding : .nothing
  }

  /// Dangers that only the whole shows.
  func whole() -> Finding? {
    if let limit { return limit }
    if facts.isSuperset(of: [.readsSecret, .sendsOut]) {
      return .black(
        "exfiltration", "a secret is read and something is sent away in the same text", "read it without sending")
    }
    if facts.isSuperset(of: [.makesPipe, .connects, .runsShell]) {
      return .black("reverse-shell", "a named pipe, a connection and a shell together hand this host to somebody else")
    }
    if facts.isSuperset(of: [.fetchesToFile, .runsFile]) {
      return .black(
        "fetch-and-run", "what was just fetched from the network is run unread", "fetch it first, and read it")
    }
    return nil
  }
}
