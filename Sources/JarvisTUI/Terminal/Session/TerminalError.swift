/// Why there can be no screen. Each says what to do instead.
public enum TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Input or output is a pipe or a file.
  case notATerminal(descriptor: String)
  /// `TERM` is not set.
  case noTerminalType
  /// Terminfo does not know what `TERM` says.
  case unknownTerminalType(term: String)
  /// The type is known and cannot place the cursor.
  case cannotDraw(term: String)
  /// A system call failed.
  case system(action: String, reason: String)

  public var description: String {
    switch self {
    case .notATerminal(let descriptor):
      "The screen needs a terminal, but \(descriptor) is not one. "
        + "Use `jarvis-tui status` or `jarvis-tui ask` in pipes and scripts; with docker, `docker run -it`."
    case .noTerminalType:
      "The screen needs to know the kind of terminal, but TERM is not set. Try `TERM=xterm-256color jarvis-tui`."
    case .unknownTerminalType(let term):
      "There is no terminfo entry for TERM=\(term). Try `TERM=xterm-256color jarvis-tui`, "
        + "or install the entry (Debian: ncurses-term)."
    case .cannotDraw(let term):
      "A terminal of type '\(term)' cannot place its cursor, so there can be no screen. "
        + "Use `jarvis-tui status` and `jarvis-tui ask`, or set TERM to what the terminal really is."
    case .system(let action, let reason):
      "The terminal could not be prepared: \(action) failed (\(reason))."
    }
  }
}
