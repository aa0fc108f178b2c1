import Foundation
import JarvisAPI
import Testing

@testable import JarvisTUI

@Suite("The command line")
struct CommandLineTests {
  private func moved(_ line: String) -> String {
    JarvisCommand.commonOptionsMovedBehindCommand(line.split(separator: " ").map(String.init)).joined(separator: " ")
  }

  @Test(
    "DOCK-01 options of every command may stand before it",
    arguments: [
      ("--demo status --json", "status --demo --json"),
      ("--config c.yaml --read-only ask hi", "ask --config c.yaml --read-only hi"),
      ("--config=c.yaml doctor", "doctor --config=c.yaml"), ("status --demo", "status --demo"),
      ("--demo", "--demo"), ("--read-only --theme mono", "--read-only --theme mono"), ("--config", "--config"),
      ("--demo ask --json", "ask --demo --json"), ("--demo nonsense", "nonsense --demo"), ("", ""),
    ])
  func order(_ line: String, _ expected: String) { #expect(moved(line) == expected) }

  @Test("DOCK-01 a command that does not exist is answered with the one that was meant")
  func unknown() {
    #expect(JarvisCommand.unknownCommand(["statsu"])?.advice.hasPrefix("did you mean status?") == true)
    #expect(JarvisCommand.unknownCommand(["frobnicate"])?.advice.contains("commands: screen, demo") == true)
    #expect(JarvisCommand.unknownCommand(["statsu"])?.exitCode == 2)
    for fine in [["status"], ["--theme", "x"], ["help", "ask"], []] {
      #expect(JarvisCommand.unknownCommand(fine) == nil)
    }
  }

  @Test("DOCK-02 the exit code says what kind of thing is wrong")
  func exitCodes() {
    #expect(Check("a", .good, "x").exitCode == 0)
    #expect(Check("a", .less, "x", kind: .configuration).exitCode == 0)
    #expect(Check("a", .bad, "x").exitCode == 1)
    #expect(Check("a", .bad, "x", kind: .unreachable).exitCode == 4)
    #expect(Check("a", UserFacingError(.configuration, attempted: "a", reason: "b")).exitCode == 3)
  }

  @Test("DOCK-02 ask tells apart: refused, not configured, not reachable, no answer")
  func askExitCodes() {
    func code(_ state: ChatMessage.State, _ states: [ProviderHealth.State], refused: Bool = false) -> Int32 {
      var answer = ChatMessage(
        conversation: ConversationID(rawValue: "c"), role: .assistant, text: "", at: .distantPast, state: state)
      if refused {
        answer.tools = [
          ToolActivity(
            id: "t", tool: "stop_guest", summary: "", tier: .red, startedAt: .distantPast, state: .refused("no key"))
        ]
      }
      return AskRun.Outcome(
        answer: answer, providers: states.map { ProviderHealth(route: .claude, model: "m", state: $0) }
      ).exitCode
    }
    #expect(code(.complete, [.ready]) == 0)
    #expect(code(.complete, [.ready], refused: true) == 5)
    #expect(code(.failed, [.absent("no key"), .absent("not configured")]) == 3)
    #expect(code(.failed, [.out("connection refused"), .absent("not configured")]) == 4)
    #expect(code(.failed, [.ready, .out("x")]) == 1)
  }
}

@Suite("How ask prints")
struct AnswerPrinterTests {
  private func print(_ pieces: [String], width: Int?, ascii: Bool = true) -> [String] {
    var written: [String] = []
    var printer = AnswerPrinter(width: width, ascii: ascii) { written.append($0) }
    for piece in pieces { printer.add(piece) }
    printer.finish()
    return written
  }

  @Test("ROUTE-08 on a terminal each block is plain text as soon as it is whole, however the stream is cut")
  func terminal() {
    let text = "All **well**.\n\n- `pve` runs\n- agent runs\n\n```\na\n\nb\n```\n\nDone"
    let whole = print([text], width: 40)
    #expect(whole.joined().hasPrefix("All well.\n\n"))
    #expect(!whole.joined().contains("*well") && !whole.joined().contains("```"))
    #expect(whole.joined().hasSuffix("Done\n"))
    #expect(whole.count == 4)
    #expect(print(text.map(String.init), width: 40) == whole)
  }

  @Test("ROUTE-08 into a pipe goes the Markdown itself, once")
  func pipe() {
    #expect(print(["All **we", "ll**.\n\n", "- x"], width: nil) == ["All **well**.\n\n- x\n"])
  }

  @Test("ROUTE-08 what another model takes back is not left standing")
  func withdrawn() {
    var written = ""
    var printer = AnswerPrinter(width: 40, ascii: true) { written += $0 }
    printer.add("One.\n\nTw")
    printer.put("")
    printer.add("Three.")
    printer.put("Three. Four.")
    printer.finish()
    #expect(written == "One.\n\n(What stands above is withdrawn.)\n\nThree. Four.\n")
    var piped = ""
    var silent = AnswerPrinter(width: nil, ascii: true) { piped += $0 }
    silent.add("One.")
    silent.put("")
    silent.add("Two.")
    silent.finish()
    #expect(piped == "Two.\n")
  }
}
