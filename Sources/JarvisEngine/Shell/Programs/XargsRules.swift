import JarvisAPI

/// `xargs` and `parallel`: words from the input become words of a command.
enum XargsRules {
  private static let xargsFlags = FlagSet(
    "-0 -r -t -p -x -o -i? -e? -l? -I: -n: -P: -L: -s: -d: -E: -a= --null --no-run-if-empty --verbose --exit --replace? --max-args: --max-procs: --max-lines? --max-chars: --delimiter: --eof? --arg-file= --process-slot-var: --show-limits"
  )

  static func xargs(_ call: Call, _ judge: inout Judge) -> Finding {
    let flags = XargsRules.xargsFlags
    var place: String?
    var hasFile = false
    for (index, arg) in call.args.enumerated() {
      if arg.text.first != "-" { if index == 0 { break } else { continue } }
      if arg.text == "-I" {
        place = call.args.dropFirst(index + 1).first?.text
      } else if arg.text.hasPrefix("-I") {
        place = String(arg.text.dropFirst(2))
      }
      if arg.text == "-i" || arg.text == "--replace" { place = "{}" }
      if arg.text.hasPrefix("--replace=") {
        place = String(arg.text.dropFirst(10))
      } else if arg.text.hasPrefix("-i"), arg.text.count > 2 {
        place = String(arg.text.dropFirst(2))
      }
      if arg.text == "-a" || arg.text.hasPrefix("--arg-file") || arg.text.hasPrefix("-a") { hasFile = true }
      if ["-p", "-o", "--interactive", "--open-tty"].contains(arg.text) { return WrapperRules.opaque(call, &judge) }
    }
    guard let words = WrapperRules.tail(call, flags, &judge) else {
      return loosely(call, &judge)
    }
    if hasFile, let finding = listFile(call, words.count, &judge) { return finding }
    guard !words.isEmpty else {
      return .red("xargs.nothing", "xargs without a command prints its input", "name the command")
    }
    // A command run over SSH has no input of its own: then nothing is added.
    let input = judge.input
    let isEmpty = input.isEmpty && !hasFile
    var item = Arg.unknown(canSplit: true, origin: input.origin)
    if input.isPaths, call.has("-0", "--null") {
      item.text = "./" + item.text
      item.canSplit = false
    }
    let added = isEmpty ? [] : [item]
    let outer = judge.input
    judge.input = .none
    defer { judge.input = outer }
    var worst = judge.invoke(filled(words, place, added))
    // What the input says, where its text is known.
    for text in (input.known.map { [$0] } ?? []) + input.literals.prefix(4) {
      guard text.utf8.count <= ShellLimits.valueBytes else { continue }
      let plain = text.split { " \n\t".contains($0) }.prefix(32).map { Arg(String($0)) }
      worst = worst.max(judge.tried { $0.invoke(filled(words, place, Array(plain))) })
      let whole = [Arg(text.trimmingNewlines)]
      worst = worst.max(judge.tried { $0.invoke(filled(words, place, whole)) })
    }
    if isEmpty, ShellPrograms.names.contains(PathText.lastPart(words[0].text)), words.count == 1 {
      judge.noteUnread()
      worst = worst.max(.red("script.unknown", "xargs runs a shell on what it reads"))
    }
    return worst
  }

  /// Why the file of `-a` must not be made into words; `count` words belong to the command.
  private static func listFile(_ call: Call, _ count: Int, _ judge: inout Judge) -> Finding? {
    let own = call.args.dropLast(count)
    for (index, arg) in own.enumerated() {
      var file: Arg?
      if arg.text == "-a" || arg.text == "--arg-file" {
        file = own.dropFirst(index + 1).first
      } else if arg.text.hasPrefix("--arg-file=") {
        file = arg.made { $0.text = String(arg.text.dropFirst(11)) }
      } else if arg.text.hasPrefix("-a") {
        file = arg.made { $0.text = String(arg.text.dropFirst(2)) }
      }
      if let file, let finding = judge.contentFinding(file) { return finding }
    }
    return nil
  }

  /// With options that are not known: the command may begin at any word.
  private static func loosely(_ call: Call, _ judge: inout Judge) -> Finding {
    var worst = WrapperRules.opaque(call, &judge)
    for text in (judge.input.known.map { [$0] } ?? []) + judge.input.literals.prefix(4) {
      let added = text.split { " \n\t".contains($0) }.prefix(16).map { Arg(String($0)) }
      for index in call.args.indices.prefix(6) where !call.args[index].isSurelyOption {
        let words = Array(call.args[index...]) + added
        worst = worst.max(judge.tried { $0.invoke(words) })
      }
    }
    return worst
  }

  private static func filled(_ words: [Arg], _ place: String?, _ added: [Arg]) -> [Arg] {
    guard let place, !place.isEmpty else { return words + added }
    guard let value = added.first else { return words }
    return words.map { word in
      guard word.text.contains(place) else { return word }
      var arg = word
      arg.text = word.text.replacing(place, with: value.text)
      // With -I a line is one word, and never an option's beginning but by itself.
      arg.isKnown = word.isKnown && value.isKnown
      arg.origin.formUnion(value.origin)
      arg.isExpanded = true
      return arg
    }
  }

  static func parallel(_ call: Call, _ judge: inout Judge) -> Finding {
    var worst = Finding.red("parallel", "parallel makes commands of what it reads", "run the commands themselves")
    let marks: Set<String> = [":::", ":::+", "::::"]
    let command = Array(call.args.prefix { !marks.contains($0.text) })
    let values = call.args.drop { !marks.contains($0.text) }.filter { !marks.contains($0.text) }
    let more = (judge.input.known.map { [$0] } ?? []) + judge.input.literals
    let texts = values.prefix(8).map(\.text) + more.prefix(4).flatMap { $0.split(separator: "\n").map(String.init) }
    for index in command.indices.prefix(6) where !command[index].isSurelyOption {
      let words = Array(command[index...].prefix(32))
      worst = worst.max(judge.tried { judge in WrapperRules.text(words, &judge) })
      for text in texts.prefix(4) {
        let line = words.prefix(32).map(\.text).joined(separator: " ")
        let whole = line.contains("{") ? line.replacingPlaces(with: text) : line + " " + text
        worst = worst.max(judge.tried { $0.judgeScript(whole) })
      }
    }
    for text in texts.prefix(4) where command.allSatisfy(\.isSurelyOption) {
      worst = worst.max(judge.tried { $0.judgeScript(text) })
    }
    return worst
  }
}

extension String {
  var trimmingNewlines: String {
    var text = Substring(self)
    while text.last == "\n" { text = text.dropLast() }
    return String(text)
  }

  func replacing(_ place: String, with value: String) -> String {
    guard contains(place) else { return self }
    var result = ""
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.hasPrefix(place) {
        result += value
        rest = rest.dropFirst(place.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  /// `{}`, `{1}`, `{.}`… of parallel.
  fileprivate func replacingPlaces(with value: String) -> String {
    var result = ""
    var rest = Substring(self)
    while let character = rest.popFirst() {
      if character == "{", let end = rest.firstIndex(of: "}"), rest.distance(from: rest.startIndex, to: end) <= 3 {
        result += value
        rest = rest[rest.index(after: end)...]
      } else {
        result.append(character)
      }
    }
    return result
  }
}
