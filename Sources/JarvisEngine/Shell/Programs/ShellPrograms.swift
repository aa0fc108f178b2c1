import JarvisAPI

/// Shells: they take the tier of their script.
enum ShellPrograms {
  static let names: Set<String> = [
    "sh", "bash", "dash", "zsh", "ksh", "ash", "mksh", "rbash", "ksh93", "fish", "csh", "tcsh", "yash", "posh", "pwsh",
    "elvish", "nu",
  ]
  /// Their grammar is another one: what is read here as POSIX may be something else there.
  private static let foreign: Set<String> = ["fish", "csh", "tcsh", "zsh", "pwsh", "elvish", "nu"]

  static func shell(_ call: Call, _ judge: inout Judge) -> Finding {
    judge.facts.insert(.runsShell)
    var index = 0
    var wantsText = false
    var readsInput = false
    var worst = Finding.green(call.path)
    while index < call.args.count {
      let arg = call.args[index]
      let text = arg.text
      guard arg.certain != nil else {
        if arg.mayBeOption, !arg.origin.isDisjoint(with: [.fetched, .decoded]) {
          return .black("fetch-and-run", "\(call.name) runs text that was fetched or decoded, unread")
        }
        break
      }
      guard text.first == "-" || text.first == "+", text.count > 1 else { break }
      index += 1
      if text == "--" { break }
      if text == "--version" || text == "--help" { return worst }
      if ["--norc", "--noprofile", "--posix", "--login", "--restricted", "--verbose"].contains(text) { continue }
      if text.hasPrefix("--") {
        worst = worst.max(.red("shell.option", "\(call.name) \(text) is not known to be harmless"))
        if text == "--rcfile" || text == "--init-file" {
          judge.facts.insert(.runsFile)
          if index < call.args.count, !call.args[index].origin.isDisjoint(with: [.fetched, .decoded]) {
            return .black("fetch-and-run", "\(call.name) runs text that was fetched or decoded, unread")
          }
          index += 1
        }
        continue
      }
      if text.contains("c") { wantsText = true }
      if text.contains("s") { readsInput = true }
      if text.contains("i") {
        worst = worst.max(.red("shell.interactive", "an interactive shell is not read by the gate"))
      }
      if text.last == "o" || text.last == "O" { index += 1 }
      if !text.dropFirst().allSatisfy({ "celuxvoOsinphmafkPEBCbHTtD".contains($0) }) {
        worst = worst.max(.red("shell.option", "\(call.name) \(text) is not known to be harmless"))
      }
    }
    if foreign.contains(call.name) {
      worst = worst.max(.red("shell.foreign", "\(call.name) reads its text by rules of its own", "use sh"))
    }
    guard index < call.args.count else {
      if wantsText {
        // `xargs sh -c`: the text comes with the words from outside.
        judge.noteUnread()
        return worst.max(.red("script.unknown", "what the shell runs is not there"))
      }
      if judge.input.isEmpty {
        return worst.max(.red("shell.interactive", "a shell that waits for commands is not read by the gate"))
      }
      return worst.max(judge.judgeInputAsScript(judge.input, call.name))
    }
    let operand = call.args[index]
    if wantsText {
      let (variables, positional) = (judge.variables, judge.positional)
      let rest = Array(call.args.dropFirst(index + 1))
      if let zero = rest.first { judge.variables["0"] = zero }
      if rest.count > 1 { judge.positional = Array(rest.dropFirst()) }
      // Words that come from outside: what they are is not known here.
      let finding = judge.judgeScript(operand)
      judge.variables = variables
      judge.positional = positional
      return worst.max(finding)
    }
    if readsInput { return worst.max(judge.judgeInputAsScript(judge.input, call.name)) }
    if operand.text == "/dev/stdin" || operand.text == "-" || operand.text == "/proc/self/fd/0"
      || operand.text == "/dev/fd/0"
    {
      return worst.max(judge.judgeInputAsScript(judge.input, call.name))
    }
    if !operand.origin.isDisjoint(with: [.fetched, .decoded]) {
      return .black(
        "fetch-and-run", "\(call.name) runs text that was fetched or decoded, unread", "fetch it first, and read it")
    }
    judge.facts.insert(.runsFile)
    judge.noteUnread()
    if let content = operand.content { worst = worst.max(judge.tried { $0.judgeScript(content) }) }
    return worst.max(
      .red("script.file", "\(call.name) runs the file \(operand.shown), whose content is not known", "show it first"))
  }

  /// `.` and `source`.
  static func source(_ call: Call, _ judge: inout Judge) -> Finding {
    judge.facts.insert(.runsFile)
    if let file = call.operands.first, !file.origin.isDisjoint(with: [.fetched, .decoded]) {
      return .black("fetch-and-run", "runs text that was fetched or decoded, unread", "fetch it first, and read it")
    }
    if call.operands.first?.text == "/dev/stdin" { return judge.judgeInputAsScript(judge.input, call.name) }
    judge.noteUnread()
    var worst = Finding.nothing
    if let content = call.operands.first?.content { worst = judge.tried { $0.judgeScript(content) } }
    return worst.max(.red("script.file", "runs a file whose content is not known", "show it first"))
  }
}
