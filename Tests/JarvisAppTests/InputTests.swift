import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("Input line")
struct InputTests {
  @Test("Editing keys do what they do in a shell")
  func editing() {
    var session = Session.attached()
    session.type("one two three")
    session.press("^W")
    #expect(session.state.input.text == "one two ")
    session.press("^A")
    session.type("x")
    session.press("Del ^E Backspace Backspace")
    #expect(session.state.input.text == "xne tw")
    session.press("Left Left ^U")
    #expect(session.state.input.text == "tw")
    session.press("^X")
    #expect(session.state.input.isEmpty)
  }

  @Test("Alt+Enter and ^J make lines; Up and Down move in them, then in the history")
  func lines() {
    var session = Session.attached()
    for text in ["first", "second"] {
      session.type(text)
      session.press("Enter")
    }
    session.type("draft\nbelow")
    session.press("^J")
    session.type("last")
    #expect(session.state.input.text == "draft\nbelow\nlast")
    session.press("Up Up")
    #expect(session.state.input.text == "draft\nbelow\nlast")
    session.press("Up")
    #expect(session.state.input.text == "second")
    session.press("Up Up")
    #expect(session.state.input.text == "first")
    session.press("Down Down")
    #expect(session.state.input.text == "draft\nbelow\nlast")
  }

  @Test("A paste of 1 MB is bounded, says so, and is one message")
  func paste() {
    var session = Session.attached()
    session.send(.paste(String(repeating: "line of text\n", count: 80_000)))
    #expect(session.state.input.characters.count == AppLimits.inputCharacters)
    #expect(session.sees("pasted in part: 1,024,000 characters"))
    #expect(session.commands.isEmpty)
    session.press("Enter")
    #expect(session.commands.count == 1)
  }

  @Test("Pasted and typed text is made harmless")
  func harmless() {
    var session = Session.attached()
    session.send(.paste("a\u{1B}[31mb\u{07}\u{202E}c"))
    #expect(session.state.input.text == "abc")
  }

  @Test("Joined emoji arrive scalar by scalar and stay one character")
  func joined() {
    var line = InputLine()
    for scalar in "👩‍💻e\u{301}".unicodeScalars { line.insert(String(scalar)) }
    #expect(line.characters.count == 2)
    line.backspace()
    #expect(line.text == "👩‍💻")
  }

  @Test("Long lines wrap and the cursor is where the text ends", arguments: [45, 80, 200])
  func wrapping(columns: Int) throws {
    var session = Session.attached(columns, 30)
    session.type(String(repeating: "wide 漢字 ", count: 20))
    session.type("END")
    let cursor = try #require(session.canvas.cursor)
    let place = try #require(session.find("END"))
    #expect(cursor.x == place.x + 3)
    #expect(cursor.y == place.y)
  }

  @Test("The cursor stands in a field while one is typed into, and nowhere in a card that only takes keys")
  func cursor() {
    var session = ApprovalTests.waiting(ApprovalTests.red)
    #expect(session.canvas.cursor != nil)
    session.press("Tab")
    #expect(session.canvas.cursor == nil)
    session.press("Y 1 0")
    #expect(session.canvas.cursor != nil)
  }

  @Test("Ctrl-C clears, then says how to quit, then quits; any other key disarms it")
  func controlC() {
    var session = Session.attached()
    session.type("hello")
    session.press("^C")
    #expect(session.state.input.isEmpty)
    session.press("x Backspace ^C")
    #expect(session.effects.isEmpty)
    #expect(session.sees("Ctrl-C once more"))
    session.wait(4)
    session.press("^C")
    #expect(session.effects.isEmpty)
    session.press("^C")
    #expect(session.effects == [.quit])
  }

  @Test("Nothing typed before the engine is attached is lost")
  func beforeAttach() {
    var session = Session(100, 30)
    session.type("is everything ok?")
    session.press("Enter")
    #expect(session.effects.isEmpty)
    #expect(session.sees("still starting"))
    session.send(.attached(Sample.snapshot()))
    session.press("Enter")
    #expect(session.commands == [.send(text: "is everything ok?", conversation: Sample.conversation)])
  }
}
