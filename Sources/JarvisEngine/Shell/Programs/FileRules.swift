import JarvisAPI

/// Programs that copy, move and change files.
enum FileRules {
  static func copy(_ call: Call, _ judge: inout Judge) -> Finding {
    let operands = call.operands
    if let finding = judge.tooManyPaths(operands) { return finding }
    var worst = Finding.red(call.path, "\(call.path) writes files", "read them in place")
    guard let target = destination(call) else { return worst }
    worst = worst.max(doors(target, judge))
    for source in operands where judge.secretReason(source) != nil && source.isKnown {
      worst = worst.max(.red("secret.copy", "copies a file that holds secrets"))
    }
    // `cp x /root/.ssh/`, `cp authorized_keys …`.
    if let folder = target.certain.map({ PathText.absolute($0, in: PathText.home) }),
      PathText.lastPart(folder) == ".ssh",
      operands.contains(where: { $0.text.contains("authorized_keys") })
    {
      worst = .black("write.system", "authorized_keys decides who may log in")
    }
    return worst
  }

  static func move(_ call: Call, _ judge: inout Judge) -> Finding {
    let operands = call.operands
    if let finding = judge.tooManyPaths(operands) { return finding }
    var worst = Finding.red(call.path, "moves or overwrites files")
    if let target = destination(call) { worst = worst.max(doors(target, judge)) }
    for operand in operands {
      for directory in judge.directories {
        let path = PathText.absolute(operand.text, in: directory)
        if operand.text == "/dev/null" {
          return .black("mv.null", "moving files to /dev/null replaces it, and loses them")
        }
        guard operand.text != String(Arg.hole) else { continue }
        if operand.text != operands.last?.text, let danger = SystemPaths.danger(path),
          SystemPaths.wholeTrees.contains(path) || SystemPaths.holders.contains(path) || Glob.isPattern(path)
        {
          worst = worst.max(.black("mv.system-path", "moves a system path away: \(danger)"))
        }
        if judge.isProtected(path) { return .black("protected.path", "\(path) belongs to Jarvis itself") }
      }
    }
    return worst
  }

  private static func destination(_ call: Call) -> Arg? {
    for (index, arg) in call.args.enumerated() {
      if arg.text == "-t" || arg.text == "--target-directory" { return call.args.dropFirst(index + 1).first }
      if arg.text.hasPrefix("--target-directory=") { return Arg(String(arg.text.dropFirst(19))) }
    }
    return call.operands.last
  }

  private static func doors(_ target: Arg, _ judge: Judge) -> Finding {
    guard target.text != String(Arg.hole) else { return .green("write") }
    for directory in judge.directories {
      let path = PathText.absolute(target.text, in: directory)
      if let why = SystemPaths.opensDoors(path) {
        return .black("write.system", "\(target.shown) must not be written: \(why)")
      }
      if judge.isProtected(path) { return .black("protected.path", "\(path) belongs to Jarvis itself") }
    }
    return .green("write")
  }

  /// `chmod`, `chown` and their like.
  static func changeRights(_ call: Call, _ judge: inout Judge) -> Finding {
    let isRecursive = call.has("-R", "--recursive")
    if let finding = judge.tooManyPaths(call.operands) { return finding }
    var worst = Finding.red(call.path, "changes who may do what with files")
    if call.name == "chmod",
      call.operands.contains(where: {
        $0.text.contains("+x") || $0.text.contains("u+x") || $0.text == "755" || $0.text == "777"
      })
    {
      // What was fetched is made a program: the next step is to run it.
      if judge.facts.contains(.fetchesToFile) { judge.facts.insert(.runsFile) }
    }
    if call.name == "chmod",
      call.operands.first.map({ mode in
        mode.text.contains("+s") || mode.text.contains("u+s")
          || (mode.text.count == 4 && "4567".contains(mode.text.first ?? "0"))
      }) == true
    {
      worst = worst.max(.red("chmod.setuid", "makes a program that runs with another's rights"))
    }
    // `setfacl` takes its mode as an option.
    for operand in call.name == "setfacl" ? call.operands[...] : call.operands.dropFirst() {
      for directory in judge.directories {
        guard operand.text != String(Arg.hole) else { continue }
        let path = PathText.absolute(operand.text, in: directory)
        if isRecursive, let danger = SystemPaths.danger(path) {
          return .black(
            "\(call.name).system-path", "\(call.name) -R would break the host: \(danger)", "name a single file")
        }
        if let why = SystemPaths.opensDoors(path), !path.hasPrefix("/dev/") {
          worst = worst.max(.black("\(call.name).system-path", "\(path): \(why)"))
        }
        if judge.isProtected(path) { return .black("protected.path", "\(path) belongs to Jarvis itself") }
        if ["/", "/etc", "/usr", "/bin", "/lib", "/boot", "/dev", "/var", "/root/.ssh"].contains(path) {
          worst = worst.max(.black("\(call.name).system-path", "\(path) is a system path"))
        }
      }
    }
    return worst
  }
}
