import CNcurses
import Glibc

/// The time that a screen owns the terminal, from `open` to `close`.
///
/// Whatever ends the process in between – normal exit, SIGTERM, SIGHUP, SIGINT, SIGQUIT, a crash – the terminal is put
/// back as it was. Only `kill -9` cannot be caught: then the shell command `reset` helps.
@UI public final class TerminalSession {
  public let screen: NcursesScreen
  private let input: Int32
  private var isOpen = true
  private var savedModes: termios
  private var savedError: Int32?

  private init(screen: NcursesScreen, input: Int32, savedModes: termios) {
    self.screen = screen
    self.input = input
    self.savedModes = savedModes
  }

  /// What the terminal can do. With `.mono` colours take the theme `ThemeLibrary.colourlessName`; set the theme's
  /// glyphs to `glyphs`.
  public var capabilities: TerminalCapabilities { screen.actualCapabilities }

  /// Checks the terminal, remembers how it is, installs the handlers, and switches to the screen.
  /// - Parameters:
  ///   - environment: see `TerminalCapabilities.detect`.
  ///   - colour: the user's choice of colours; nil decides from the environment.
  /// - Throws: `TerminalError`, with the terminal untouched.
  public static func open(
    environment: [String: String], colour: ColourMode? = nil, input: Int32 = STDIN_FILENO,
    output: Int32 = STDOUT_FILENO, clock: @escaping () -> ContinuousClock.Instant = { .now }
  ) throws(TerminalError) -> TerminalSession {
    if isatty(input) == 0 { throw .notATerminal(descriptor: "standard input") }
    if isatty(output) == 0 { throw .notATerminal(descriptor: "standard output") }
    let isUTF8 = jarvis_set_utf8_locale() == 1
    let capabilities = try TerminalCapabilities.detect(
      environment: environment, isUTF8: isUTF8, requested: colour, isUsable: { jarvis_terminfo_usable($0) == 1 })
    var modes = termios()
    guard tcgetattr(input, &modes) == 0 else {
      throw .system(action: "tcgetattr", reason: String(cString: strerror(errno)))
    }
    let restore = TerminalModes.restore(understandsModes: capabilities.understandsModes)
    let wake = UI.shared.executor.pipe.writeEnd
    // Before ncurses: it installs its own handlers only where there are none.
    guard jarvis_guard_arm(output, &modes, restore, restore.utf8.count, wake) == 0 else {
      throw .system(action: "sigaction", reason: String(cString: strerror(errno)))
    }
    do {
      let screen = try NcursesScreen(
        capabilities: capabilities, isUTF8: isUTF8, input: input, output: output, clock: clock)
      return TerminalSession(screen: screen, input: input, savedModes: modes)
    } catch {
      jarvis_guard_disarm()
      throw error
    }
  }

  /// Points standard error at `descriptor` (a log file) while the screen is up: a library's complaint would land in
  /// the middle of it. `close` points it back.
  public func redirectStandardError(to descriptor: Int32) {
    guard savedError == nil, isOpen else { return }
    savedError = dup(STDERR_FILENO)
    dup2(descriptor, STDERR_FILENO)
  }

  /// Gives the terminal back. Safe to call twice.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    screen.close()
    // Whatever ncurses remembered, these are the modes that were found.
    tcsetattr(input, TCSANOW, &savedModes)
    jarvis_guard_disarm()
    if let saved = savedError {
      dup2(saved, STDERR_FILENO)
      Glibc.close(saved)
      savedError = nil
    }
  }
}
