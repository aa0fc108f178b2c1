import JarvisAPI

/// `find`: reads, unless an action runs or writes something.
enum FindRules {
  /// Tests and options by the number of words they take.
  private static let plain: Set<String> = [
    "-daystart", "-depth", "-d", "-follow", "-mount", "-xdev", "-noleaf", "-warn", "-nowarn", "-empty", "-executable",
    "-readable", "-writable", "-nogroup", "-nouser", "-true", "-false", "-print", "-print0", "-ls", "-prune", "-quit",
    "-not",
    "!", "(", ")", ",", "-o", "-or", "-a", "-and", "-H", "-L", "-P", "-E", "-X", "-s", "-x", "-ignore_readdir_race",
    "-noignore_readdir_race", "-O1", "-O2", "-O3", "--help", "--version", "-help", "-version", "-acl", "-sparse",
    "-xattr",
  ]
  private static let withOne: Set<String> = [
    "-maxdepth", "-mindepth", "-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename", "-lname", "-ilname",
    "-regex", "-iregex", "-regextype", "-size", "-type", "-xtype", "-mtime", "-ctime", "-atime", "-mmin", "-cmin",
    "-amin",
    "-newer", "-anewer", "-cnewer", "-perm", "-user", "-group", "-uid", "-gid", "-inum", "-links", "-samefile",
    "-fstype",
    "-used", "-context", "-printf", "-D", "-Bmin", "-Bnewer", "-Btime", "-flags", "-since", "-depth+",
  ]

  static func find(_ call: Call, _ judge: inout Judge) -> Finding {
    var worst = Finding.green(call.path)
    var starts: [Arg] = []
    var index = 0
    var deletes = false
    while index < call.args.count {
      let arg = call.args[index]
      index += 1
      guard arg.isKnown, !arg.canSplit else {
        // A start path may be unknown where it cannot become an expression.
        if !arg.canSplit, let first = arg.text.first, first != Arg.hole, first != "-", first != "(", first != "!",
          starts.count == index - 1
        {
          starts.append(arg)
          continue
        }
        worst = worst.max(.red("expansion.option", "\(arg.shown) may turn into an action of find", "write it out"))
        continue
      }
      let text = arg.text
      if text.first != "-", text != "!", text != "(", text != ")", text != "," {
        starts.append(arg)
        continue
      }
      if plain.contains(text) { continue }
      if withOne.contains(text) || text.hasPrefix("-newer") {
        if index < call.args.count, call.args[index].canSplit {
          worst = worst.max(.red("expansion.option", "\(call.args[index].shown) may turn into an action of find"))
        }
        index += 1
        continue
      }
      switch text {
      case "-exec", "-execdir", "-ok", "-okdir":
        let outer = judge.isLost
        // It runs in the folder of what is found.
        if text.hasSuffix("dir") { judge.isLost = true }
        worst = worst.max(action(call, &index, starts, isAsking: text.hasPrefix("-ok"), &judge))
        judge.isLost = outer
      case "-delete":
        deletes = true
      case "-fprint", "-fprint0", "-fls":
        worst = worst.max(
          index < call.args.count ? judge.writingArg(call.args[index]) : .red(call.path, "writes a file"))
        worst = worst.max(.red("find.write", "find \(text) writes a file"))
        index += 1
      case "-fprintf":
        worst = worst.max(.red("find.write", "find -fprintf writes a file"))
        index += 2
      default:
        worst = worst.max(
          .red("find.option", "\(arg.shown) of find is not known to be harmless", "leave out \(arg.shown)"))
      }
    }
    judge.output.literals += starts.isEmpty ? ["."] : starts.prefix(4).map(\.text)
    judge.output.isPaths =
      starts.allSatisfy { $0.text.first == "." || $0.text.first == "/" }
      && !call.args.contains { $0.text.hasPrefix("-printf") || $0.text.hasPrefix("-exec") }
    if deletes { worst = worst.max(deletion(starts, "-delete", judge)) }
    return worst
  }

  private static func deletion(_ starts: [Arg], _ what: String, _ judge: Judge) -> Finding {
    for start in starts.isEmpty ? [Arg(".")] : starts {
      let finding = RemoveRules.removing(start, isRecursive: true, judge)
      if finding.tier == .black, start.text != ".", start.text != "./" {
        return .black("find.delete.system-path", "find \(what): \(finding.reason)")
      }
      for directory in judge.directories where PathText.absolute(start.text, in: directory) == "/" {
        return .black("find.delete.system-path", "find \(what) from / deletes the host")
      }
    }
    return .red("find.delete", "find \(what) deletes what it finds", "without it, find lists the files")
  }

  private static func action(
    _ call: Call, _ index: inout Int, _ starts: [Arg], isAsking: Bool, _ judge: inout Judge
  ) -> Finding {
    var words: [Arg] = []
    var isClosed = false
    while index < call.args.count {
      let arg = call.args[index]
      index += 1
      if arg.text == ";" || (arg.text == "+" && words.last?.text == "{}") {
        isClosed = true
        break
      }
      words.append(arg)
    }
    let roots = starts.isEmpty ? [Arg(".")] : starts
    var worst = Finding.green(call.path)
    if !isClosed { worst = .red("find.exec", "the end of find's -exec is missing") }
    if isAsking { worst = worst.max(.red("find.ask", "find -ok waits for an answer that nobody gives")) }
    for root in roots.prefix(8) {
      let args = words.map { word -> Arg in
        guard word.text.contains("{}") else { return word }
        // What is found begins with the path it is looked for under.
        let head = root.text == "." || root.text.first == Arg.hole ? "./" : root.text.hasPrefix("-") ? "./" : root.text
        var arg = word
        arg.text = word.text.replacingBraces(with: head + String(Arg.hole))
        arg.isKnown = false
        arg.hasGlob = false
        return arg
      }
      worst = worst.max(judge.invoke(args))
      // At worst the found file is the folder itself.
      let atWorst = words.map { word -> Arg in
        guard word.text.contains("{}") else { return word }
        return Arg(word.text.replacingBraces(with: root.text))
      }
      worst = worst.max(judge.tried { $0.invoke(atWorst) })
    }
    return worst
  }
}

extension String {
  /// The text with every `{}` replaced.
  func replacingBraces(with value: String) -> String {
    var result = ""
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.hasPrefix("{}") {
        result += value
        rest = rest.dropFirst(2)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
