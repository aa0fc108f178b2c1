/// The private modes that Jarvis switches on by itself, because ncurses does not know them.
enum TerminalModes {
  /// Title saved and set, mouse with drags in the SGR form, focus, bracketed paste.
  static let enter = "\u{1B}[22;0t\u{1B}]0;Jarvis\u{07}" + mouseOn + "\u{1B}[?1004h\u{1B}[?2004h"
  static let leave = "\u{1B}[?2026l" + mouseOff + "\u{1B}[?1004l\u{1B}[?2004l\u{1B}[23;0t"
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"

  /// Asks whether synchronised output is known (DECRQM).
  static let askSynchronised = "\u{1B}[?2026$p"
  static let synchronised = 2026
  static let beginFrame = "\u{1B}[?2026h"
  static let endFrame = "\u{1B}[?2026l"

  /// Everything back, for a handler that knows nothing: modes, attributes, cursor, main screen.
  static func restore(understandsModes: Bool) -> String {
    (understandsModes ? leave : "") + "\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l"
  }
}
