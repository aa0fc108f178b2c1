import JarvisAPI

/// Redirections: where output goes, where input comes from.
extension Judge {
  mutating func judge(_ redirection: Redirection, of program: String?) -> Finding {
    let finding = judgeTarget(redirection, of: program)
    guard let variable = redirection.variable else { return finding }
    // Shells without this form take the braces for a word: two readings, and one sets a variable.
    let steers = ArithmeticText.steers(variable + "=")
    return finding.max(
      record(
        "{\(variable)}\(redirection.kind.rawValue)",
        steers
          ? steering(variable)
          : .red("redirection.variable", "{\(variable)} stores a descriptor in a variable", "use a number")))
  }

  private mutating func judgeTarget(_ redirection: Redirection, of program: String?) -> Finding {
    if let document = redirection.document {
      let finding = judgeSubstitutions(in: document.body)
      let isKnown = document.body.pieces.allSatisfy { if case .text = $0 { true } else { false } }
      input = isKnown ? .text(document.body.literalText ?? "") : Input(known: nil, literals: [document.rawBody])
      return finding
    }
    var worst = judgeSubstitutions(in: redirection.target)
    let args = expand(redirection.target, .certain)
    let arg = args.count == 1 ? args[0] : .unknown(canSplit: true)
    switch redirection.kind {
    case .hereString:
      if let known = arg.isKnown ? arg.text : nil {
        input = .text(known)
      } else {
        input = Input(known: nil, origin: arg.origin)
        let guessed = expand(redirection.target, .guess).map(\.text).joined(separator: " ")
        input.literals = [guessed]
      }
      return worst
    case .read:
      input = .unknown
      input.origin = arg.origin
      worst = worst.max(judgeRead(arg))
    case .duplicateIn, .duplicateOut:
      if let text = arg.certain, text == "-" || text.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "-" }) {
        return worst
      }
      worst = worst.max(judgeWrite(arg, program))
    case .readWrite:
      worst = worst.max(judgeRead(arg)).max(judgeWrite(arg, program))
    default:
      worst = worst.max(judgeWrite(arg, program))
    }
    if redirection.target.isVariable {
      for guessed in expand(redirection.target, .guess) where guessed.text != arg.text {
        worst = worst.max(tried { $0.judgeWrite(guessed, program) })
      }
    }
    return worst
  }

  private mutating func judgeRead(_ arg: Arg) -> Finding {
    if let finding = network(arg, nil) { return record("< " + arg.shown, finding) }
    if arg.text.hasPrefix("/dev/fd/") { return .nothing }
    if let finding = contentFinding(arg) { return record("< " + arg.shown, finding) }
    return .nothing
  }

  private mutating func judgeWrite(_ arg: Arg, _ program: String?) -> Finding {
    if let finding = tooManyPaths([arg]) { return record("> " + arg.shown, finding) }
    if let finding = network(arg, program) { return record("> " + arg.shown, finding) }
    if arg.text.hasPrefix("/dev/fd/") { return .nothing }
    guard let text = arg.certain else {
      for directory in directories {
        let path = PathText.absolute(arg.text, in: directory)
        if arg.text != String(Arg.hole), let why = SystemPaths.opensDoors(path) {
          return record("> " + arg.shown, .black("write.system", "\(arg.shown): \(why)"))
        }
      }
      return record(
        "> " + arg.shown,
        .red("redirection.unknown", "which file is written is only known when it runs", "name the file"))
    }
    if ["/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty"].contains(text) { return .nothing }
    return record("> " + text, writing(text))
  }

  /// The tier of writing the file `path`.
  func writing(_ path: String) -> Finding {
    var worst = Finding.green("write")
    for directory in directories {
      let absolute = PathText.absolute(path, in: directory)
      if let why = SystemPaths.opensDoors(absolute) {
        return .black("write.system", "\(path) must not be written: \(why)")
      }
      if isProtected(absolute) { return .black("protected.path", "\(path) belongs to Jarvis itself") }
      if PathText.isInside(absolute, "/tmp") || PathText.isInside(absolute, "/var/tmp")
        || PathText.isInside(absolute, "/dev/shm"),
        absolute != "/tmp", !Glob.isPattern(absolute)
      {
        worst = worst.max(.yellow("write.tmp", "writes \(absolute)", "without the redirection it only reads"))
      } else {
        worst = worst.max(.red("write.file", "writes the file \(absolute)", "write to /tmp, or not at all"))
      }
    }
    return worst
  }

  /// `/dev/tcp/…`, which shells open themselves.
  private mutating func network(_ arg: Arg, _ program: String?) -> Finding? {
    guard arg.text.hasPrefix("/dev/tcp/") || arg.text.hasPrefix("/dev/udp/") else { return nil }
    facts.insert([.connects, .sendsOut])
    if let program, ["echo", ":", "true", "printf", "timeout"].contains(program) {
      return .red(
        "network.redirection", "opens a connection to \(arg.shown.dropFirst(9))", "ping, or nc -z, ask the same")
    }
    return .black("reverse-shell", "connects a command to \(arg.shown.dropFirst(9)): that is how shells are handed out")
  }
}
