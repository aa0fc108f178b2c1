import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Keys, words, palette, help")
struct KeyTests {
  let golden = Golden()

  @Test("No key means two things in one place")
  func unambiguous() {
    for context in KeyContext.allCases {
      let keys = KeyTable.standard.bindings.filter { $0.context == context }.flatMap(\.keys).map(\.normalised)
      #expect(Set(keys).count == keys.count, "\(context)")
    }
  }

  @Test("Every F-key is a word too, and every word finds its action")
  func words() {
    for binding in KeyTable.standard.bindings {
      if binding.keys.contains(where: { if case .function = $0.code { true } else { false } }) {
        #expect(binding.word != nil, "\(binding.description)")
      }
      if let word = binding.word {
        #expect(CommandWord(parsing: word, keys: .standard, typed: []) == .action(binding.action))
      }
    }
  }

  @Test("The help is the key table")
  func help() throws {
    var session = Session.attached(100, 30)
    session.press("?")
    let lines = HelpText.lines(session.state).map(\.text)
    for binding in KeyTable.standard.bindings where !binding.description.isEmpty {
      #expect(lines.contains { $0.contains(binding.description) }, "\(binding.description)")
    }
    #expect(try golden.difference(session.picture, name: "help") == nil)
    session.press("PgDn Esc")
    #expect(!session.sees("HELP"))
  }

  @Test("The palette finds actions, typed commands and conversations")
  func palette() throws {
    var session = Session.attached(100, 30)
    session.press("^K")
    #expect(try golden.difference(session.picture, name: "palette") == nil)
    session.type("dns")
    session.press("Enter")
    #expect(session.commands == [.openConversation(ConversationID(rawValue: "c2"))])
    session.press("^K")
    session.type("/start")
    session.press("Enter")
    #expect(session.state.input.text == "/start ")
    session.press("^K")
    session.type("tasks")
    session.press("Enter")
    #expect(session.state.shownView == .tasks)
  }

  @Test("Words behind the colon: actions, themes, typed commands, and what is wrong")
  func commandLine() {
    var session = Session.attached()
    func run(_ line: String) {
      session.type(":" + line)
      session.press("Enter")
    }
    run("theme amber")
    run("start 102")
    run("rename dns again")
    #expect(
      session.takeEffects().map { effect -> String in
        switch effect {
        case .setTheme(let name): name
        case .perform(.typed(let line, _), _): line
        case .perform(.renameConversation(_, let title), _): title
        default: "?"
        }
      } == ["amber", "start 102", "dns again"])
    run("nonsense")
    #expect(session.sees("no command \"nonsense\""))
    session.press("Esc")
    run("quit")
    #expect(session.takeEffects() == [.quit])
    session.press("^Q ^L ^Z F12")
    #expect(session.takeEffects() == [.quit, .redraw, .suspend, .setMouse(false)])
  }

  @Test("Deleting a conversation asks first")
  func delete() {
    var session = Session.attached()
    session.type(":delete")
    session.press("Enter")
    #expect(session.sees("Delete \"disk on pve\" for good?"))
    #expect(session.commands.isEmpty)
    session.press("n")
    session.type(":delete")
    session.press("Enter y")
    #expect(session.commands == [.deleteConversation(Sample.conversation)])
  }

  @Test("The footer is made from the key table and says who may decide")
  func footer() {
    var session = ApprovalTests.waiting()
    #expect(session.sees("you hold the approval key"))
    #expect(session.sees("^K palette"))
    session.press("Tab")
    #expect(session.frame.last?.contains("n no, and say why") == true)
  }

  @Test("Every scope that is drawn is one that themes know")
  func scopes() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/JarvisTUI/App")
    let known = Set(ThemeScopes.all)
    var found = 0
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      let families =
        "text|panel|chat|state|event|approval|input|tab|gauge|graph|field|footer|help|palette|table|selection"
      let pattern = try Regex("\"((?:\(families))\\.[a-z.]+)\"")
      for match in text.matches(of: pattern) {
        let scope = String(match.output[1].substring ?? "")
        found += 1
        #expect(known.contains(scope), "\(scope) in \(file.lastPathComponent)")
      }
    }
    #expect(found > 50)
  }
}
