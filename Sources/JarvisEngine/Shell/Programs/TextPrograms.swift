import JarvisAPI

/// Text programs whose words need reading.
enum TextPrograms {
  private static let ripgrepFlags = FlagSet(
    "-cFHIilLnNopqsSuUvwx0. -e: -f= -g: -t: -T: -A: -B: -C: -m: -M: -r: -E: -j: -d: --color: --colors: --count --count-matches --files --files-with-matches --files-without-match --fixed-strings --glob: --iglob: --hidden --ignore-case --smart-case --case-sensitive --invert-match --line-number --no-line-number --max-count: --max-depth: --max-columns: --no-heading --heading --no-ignore --no-ignore-vcs --only-matching --pretty --quiet --replace: --sort: --sortr: --stats --type: --type-not: --type-list --unrestricted --vimgrep --word-regexp --line-regexp --with-filename --no-filename --context: --after-context: --before-context: --json --multiline --pcre2 --trim --null --text --follow --regexp: --no-config --no-messages --column --passthru --threads: --encoding: --help --version"
  )
  private static let pagerFlags = FlagSet(
    "-# -eEFgGiImMnNqQrRsSuUwWX -x: -j: -p: -P: -z: -dflcpsu + --no-init --quit-if-one-screen --RAW-CONTROL-CHARS --chop-long-lines --LINE-NUMBERS --ignore-case"
  )
  private static let jqFlags = FlagSet(
    "-acCeijMnrRsSh -V --arg: --argjson: --args --ascii-output --color-output --compact-output --exit-status --indent: --join-output --jsonargs --monochrome-output --null-input --raw-input --raw-output --raw-output0 --seq --slurp --sort-keys --stream --tab --unbuffered --help --version"
  )
  private static let yqFlags = FlagSet(
    "-cCeMnNPrRsS -p: -o: -I: -j --input-format: --output-format: --colors --no-colors --prettyPrint --unwrapScalar --raw-output --exit-status --null-input --no-doc --indent: --tojson --help --version"
  )
  private static let calculatorFlags = FlagSet(
    "-hilqsvw --mathlib --quiet --standard --help --version")

  private static let grepFlags = FlagSet(
    "-EFGPcHhiLlnoqrRsvwxyzabZITUV -e: -A: -B: -C: -m: -# -D: -f= --color? --colour? --count --extended-regexp --fixed-strings --perl-regexp --basic-regexp --ignore-case --no-ignore-case --invert-match --word-regexp --line-regexp --line-number --files-with-matches --files-without-match --no-filename --with-filename --only-matching --quiet --silent --no-messages --recursive --dereference-recursive --include: --exclude: --exclude-dir: --max-count: --after-context: --before-context: --context: --text --binary-files: --line-buffered --null --null-data --byte-offset --regexp: --file= --initial-tab --label: --version --help"
  )

  static func grep(_ call: Call, _ judge: inout Judge) -> Finding {
    if let finding = judge.check(call, flags: grepFlags, operands: .free) { return finding }
    return files(call, grepFlags, patternOptions: ["-e", "-f", "--regexp", "--file"], &judge) ?? .green(call.path)
  }

  static func ripgrep(_ call: Call, _ judge: inout Judge) -> Finding {
    let flags = TextPrograms.ripgrepFlags
    if let finding = judge.check(call, flags: flags, operands: .free) { return finding }
    return files(call, flags, patternOptions: ["-e", "-f", "--regexp", "--file", "--files"], &judge)
      ?? .green(call.path)
  }

  /// Checks the files behind the pattern, the pattern aside.
  private static func files(_ call: Call, _ flags: FlagSet, patternOptions: [String], _ judge: inout Judge) -> Finding?
  {
    var operands: [Arg] = []
    var hasPattern = false
    var isRecursive = call.name == "rg"
    var onlyNames = false
    var index = 0
    var isPast = false
    while index < call.args.count {
      let arg = call.args[index]
      index += 1
      if !isPast, arg.text == "--" {
        isPast = true
        continue
      }
      guard !isPast, arg.text.first == "-", arg.text.count > 1 else {
        operands.append(arg)
        continue
      }
      let isShort = !arg.text.hasPrefix("--")
      if patternOptions.contains(where: {
        isShort ? $0.count == 2 && arg.text.contains($0.last!) : arg.text.hasPrefix($0)
      }) {
        hasPattern = true
      }
      if isShort && (arg.text.contains("r") || arg.text.contains("R")) || arg.text.hasSuffix("recursive") {
        isRecursive = true
      }
      if isShort && (arg.text.contains("c") || arg.text.contains("l") || arg.text.contains("q")) { onlyNames = true }
      if case .allowed(_, _, true) = flags.read(arg.text) { index += 1 }
    }
    if !hasPattern, !operands.isEmpty { operands.removeFirst() }
    // Without a file, `grep -r` searches the folder at hand; `rg` does where nothing is piped in.
    if isRecursive, operands.isEmpty, call.name != "rg" || judge.input.isEmpty { operands = [Arg(".")] }
    let isHidden =
      call.name != "rg"
      || call.args.contains {
        $0.text.hasPrefix("--hidden") || $0.text.hasPrefix("--unrestricted") || $0.text.hasPrefix("--no-ignore")
          || !$0.text.hasPrefix("--") && $0.isSurelyOption && ($0.text.contains(".") || $0.text.contains("u"))
      }
    let isLimited = namesLogs(call)
    if isRecursive, let finding = judge.tooManyPaths(operands) { return finding }
    for operand in operands {
      if let finding = judge.contentFinding(operand) { return finding }
      if isRecursive, !onlyNames, !isLimited, let finding = tree(operand, judge, hidden: isHidden) { return finding }
    }
    return nil
  }

  /// Only files are searched whose names say that they are logs or source text.
  private static func namesLogs(_ call: Call) -> Bool {
    let endings: Set<String> = [
      "*.log", "*.log*", "*.log.*", "*.py", "*.js", "*.ts", "*.go", "*.rs", "*.c", "*.h", "*.cpp", "*.hpp", "*.java",
      "*.swift", "*.rb",
      "*.md", "*.rst", "*.html", "*.css", "*.pl", "*.pm", "*.service", "*.timer", "*.mount",
    ]
    var patterns: [String] = []
    for (index, arg) in call.args.enumerated() {
      if arg.text.hasPrefix("--include=") { patterns.append(String(arg.text.dropFirst(10))) }
      if arg.text == "--include" { patterns.append(call.args.dropFirst(index + 1).first?.text ?? "") }
    }
    return !patterns.isEmpty && patterns.allSatisfy(endings.contains)
  }

  /// A recursive search through a folder that holds keys shows them. `hidden`: files whose names begin with a dot, too.
  static func tree(_ operand: Arg, _ judge: Judge, hidden: Bool = true) -> Finding? {
    for directory in judge.directories {
      let path = PathText.absolute(operand.text, in: directory)
      let isHome = hidden && PathText.parent(path) == "/home"
      if SecretPatterns.below(path, hidden: hidden) != nil || path == "/etc/ssh" || isHome {
        return .red(
          "secret.tree", "a recursive search through \(path) shows the secrets in it", "name a folder without keys")
      }
    }
    return nil
  }

  /// Pagers start shells and editors where a terminal is; over SSH without one they only show.
  static func pager(_ call: Call, _ judge: inout Judge) -> Finding {
    judge.check(
      call,
      flags: TextPrograms.pagerFlags,
      operands: .content)
      ?? (call.args.contains {
        $0.text.contains("!")
          || $0.text.hasPrefix("+")
            && !$0.text.dropFirst().allSatisfy({ $0 == "G" || $0 == "F" || $0.isNumber || $0 == "/" })
      }
        ? .red("pager.command", "the pager runs the command in its words").max(judge.commandsBehindMarks(call.args))
        : .green(call.path))
  }

  static func jq(_ call: Call, _ judge: inout Judge) -> Finding {
    let flags = TextPrograms.jqFlags
    if call.has("-i") { return .red("jq.option", "-i is not known to be harmless") }
    // `--arg name value` takes two words.
    var words: [Arg] = []
    var index = 0
    while index < call.args.count {
      if call.args[index].text == "--arg" || call.args[index].text == "--argjson" {
        index += 3
        continue
      }
      words.append(call.args[index])
      index += 1
    }
    var plain = call
    plain.args = words
    if let finding = judge.check(plain, flags: flags, operands: .textThenContent(1)) { return finding }
    guard let filter = plain.operands.first else { return .green(call.path) }
    guard filter.isKnown, filter.text.utf8.count <= ShellLimits.programBytes else {
      return .red("jq.unknown", "what jq computes is only known when it runs")
    }
    let risky = ["env", "$ENV", "input_filename", "import", "include", "$__prog_args", "debug", "get_search_list"]
    if risky.contains(where: { filter.text.contains($0) }) {
      return .red("jq.program", "the filter reads the environment or other files", "leave out env, import and include")
    }
    let growing = ["repeat", "while", "until", "recurse(", "def "]
    if growing.contains(where: { filter.text.contains($0) })
      || (filter.text.contains("range") || filter.text.contains("*")) && Endless.hasLongNumber(filter.text, digits: 6)
      || filter.text.contains("range") && filter.text.contains("e") && filter.text.contains("1e")
    {
      return .red("jq.endless", "the filter may never end", "leave out repeat, while, until, def and large ranges")
    }
    return .green(call.path)
  }

  static func yq(_ call: Call, _ judge: inout Judge) -> Finding {
    let flags = TextPrograms.yqFlags
    if let first = call.operands.first, ["shell-completion", "completion", "split"].contains(first.text) {
      return .red(call.path, "\(first.shown) is not known to be harmless")
    }
    var plain = call
    if let first = plain.args.first(where: { $0.text.first != "-" }),
      ["eval", "e", "eval-all", "ea"].contains(first.text)
    {
      plain.args.removeAll { $0.text == first.text }
    }
    if let finding = judge.check(plain, flags: flags, operands: .textThenContent(1)) { return finding }
    let risky = ["env", "load", "strenv", "envsubst", "$ENV", "system"]
    if let filter = plain.operands.first, !filter.isKnown || risky.contains(where: { filter.text.contains($0) }) {
      return .red("yq.program", "the filter may read the environment or other files")
    }
    if plain.args.contains(where: { $0.text == "-i" || $0.text == "-s" }) {
      return .red("yq.option", "yq -i and -s write files")
    }
    return .green(call.path)
  }

  static func calculator(_ call: Call, _ judge: inout Judge) -> Finding {
    if call.name == "dc" {
      let texts = call.args.map(\.text) + [judge.input.known ?? "!"]
      if texts.contains(where: { $0.contains("!") }) {
        return .red("dc.program", "dc runs commands behind !", "bc computes, too")
      }
      return .green(call.path)
    }
    if let finding = judge.check(
      call, flags: TextPrograms.calculatorFlags, operands: .content)
    {
      return finding
    }
    if !call.operands.isEmpty { return .red("bc.file", "what bc computes is only known when it runs", "pipe it in") }
    let texts = (judge.input.known.map { [$0] } ?? []) + judge.input.literals
    if texts.contains(where: isEndless) {
      return .red("bc.endless", "bc may compute for ever", "leave out loops, functions and large powers")
    }
    return .green(call.path)
  }

  /// Loops, functions, towers of powers, and powers of more than four digits.
  private static func isEndless(_ text: String) -> Bool {
    if ["while", "for", "define"].contains(where: { text.contains($0) }) { return true }
    let powers = text.split(on: "^").dropFirst()
    return powers.count > 1 || powers.contains { Endless.hasLongNumber($0, digits: 5) }
  }
}
