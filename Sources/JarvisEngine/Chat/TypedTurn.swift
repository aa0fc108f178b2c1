import JarvisAPI
import JarvisSafety
import JarvisTools

/// A typed command: the same tool, the same gate, no model.
struct TypedTurn: Sendable {
  let turn: Turn

  func run() async {
    let answer = turn.begin(RouteDecision(route: .command, reason: "typed command", confidence: 1))
    let line = String(turn.question.text.drop { $0 == "/" })
    // What memory lists or says back is in memory already.
    await turn.carryOut(answer, isEcho: MemoryWords.isOne(line)) { await run(line, answer) }
  }

  private func run(_ line: String, _ answer: Answer) async -> ChatMessage.State {
    if line == "help" || line == "?" {
      answer.append(help())
      return .complete
    }
    if let (text, given) = await turn.around.memory?.typed(line) {
      answer.append(text)
      await turn.around.memory?.keepListed(given, in: answer.message)
      await turn.remember(CodeHistory.typed(line, result: text, ended: true))
      return .complete
    }
    if let own = await turn.around.commands.run(line, turn.question.conversation) {
      answer.append(own.text)
      return own.failed ? .failed : .complete
    }
    do {
      let (tool, arguments) = try turn.around.tools.parseTyped(line)
      let call = GatedCall(
        tool: tool, arguments: arguments, caller: .human, why: turn.question.text,
        conversation: turn.question.conversation)
      // Before it runs: a crash in between must not hide that it was asked for.
      await turn.store(answer.message)
      let outcome = await turn.around.tools.call(call, id: answer.message.id.rawValue) { answer.update($0) }
      answer.append(outcome.text)
      await turn.remember(CodeHistory.typed(line, result: outcome.content, ended: !Task.isCancelled))
      return Task.isCancelled ? .interrupted : outcome.isError ? .failed : .complete
    } catch {
      answer.append("Could not \(error.attempted): \(error.reason)." + (error.advice.isEmpty ? "" : " \(error.advice)"))
      return .failed
    }
  }

  private func help() -> String {
    let commands =
      turn.around.tools.typedCommands + turn.around.commands.infos
      + (turn.around.memory == nil ? [] : MemoryWords.infos)
    var lines = ["| command | tier | does |", "|---|---|---|"]
    for command in commands {
      lines.append(
        "| `/\(command.name)\(command.usage.isEmpty ? "" : " " + command.usage)` | \(command.tier.rawValue) | \(command.summary) |"
      )
    }
    return lines.joined(separator: "\n")
  }
}
