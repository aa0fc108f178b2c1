import JarvisAPI

/// Programs that delete or overwrite.
enum RemoveRules {
  static func remove(_ call: Call, _ judge: inout Judge) -> Finding {
    let isRecursive =
      call.has("-r", "-R", "--recursive")
      || call.args.contains { "--recursive".hasPrefix($0.text) && $0.text.count > 3 }
    let wantsRoot = call.args.contains { $0.text.hasPrefix("--no-p") }
    if wantsRoot { return .black("rm.no-preserve-root", "--no-preserve-root has one use: deleting everything") }
    var operands = call.operands
    // Even behind what looks like an option: some shells' `rm` take words in any order.
    operands += call.args.filter { $0.text.hasPrefix("-") && $0.text.contains("/") }
    if let finding = judge.tooManyPaths(operands) { return finding }
    var worst = Finding.red(
      isRecursive ? "rm.recursive" : "rm", "deletes files: there is no way back", "ls shows what would be deleted")
    for operand in operands { worst = worst.max(removing(operand, isRecursive: isRecursive, judge)) }
    return worst
  }

  static func removing(_ operand: Arg, isRecursive: Bool, _ judge: Judge) -> Finding {
    if operand.text.utf8.count > ShellLimits.pathBytes { return .red("rm", "there is no path of that length") }
    for directory in judge.directories {
      if operand.text == String(Arg.hole) { continue }
      // Unknown parts may be empty: `$X/*` is then `/*`.
      let empty = operand.text.filter { $0 != Arg.hole }
      var texts = Set([operand.text, empty])
      if let behind = PathText.behindParents(operand.text) { texts.insert(behind) }
      for text in texts where !text.isEmpty {
        let path = PathText.absolute(text, in: directory)
        if judge.isProtected(path)
          || judge.context.protectedPaths.contains(where: { PathText.isInside($0, path) }) && path != "/root"
            && isRecursive
        {
          return .black("protected.path", "\(path.replacingHoles(with: "…")) holds what belongs to Jarvis itself")
        }
        if let why = SystemPaths.opensDoors(path) {
          return .black("rm.system-path", "\(operand.shown) must not be deleted: \(why)")
        }
        if isRecursive || Glob.isPattern(path), let danger = SystemPaths.danger(path) {
          return .black(
            "rm.system-path", "would delete more than files: \(danger)",
            "name one folder in full that is not the system's")
        }
        if !isRecursive,
          [
            "/etc/pve", "/boot", "/dev", "/bin", "/usr/bin", "/lib", "/usr/lib", "/sbin", "/usr/sbin",
            "/var/lib/vz/images", "/var/lib/vz/dump", "/var/lib/pve-cluster", "/mnt/pve",
          ]
          .contains(where: { PathText.isInside(path, $0) })
        {
          return .black("rm.system-path", "\(path) belongs to the system, to a guest or to a backup")
        }
      }
    }
    return .red("rm", "deletes files: there is no way back")
  }

  static func shred(_ call: Call, _ judge: inout Judge) -> Finding {
    if let finding = judge.tooManyPaths(call.operands) { return finding }
    var worst = Finding.red(call.path, "overwrites files so that nothing can bring them back")
    for operand in call.operands {
      for directory in judge.directories {
        let path = PathText.absolute(operand.text, in: directory)
        if SystemPaths.isDevice(path) { return .black("shred.device", "overwrites the device \(path)") }
        if SystemPaths.danger(path) != nil { return .black("shred.system-path", "overwrites \(path)") }
      }
    }
    worst = worst.max(.black("shred", "overwritten files are irrecoverable", "rm deletes an ordinary file"))
    return worst
  }

  /// `dd`.
  static func copyBlocks(_ call: Call, _ judge: inout Judge) -> Finding {
    var worst = Finding.red(call.path, "dd reads or writes blocks")
    var writes = false
    for arg in call.args {
      if arg.text.hasPrefix("of=") {
        writes = true
        var target = arg
        target.text = String(arg.text.dropFirst(3))
        if target.text.contains(Arg.hole), target.text == String(Arg.hole) { continue }
        for directory in judge.directories {
          let path = PathText.absolute(target.text, in: directory)
          if SystemPaths.isDevice(path) || path == "/dev" {
            return .black("dd.device", "dd to \(target.shown) overwrites a disk", "lsblk shows it")
          }
        }
        worst = worst.max(judge.writingArg(target))
      } else if arg.text.hasPrefix("if=") {
        var source = arg
        source.text = String(arg.text.dropFirst(3))
        if let reason = judge.secretReason(source) { worst = worst.max(.red("secret.path", reason)) }
      } else if !arg.isKnown {
        worst = worst.max(.red(call.path, "what dd writes is only known when it runs"))
      }
    }
    return writes ? worst : worst.max(.red(call.path, "dd reads raw blocks"))
  }
}
