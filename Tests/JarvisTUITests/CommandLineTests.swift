import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSafety
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
      ("--demo memory search dns", "memory search --demo dns"),
      ("memory --demo list --json", "memory list --demo --json"),
      ("--config c.yaml audit verify", "audit verify --config c.yaml"), ("--demo audit", "audit"),
      ("audit --demo export f", "audit export --demo f"), ("--demo audit verfiy", "audit verfiy"),
      ("--demo approvals", "approvals --demo"), ("--demo approvals show 3", "approvals show --demo 3"),
      ("--demo help ask", "help ask"), ("exec --demo pve ls --demo", "exec --demo pve ls --demo"),
      ("--demo freeze --reason x", "freeze --demo --reason x"),
    ])
  func order(_ line: String, _ expected: String) { #expect(moved(line) == expected) }

  @Test(
    "DOCK-01 every command takes the options of every command in front of it",
    arguments: [
      "status", "doctor", "ask hi", "route hi", "cost", "memory list", "memory search dns", "memory add x",
      "memory forget 1", "memory export", "memory import f", "memory stats", "freeze --reason x", "unfreeze",
      "approvals", "approvals list", "approvals show 1", "audit verify", "audit export", "maintenance list",
      "explain ls", "exec pve ls", "screen", "init",
    ])
  func everywhere(_ line: String) {
    for option in ["--demo", "--read-only", "--config c.yaml"] {
      let arguments = "\(option) \(line)".split(separator: " ").map(String.init)
      #expect(throws: Never.self) {
        _ = try JarvisCommand.parseAsRoot(JarvisCommand.commonOptionsMovedBehindCommand(arguments))
      }
    }
  }

  @Test("DOCK-01 a named configuration has no meaning in the demo, which reads none")
  func demoReadsNoConfiguration() {
    for line in [["status", "--demo", "--config", "c"], ["demo", "--config", "c"], ["--demo", "--config", "c"]] {
      #expect(throws: (any Error).self) { _ = try JarvisCommand.parseAsRoot(line) }
    }
  }

  @Test("DOCK-02 a configuration that was named must be there, whatever the command takes from it")
  func namedConfiguration() throws {
    for line in [
      ["audit", "verify"], ["approvals"], ["freeze", "--reason", "x"], ["unfreeze"], ["maintenance", "list"],
      ["explain", "ls"], ["route", "hi"], ["cost"], ["memory", "list"],
    ] {
      var command = try JarvisCommand.parseAsRoot(line + ["--config", "/nonexistent/config.yaml"])
      #expect(throws: ConfigurationError.self, "\(line)") { try command.run() }
    }
  }

  @Test("DOCK-02 a question is bounded and is text, wherever it comes from")
  func questions() throws {
    #expect(try AskCommand.question(Data("is all well?\n".utf8)) == "is all well?\n")
    let limit = AskCommand.maximumInput
    #expect(try AskCommand.question(Data(repeating: 97, count: limit)).count == limit)
    for (bytes, words) in [
      (Data(repeating: 97, count: limit + 1), "longer than"), (Data([0x68, 0, 0x69]), "no text"),
      (Data([0x7F, 0x45, 0x4C, 0x46, 0xFF, 0xFE]), "no text"), (Data(" \n".utf8), "empty"), (Data(), "empty"),
    ] {
      let error = #expect(throws: UserFacingError.self) { try AskCommand.question(bytes) }
      #expect(error?.kind == .usage && error?.reason.contains(words) == true)
    }
  }

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
