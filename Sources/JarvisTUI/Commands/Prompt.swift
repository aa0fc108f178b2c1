import Foundation
import JarvisAPI
import JarvisLock

/// Questions on standard error, answers from standard input: so that `init` works by hand and from a script.
struct Prompt: Sendable {
  /// An answer is at most this long.
  static let maximumAnswer = 16_384

  /// Why a question was not answered, where nobody can answer any more.
  static let ended = "standard input has ended"

  private let echo = TerminalEcho()

  func say(_ text: String = "") { Output.errorLine(Sanitiser.clean(text)) }

  /// One line; `fallback` where it is empty.
  /// - Throws: `UserFacingError` where standard input has ended.
  func ask(_ question: String, fallback: String? = nil) throws -> String {
    FileHandle.standardError.write(Data((question + (fallback.map { " [\($0)]" } ?? "") + ": ").utf8))
    guard let line = readLine(strippingNewline: true) else {
      throw UserFacingError(
        .usage, attempted: "ask \"\(question)\"", reason: Self.ended,
        advice: "run it in a terminal, or give all answers on standard input")
    }
    let answer = String(line.prefix(Self.maximumAnswer)).trimmingCharacters(in: .whitespaces)
    return answer.isEmpty ? fallback ?? "" : answer
  }

  /// Yes or no; anything but a clear yes is a no.
  func consent(_ question: String) throws -> Bool {
    ["y", "yes"].contains(try ask(question + " [y/N]").lowercased())
  }

  /// A secret: not shown while it is typed.
  func secret(_ question: String) throws -> String {
    echo.hide()
    defer { if echo.restore() { say() } }
    return try ask(question)
  }

  /// Leaves the terminal as it was found, from whatever thread: for a command that ends in the middle of a question.
  func leave() {
    if echo.restore() { say() }
  }
}

/// Whether the terminal shows what is typed; remembers how it was found.
private final class TerminalEcho: Sendable {
  private let before = Guarded<termios?>(nil)

  /// Does nothing where standard input is no terminal.
  func hide() {
    before.withLock { before in
      var found = termios()
      guard before == nil, isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &found) == 0 else { return }
      before = found
      found.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &found)
    }
  }

  /// - Returns: true where it was hidden.
  func restore() -> Bool {
    before.withLock { before in
      guard var found = before else { return false }
      before = nil
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &found)
      return true
    }
  }
}
