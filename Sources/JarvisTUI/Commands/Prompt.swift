import Foundation
import JarvisAPI

/// Questions on standard error, answers from standard input: so that `init` works by hand and from a script.
struct Prompt {
  /// An answer is at most this long.
  static let maximumAnswer = 16_384

  func say(_ text: String = "") { Output.errorLine(Sanitiser.clean(text)) }

  /// One line; `fallback` where it is empty.
  /// - Throws: `UserFacingError` where standard input has ended.
  func ask(_ question: String, fallback: String? = nil) throws -> String {
    FileHandle.standardError.write(Data((question + (fallback.map { " [\($0)]" } ?? "") + ": ").utf8))
    guard let line = readLine(strippingNewline: true) else {
      throw UserFacingError(
        .usage, attempted: "ask \"\(question)\"", reason: "standard input has ended",
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
    var before = termios()
    let terminal = isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &before) == 0
    if terminal {
      var silent = before
      silent.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    }
    defer {
      if terminal {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
        say()
      }
    }
    return try ask(question)
  }
}
