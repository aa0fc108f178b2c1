import JarvisAPI

/// What never ends, or fills memory before it does.
enum Endless {
  private static let seqFlags = FlagSet(
    "-# -w -s: -f: --equal-width --separator: --format: --help --version")
  private static let headFlags = FlagSet(
    "-# -n: -c: -q -v -z --lines: --bytes: --quiet --silent --verbose --zero-terminated")

  static let loop = Finding.red(
    "endless.loop", "the loop has no end and no pause", "put a sleep into it, or say how often it turns")

  /// Devices that give bytes for ever.
  private static let devices = ["/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"]
  private static let deviceBytes = devices.map { Array($0.utf8) }

  /// Why reading `arg` never ends; nil where it does.
  static func reading(_ arg: Arg, in directories: [String]) -> Finding? {
    for directory in directories {
      let path = PathText.absolute(arg.text, in: directory)
      let isEndless =
        Glob.isPattern(path)
        ? path.hasPrefix("/dev/") && deviceBytes.contains { Glob.matches(Array(path.utf8), $0) }
        : devices.contains(path)
      if isEndless { return .red("endless.device", "\(path) never ends", "head -c 16 \(path) reads a little") }
    }
    return nil
  }

  /// A run of at least so many digits, or an exponent.
  static func hasLongNumber(_ text: some StringProtocol, digits limit: Int) -> Bool {
    var run = 0
    for byte in text.utf8 {
      run = Byte.isDigit(byte) ? run + 1 : 0
      if run >= limit { return true }
    }
    return false
  }

  // MARK: Programs

  static func yes(_ call: Call) -> Finding {
    if call.args.count == 1, Judge.asksForHelp(call.args[0]) { return .green("yes --help") }
    return .red("endless.yes", "yes never ends", "printf '%s\\n' y y y prints a few")
  }

  /// `seq`: at most a hundred thousand numbers.
  static func seq(_ call: Call, _ judge: inout Judge) -> Finding {
    if let finding = judge.check(
      call, flags: Endless.seqFlags, operands: .upTo(3))
    {
      return finding
    }
    if PrintfText.isWide(call.args) {
      return .red("printf.width", "a field of more than 9,999 characters fills memory")
    }
    var numbers: [Double] = []
    var isValue = false
    for arg in call.args {
      if isValue {
        isValue = false
      } else if ["-s", "-f", "--separator", "--format"].contains(arg.text) {
        isValue = true
      } else if let number = Double(arg.text), number.isFinite {
        numbers.append(number)
      } else if arg.isTameValue {
        numbers.append(1)
      } else if arg.text.first != "-" {
        return .red("endless.seq", "how many numbers \(arg.shown) makes is only known when it runs", "write it out")
      }
    }
    let (first, step, last) = (
      numbers.count > 1 ? numbers[0] : 1, numbers.count > 2 ? numbers[1] : 1, numbers.last ?? 1
    )
    guard step != 0, (last - first) / step <= 100_000 else {
      return .red("endless.seq", "seq makes more than 100,000 numbers", "make fewer")
    }
    return .green(call.path)
  }

  /// `sleep`: at most ten minutes.
  static func sleep(_ call: Call) -> Finding {
    var seconds = 0.0
    for arg in call.args {
      if Judge.asksForHelp(arg) { return .green("sleep --help") }
      guard let text = arg.certain, let value = duration(text) else {
        return .red("endless.sleep", "how long it sleeps is only known when it runs", "write the seconds out")
      }
      seconds += value
    }
    return seconds <= 600 ? .green(call.path) : .red("endless.sleep", "sleeps for more than ten minutes", "sleep less")
  }

  /// `5`, `0.5s`, `2m` in seconds.
  static func duration(_ text: String) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    guard let last = text.last else { return nil }
    let number = units[last] == nil ? text[...] : text.dropLast()
    guard number.utf8.allSatisfy({ Byte.isDigit($0) || $0 == Byte.dot }), let value = Double(number) else { return nil }
    return value * (units[last] ?? 1)
  }

  /// `head`: with a number of bytes it reads no more.
  static func head(_ call: Call, _ judge: inout Judge) -> Finding {
    var bytes: String?
    for (index, arg) in call.args.enumerated() {
      if arg.text == "-c" || arg.text == "--bytes" {
        bytes = call.args.dropFirst(index + 1).first?.certain
      } else if arg.text.hasPrefix("--bytes=") {
        bytes = String(arg.text.dropFirst(8))
      } else if arg.text.hasPrefix("-c") {
        bytes = String(arg.text.dropFirst(2))
      }
    }
    let outer = judge.readsBounded
    defer { judge.readsBounded = outer }
    if let bytes {
      let number = bytes.last.map { "kKMb".contains($0) } == true ? bytes.dropLast() : bytes[...]
      judge.readsBounded =
        !number.isEmpty && number.count <= (bytes.hasSuffix("M") ? 1 : 6) && number.allSatisfy(\.isNumber)
    }
    return judge.check(
      call, flags: Endless.headFlags,
      operands: .content) ?? .green(call.path)
  }
}

extension Script {
  /// A condition that always answers the same: the loop goes on until something inside leaves it.
  var isConstant: Bool {
    guard let entry = entries.last, let stage = entry.pipelines.last?.stages.last else { return true }
    switch stage.command {
    case .simple(let simple):
      guard let name = simple.words.first?.literalText else { return simple.words.isEmpty }
      switch name {
      case "true", ":", "false", "echo", "printf", "date", "sleep", "pwd", "hostname", "uptime", "ls": return true
      case "[", "test":
        return simple.words.allSatisfy { $0.literalText != nil && !($0.literalText ?? "").contains("/") }
      default: return false
      }
    case .arithmetic(let word, _, _):
      return word.pieces.allSatisfy {
        if case .text(let text, _) = $0 { !text.contains { $0.isLetter } } else { false }
      }
    case .test(let words, _):
      return words.allSatisfy { $0.literalText != nil && $0.bareText != "-f" && $0.bareText != "-e" }
    default: return false
    }
  }

  /// A pause stands in it.
  var isPaced: Bool {
    holds { simple in
      let words = simple.words.map(\.literalText)
      if words.first == "sleep", words.count == 2, let text = words[1], let pause = Endless.duration(text) {
        return pause >= 0.1
      }
      return words.first == "read"
    }
  }

  /// It may end the loop around it.
  var leavesLoop: Bool { holds { ["break", "exit", "return"].contains($0.words.first?.literalText ?? "") } }

  private func holds(_ test: (SimpleCommand) -> Bool) -> Bool {
    commands.contains { command in
      if case .simple(let simple) = command { return test(simple) }
      return command.bodies.contains { $0.holds(test) }
    }
  }
}
