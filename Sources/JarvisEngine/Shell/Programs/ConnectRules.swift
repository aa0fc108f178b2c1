import JarvisAPI

/// Connections to other machines.
enum ConnectRules {
  /// `nc`, `socat`, `telnet`.
  static func connect(_ call: Call, _ judge: inout Judge) -> Finding {
    judge.facts.formUnion([.connects])
    judge.output.origin.insert(.fetched)
    let words = call.args.map(\.text)
    if call.name == "socat" {
      let lower = words.map { $0.lowercased() }
      if lower.contains(where: { $0.contains("exec:") || $0.contains("system:") || $0.contains("shell:") }) {
        return .black("reverse-shell", "socat connects a program to the network")
      }
      judge.facts.insert(.sendsOut)
      for word in words where SecretPaths.reason(word.split(on: ":").last.map(String.init) ?? word) != nil {
        return .black("exfiltration", "connects a secret to the network")
      }
      return .red("socat", "connects two ends, whatever they are")
    }
    let runs = call.args.contains { arg in
      ["--exec", "--sh-exec", "--lua-exec"].contains { arg.text.hasPrefix($0) }
        || (arg.text.first == "-" && !arg.text.hasPrefix("--") && (arg.text.contains("e") || arg.text.contains("c")))
    }
    if runs, call.name != "telnet" { return .black("reverse-shell", "\(call.name) connects a program to the network") }
    if call.name != "telnet", words.contains(where: { $0.hasPrefix("-") && $0.contains("z") }), !call.hasUnknown {
      return .yellow("nc -z", "asks whether a port is open")
    }
    judge.facts.insert(.sendsOut)
    if judge.input.origin.contains(.secret) { return .black("exfiltration", "sends a secret away") }
    return .red(call.path, "opens a connection", "nc -z only asks whether a port is open")
  }

  /// `ssh HOST COMMAND` takes the tier of the command.
  static func ssh(_ call: Call, _ judge: inout Judge) -> Finding {
    if call.args.count == 1, call.args[0].text == "-V" { return .green("ssh -V") }
    var worst = Finding.green("ssh")
    var index = 0
    while index < call.args.count {
      let arg = call.args[index]
      guard arg.mayBeOption else { break }
      index += 1
      guard let text = arg.certain else {
        worst = worst.max(.red("expansion.option", "\(arg.shown) may turn into options of ssh", "write the host out"))
        if arg.text.first == "-" { continue }
        index -= 1
        break
      }
      if text == "--" { break }
      if text.hasPrefix("-o") {
        let value = text.count > 2 ? String(text.dropFirst(2)) : (index < call.args.count ? call.args[index].text : "")
        if text.count == 2 { index += 1 }
        worst = worst.max(option(value, &judge))
      } else if ["-p", "-l", "-i", "-c", "-m", "-b", "-J", "-B", "-e"].contains(text) {
        if text == "-J" {
          worst = worst.max(.red("ssh.option", "everything goes through another machine", "leave out -J"))
        }
        index += 1
      } else if text.dropFirst().allSatisfy({ "46qvTnxaCt".contains($0) })
        || text.hasPrefix("-p") && text.dropFirst(2).allSatisfy(\.isNumber)
      {
        continue
      } else {
        worst = worst.max(
          .red("ssh.option", "the option \(arg.shown) of ssh is not known to be harmless", "leave it out"))
        if ["-L", "-R", "-D", "-W", "-w", "-F", "-E", "-S", "-O", "-Q", "-I"].contains(text) { index += 1 }
      }
    }
    guard index < call.args.count else {
      return worst.max(.red("ssh.interactive", "ssh without a command opens a shell"))
    }
    if !call.args[index].isKnown {
      worst = worst.max(.red("ssh.host", "which machine it runs on is only known when it runs", "write the host out"))
    }
    let place = target(call.args[index], isPlain: worst.tier == .green)
    judge.note("ssh", [call.args[index]])
    var rest = Array(call.args.dropFirst(index + 1))
    if rest.first?.text == "--" { rest.removeFirst() }
    if !judge.input.isEmpty {
      judge.facts.insert(.sendsOut)
      worst = worst.max(.red("ssh.input", "ssh sends away what is piped into it", "pipe nothing into ssh"))
    }
    guard !rest.isEmpty else {
      if !judge.input.isEmpty {
        return worst.max(judge.at(place) { $0.judgeInputAsScript($0.input, "ssh") })
      }
      return worst.max(
        .red(
          "ssh.interactive", "ssh without a command opens a shell, which is not read by the gate", "name the command"))
    }
    return worst.max(judge.at(place) { WrapperRules.text(rest, &$0) })
  }

  /// The machine that a word names: without its user; unknown where an option may lead elsewhere.
  private static func target(_ word: Arg, isPlain: Bool) -> ShellAct.Place {
    guard isPlain, let text = word.certain, !text.contains("://") else { return .unknown }
    return .host(text.split(separator: "@").last.map(String.init) ?? text)
  }

  private static func option(_ text: String, _ judge: inout Judge) -> Finding {
    let parts = text.split(maxSplits: 1, whereSeparator: { $0 == "=" || $0 == " " }).map(String.init)
    let name = parts.first?.lowercased() ?? ""
    let harmless: Set<String> = [
      "batchmode", "connecttimeout", "connectionattempts", "serveraliveinterval", "serveralivecountmax", "loglevel",
      "port", "user",
      "identitiesonly", "numberofpasswordprompts", "passwordauthentication", "preferredauthentications",
      "pubkeyauthentication",
      "compression", "addressfamily", "tcpkeepalive", "requesttty", "clearallforwardings",
    ]
    if harmless.contains(name) { return .green("ssh") }
    if parts.count > 1, name.contains("command") || name == "match" {
      return judge.tried { $0.judgeScript(parts[1]) }.max(
        .red("ssh.command", "\(parts[0]) runs a command on this machine"))
    }
    return .red("ssh.option", "the setting \(parts.first ?? text) of ssh is not known to be harmless", "leave it out")
  }

  /// `scp`, `rsync`.
  static func copy(_ call: Call, _ judge: inout Judge) -> Finding {
    var worst = Finding.red(call.path, "copies files, maybe to or from another machine")
    for (index, arg) in call.args.enumerated() {
      if arg.text == "-e" || arg.text == "--rsh" || arg.text == "-S" || arg.text == "-o" || arg.text == "--rsync-path",
        let next = call.args.dropFirst(index + 1).first
      {
        worst = worst.max(judge.tried { $0.judgeScript(next.text) })
        if let command = next.text.split(on: "=").last {
          worst = worst.max(judge.tried { $0.judgeScript(String(command)) })
        }
      } else if let equals = arg.text.firstIndex(of: "="), arg.text.hasPrefix("--r") {
        let value = String(arg.text[arg.text.index(after: equals)...])
        worst = worst.max(judge.tried { $0.judgeScript(value) })
      }
    }
    let operands = call.operands
    let isRemote: (Arg) -> Bool = {
      $0.text.contains(":") && !$0.text.hasPrefix("/") && !$0.text.hasPrefix("./") || $0.text.contains("://")
    }
    let sources = operands.dropLast()
    if let target = operands.last {
      if isRemote(target) {
        judge.facts.insert(.sendsOut)
        for source in sources where source.text != String(Arg.hole) {
          if let reason = judge.secretReason(source), source.isKnown || SecretPaths.reason(source.text) != nil {
            return .black("exfiltration", "sends a secret away: \(reason)")
          }
        }
      } else {
        if sources.contains(where: isRemote) { judge.facts.insert(.fetchesToFile) }
        worst = worst.max(judge.writingArg(target))
        if call.args.contains(where: { $0.text.hasPrefix("--del") || $0.text == "--remove-source-files" }) {
          worst = worst.max(RemoveRules.removing(target, isRecursive: true, judge))
        }
      }
    }
    return worst
  }
}
