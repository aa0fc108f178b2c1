import JarvisAPI

/// Programs that run programs: they take the tier of what they run.
enum WrapperRules {
  private static let numactlFlags = FlagSet(
    "--interleave: --membind: --cpunodebind: --physcpubind: --localalloc -i: -m: -N: -C: -l")
  private static let sudoFlags = FlagSet(
    "-n -H -E -S -P -k -b -A -B -u: -g: -D: -C: -p: -T: -h: -r: -t: --user: --group: --chdir: --non-interactive --preserve-env? --set-home --stdin --background --login"
  )
  private static let timeFlags = FlagSet(
    "-o: -a -f: -p -v")
  private static let timeMoreFlags = FlagSet(
    "-f: -p -v -q --format: --verbose --portability --quiet")
  private static let watchFlags = FlagSet(
    "-n: -d? -t -b -e -g -c -C -p -x -w -r -q: --interval: --differences? --no-title --beep --errexit --chgexit --color --precise --exec --no-wrap"
  )
  private static let environmentFlags = FlagSet(
    "-i -0 -v -u: -C: --unset: --chdir: --ignore-environment --null --debug")
  private static let flockFlags = FlagSet(
    "-n -x -s -e -u -o -F -v -w: -E: --nonblock --exclusive --shared --unlock --close --no-fork --wait: --timeout:")
  private static let scriptFlags = FlagSet(
    "-q -a -e -f -k -r -p")

  /// Names behind which a program follows, for questions about the text alone.
  static let names: Set<String> = [
    "sudo", "doas", "env", "nice", "ionice", "timeout", "nohup", "setsid", "stdbuf", "time", "command", "exec", "xargs",
    "chroot",
    "unbuffer", "busybox", "toybox",
  ]

  static let families: [Family] = [
    Family([
      wraps("nice", "-# -n: --adjustment:"),
      wraps("ionice", "-c: -n: -t --class: --classdata: --ignore"),
      wraps("timeout", "-k: -s: -v --kill-after: --signal: --foreground --preserve-status --verbose", skipping: 1),
      wraps("nohup", ""),
      wraps("setsid", "-c -f -w --ctty --fork --wait"),
      wraps("stdbuf", "-i: -o: -e: --input: --output: --error:"),
      wraps("unbuffer", "-p"),
      wraps("chrt", "-b -f -i -o -r -a -v", skipping: 1),
      wraps("taskset", "-c -a", skipping: 1),
      .code("numactl") { call, judge in
        if call.args.count == 1, ["-H", "--hardware", "-s", "--show"].contains(call.args[0].text) {
          return .green("numactl --hardware")
        }
        return run(
          call, WrapperRules.numactlFlags,
          skipping: 0, assigns: false, &judge)
      },
      wraps("setarch", "-R -3 -B --addr-no-randomize", skipping: 1),
      wraps("linux32 linux64 x86_64 i386", "-R -3 -B"),
      wraps("chroot", "--userspec: --groups: --skip-chdir", skipping: 1),
      wraps(
        "unshare",
        "-m -u -i -n -p -U -C -T -f -r -c --mount --uts --ipc --net --pid --user --cgroup --fork --map-root-user --mount-proc?"
      ),
      wraps(
        "nsenter",
        "-a -m? -u? -i? -n? -p? -U? -C? -T? -F -t: --target: --all --mount? --uts? --ipc? --net? --pid? --user? --cgroup? --no-fork --preserve-credentials"
      ),
      wraps("strace ltrace", "-f -c -t -T -r -q -y -v -i -e: -s: -C -S: --summary-only"),
      wraps("dbus-run-session fakeroot choom prlimit", "--"),
      wraps("doas", "-n -u:"),
      wraps("pkexec", "--user:"),
      wraps("setpriv", "--reuid: --regid: --clear-groups --init-groups --no-new-privs"),
      wraps("caffeinate chpst softlimit", ""),
      .code("sudo") { call, judge in
        if call.args.count == 1, ["-l", "-v", "-V", "--list", "--version", "--validate"].contains(call.args[0].text) {
          return .green("sudo -l")
        }
        if call.args.contains(where: { $0.text == "-e" || $0.text == "--edit" }) {
          return .red("sudo.edit", "sudo -e edits a file")
        }
        return run(
          call,
          WrapperRules.sudoFlags,
          skipping: 0, assigns: true, &judge)
      },
      .code("sudoedit") { _, _ in .red("sudo.edit", "sudoedit edits a file") },
      .code("env") { call, judge in environment(call, &judge) },
      .code("time") { call, judge in
        if call.has("-o", "--output") {
          return .red("time.output", "time -o writes a file").max(
            run(call, WrapperRules.timeFlags, skipping: 0, assigns: false, &judge))
        }
        return run(
          call, WrapperRules.timeMoreFlags, skipping: 0, assigns: false, &judge)
      },
      .code("watch") { call, judge in
        guard
          let command = tail(
            call,
            WrapperRules.watchFlags, &judge)
        else {
          return .red("watch", "what watch runs cannot be read")
        }
        return text(command, &judge)
      },
      .code("flock") { call, judge in flock(call, &judge) },
      .code("xargs") { call, judge in XargsRules.xargs(call, &judge) },
      .code("parallel sem") { call, judge in XargsRules.parallel(call, &judge) },
      .code("su runuser") { call, judge in substitute(call, &judge) },
      .code("script") { call, judge in script(call, &judge) },
      .code("busybox toybox") { call, judge in
        guard let first = call.args.first else { return .green("busybox") }
        if first.text == "--list" || first.text == "--help" { return .green("busybox") }
        guard first.certain != nil else { return judge.invoke(call.args) }
        return judge.invoke(call.args)
      },
      .code("ld.so ld-linux-x86-64.so.2 ld-linux.so.2 ld-musl-x86_64.so.1") { call, judge in
        let rest = call.args.drop { $0.isSurelyOption }
        return judge.invoke(Array(rest)).atLeast(.red("loader", "the loader runs any file as a program"))
      },
      .code(
        "systemd-run systemd-inhibit cgexec firejail bwrap proot rlwrap entr watchexec fakechroot faketime expect setlock dtach abduco run-parts start-stop-daemon daemon daemonize multitime hyperfine perf valgrind gdb lldb ssh-agent xvfb-run cpulimit torsocks torify proxychains proxychains4 catchsegv ld capsh runcon newgrp sg aa-exec chronic trickle xinit startx openvt"
      ) { call, judge in
        opaque(call, &judge)
      },
      .code("at batch") { call, judge in
        judge.input.isEmpty ? opaque(call, &judge) : judge.judgeInputAsScript(judge.input, call.name)
      },
      .code("arch") { call, judge in
        // macOS runs a program behind it; Linux only prints a word.
        let rest = Array(call.args.drop { $0.isSurelyOption })
        return rest.isEmpty ? .green("arch") : judge.invoke(rest)
      },
      .code("tmux screen byobu zellij") { call, judge in multiplexer(call, &judge) },
    ])
  ]

  private static func wraps(_ names: String, _ flags: String, skipping: Int = 0) -> Row {
    let flags = FlagSet(flags)
    return .code(names) { call, judge in run(call, flags, skipping: skipping, assigns: false, &judge) }
  }

  /// The words behind the wrapper's own; nil where they cannot be told apart.
  static func tail(_ call: Call, _ flags: FlagSet, _ judge: inout Judge) -> [Arg]? {
    var index = 0
    while index < call.args.count {
      let arg = call.args[index]
      if arg.text == "--" {
        index += 1
        break
      }
      guard arg.text.first == "-", arg.text.count > 1 else { break }
      guard arg.certain != nil, case .allowed(_, _, let takesNext) = flags.read(arg.text) else { return nil }
      index += takesNext ? 2 : 1
    }
    return Array(call.args.dropFirst(index))
  }

  static func run(_ call: Call, _ flags: FlagSet, skipping: Int, assigns: Bool, _ judge: inout Judge) -> Finding {
    guard var rest = tail(call, flags, &judge) else {
      return opaque(call, &judge)
    }
    for skipped in rest.prefix(skipping) where skipped.canSplit { return opaque(call, &judge) }
    rest = Array(rest.dropFirst(skipping))
    var worst = Finding.green(call.path)
    if assigns { worst = worst.max(assignments(&rest, judge)) }
    enterFolder(of: call, rest.count, &judge)
    guard !rest.isEmpty else {
      return worst.max(
        .red(
          "\(call.path).nothing", "\(call.path) without a command starts a shell, or does something else",
          "name the command"))
    }
    return worst.max(judge.invoke(rest))
  }

  /// `env -C`, `sudo -D`: relative paths of the command, its last `count` words, start somewhere else.
  private static func enterFolder(of call: Call, _ count: Int, _ judge: inout Judge) {
    guard ["env", "sudo"].contains(call.name) else { return }
    let own = call.args.dropLast(count)
    for (index, arg) in own.enumerated() {
      var folder: Arg?
      if ["-C", "-D", "--chdir"].contains(arg.text) {
        folder = own.dropFirst(index + 1).first
      } else if arg.text.hasPrefix("--chdir=") {
        folder = arg.made { $0.text = String(arg.text.dropFirst(8)) }
      } else if !arg.text.hasPrefix("--"), let letter = arg.text.firstIndex(where: { $0 == "C" || $0 == "D" }),
        arg.isSurelyOption
      {
        let rest = String(arg.text[arg.text.index(after: letter)...])
        folder = rest.isEmpty ? own.dropFirst(index + 1).first : arg.made { $0.text = rest }
      }
      if let folder { judge.changeFolder(Call("cd", [folder])) }
    }
  }

  /// Takes `NAME=value` words off the front.
  private static func assignments(_ rest: inout [Arg], _ judge: Judge) -> Finding {
    var worst = Finding.green("assignment")
    while let first = rest.first, let equals = first.text.firstIndex(of: "="),
      first.text[..<equals].utf8.allSatisfy(Byte.continuesName),
      equals != first.text.startIndex
    {
      let name = String(first.text[..<equals])
      if EnvironmentNames.steers(name) { worst = worst.max(judge.steering(name)) }
      rest.removeFirst()
    }
    return worst
  }

  private static func environment(_ call: Call, _ judge: inout Judge) -> Finding {
    var worst = Finding.green(call.path)
    var plain = call
    // `env -S 'text'` splits a text into words.
    if let index = call.args.firstIndex(where: {
      $0.text == "-S" || $0.text == "--split-string" || $0.text.hasPrefix("--split-string=")
        || ($0.text.hasPrefix("-S") && !$0.text.hasPrefix("--"))
        || ($0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.hasSuffix("S"))
    }) {
      let arg = call.args[index]
      let inline =
        arg.text.hasPrefix("-S") && arg.text.count > 2
        ? String(arg.text.dropFirst(2)) : arg.text.hasPrefix("--split-string=") ? String(arg.text.dropFirst(15)) : nil
      let text = inline.map { Arg($0) } ?? call.args.dropFirst(index + 1).first
      let rest = call.args.dropFirst(index + (inline == nil ? 2 : 1)).map(\.text)
      if let text, text.isKnown { worst = worst.max(judge.judgeScript(([text.text] + rest).joined(separator: " "))) }
      return worst.max(.red("env.split", "env -S makes words of a text", "write the words out"))
    }
    if plain.args.first?.text == "-" { plain.args.removeFirst() }
    guard
      var rest = tail(plain, WrapperRules.environmentFlags, &judge)
    else {
      return opaque(call, &judge)
    }
    if rest.first?.text == "-" { rest.removeFirst() }
    worst = worst.max(assignments(&rest, judge))
    if rest.first?.text == "--" { rest.removeFirst() }
    enterFolder(of: plain, rest.count, &judge)
    guard !rest.isEmpty else {
      judge.facts.insert(.readsSecret)
      return worst.max(
        .red("secret.environment", "prints the environment, which may hold secrets", "echo one variable"))
    }
    return worst.max(judge.invoke(rest))
  }

  /// Words that a shell gets as one text.
  static func text(_ words: [Arg], _ judge: inout Judge) -> Finding {
    guard !words.isEmpty else { return .red("script.unknown", "there is nothing to run") }
    var joined = Arg(words.map(\.text).joined(separator: " "))
    joined.isKnown = words.allSatisfy { $0.isKnown && !($0.hasGlob && $0.isExpanded) }
    for word in words { joined.origin.formUnion(word.origin) }
    return judge.judgeScript(joined)
  }

  /// A program that runs something, by options that are not read: RED, and what its words may be.
  static func opaque(_ call: Call, _ judge: inout Judge) -> Finding {
    judge.noteUnread()
    var worst = Finding.red(
      "\(call.path).unread", "what \(call.path) runs cannot be read with certainty", "run the command itself")
    guard judge.nesting < 4 else { return worst }
    worst = worst.max(judge.opaqueReading(call))
    judge.nesting += 2
    defer { judge.nesting -= 2 }
    worst = worst.max(judge.commandsBehindMarks(call.args))
    for index in call.args.indices.prefix(8) where !call.args[index].isSurelyOption {
      let rest = Array(call.args[index...].prefix(24))
      worst = worst.max(judge.tried { $0.invoke(rest) })
      worst = worst.max(judge.tried { judge in text(rest, &judge) })
    }
    return worst
  }

  private static func flock(_ call: Call, _ judge: inout Judge) -> Finding {
    guard
      var rest = tail(
        call,
        WrapperRules.flockFlags, &judge), let file = rest.first
    else { return opaque(call, &judge) }
    rest.removeFirst()
    let lock =
      file.certain.map { $0.allSatisfy(\.isNumber) ? Finding.green("flock") : judge.writing($0) }
      ?? .red("write.unknown", "which file is locked is only known when it runs")
    if rest.first?.text == "-c" || rest.first?.text == "--command", rest.count > 1 {
      return lock.max(judge.judgeScript(rest[1]))
    }
    return rest.isEmpty ? lock : lock.max(judge.invoke(rest))
  }

  /// `su`, `runuser`.
  private static func substitute(_ call: Call, _ judge: inout Judge) -> Finding {
    var worst = Finding.green(call.path)
    var command: Finding?
    var index = 0
    while index < call.args.count {
      let text = call.args[index].text
      index += 1
      if text == "-c" || text == "--command" || text == "--session-command" {
        if index < call.args.count { command = judge.judgeScript(call.args[index]) }
        index += 1
      } else if text.hasPrefix("--command=") {
        var arg = call.args[index - 1]
        arg.text = String(text.dropFirst(10))
        command = judge.judgeScript(arg)
      } else if text == "--", index < call.args.count, call.name == "runuser" {
        command = judge.invoke(Array(call.args[index...]))
        break
      } else if ["-s", "--shell", "-w", "-G", "-g"].contains(text) {
        if index < call.args.count, !["/bin/sh", "/bin/bash", "/usr/bin/bash"].contains(call.args[index].text) {
          worst = worst.max(.red("su.shell", "another program takes the shell's place"))
        }
        index += 1
      } else if text == "-u" || text == "--user" {
        index += 1
        if command == nil, index < call.args.count, call.args[index].text != "--" {
          command = judge.invoke(Array(call.args[index...]))
          break
        }
      } else if call.args[index - 1].mayBeOption,
        !["-", "-l", "--login", "-m", "-p", "--preserve-environment", "-P", "--pty", "-f"].contains(text)
      {
        worst = worst.max(.red("su.option", "the option \(call.args[index - 1].shown) is not known to be harmless"))
      }
    }
    guard let command else {
      return worst.max(
        .red("shell.interactive", "a shell of another user is not read by the gate", "name the command behind -c"))
    }
    return worst.max(command)
  }

  private static func script(_ call: Call, _ judge: inout Judge) -> Finding {
    var worst = Finding.green(call.path)
    if let index = call.args.firstIndex(where: {
      $0.text == "-c" || $0.text == "--command"
        || ($0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.hasSuffix("c"))
    }), index + 1 < call.args.count {
      worst = judge.judgeScript(call.args[index + 1])
      let others = call.operands.filter { $0.text != call.args[index + 1].text }
      for file in others { worst = worst.max(judge.writingArg(file)) }
      return others.isEmpty ? worst.max(.red("write.file", "script writes the file typescript")) : worst
    }
    guard let rest = tail(call, WrapperRules.scriptFlags, &judge), let file = rest.first else {
      return worst.max(.red("shell.interactive", "an interactive shell is not read by the gate"))
    }
    worst = worst.max(judge.writingArg(file))
    guard rest.count > 1 else {
      return worst.max(.red("shell.interactive", "an interactive shell is not read by the gate"))
    }
    return worst.max(judge.invoke(Array(rest.dropFirst())))
  }

  private static func multiplexer(_ call: Call, _ judge: inout Judge) -> Finding {
    let words = call.args.map(\.text)
    if call.name == "screen", words == ["-ls"] || words == ["-list"] { return .green("screen -ls") }
    if call.name == "tmux", let first = words.first,
      [
        "ls", "list-sessions", "list-windows", "list-panes", "list-clients", "lsw", "lsp", "lsc", "has-session", "has",
        "-V",
      ].contains(first),
      !words.contains(where: { $0.contains("#(") }), !call.hasUnknown
    {
      return .green("tmux \(first)")
    }
    return opaque(call, &judge)
  }
}
