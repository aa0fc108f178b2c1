import Foundation
import JarvisTerminal

/// What the screen knows of its surroundings: told once at its start, never read from the process.
public struct AppEnvironment: Sendable {
  /// The user's zone: every time on the screen is in it.
  public var timeZone: TimeZone
  /// No boot text, no pulsing colon.
  public var reducedMotion: Bool
  /// Only ASCII is drawn as decoration: no UTF-8 locale, or `TERM` is too simple.
  public var asciiOnly: Bool
  /// True where this process starts the engine: only then is there boot text.
  public var showsBoot: Bool

  public init(timeZone: TimeZone, reducedMotion: Bool = false, asciiOnly: Bool = false, showsBoot: Bool = true) {
    self.timeZone = timeZone
    self.reducedMotion = reducedMotion
    self.asciiOnly = asciiOnly
    self.showsBoot = showsBoot
  }

  /// A theme with the glyphs that this terminal can show.
  func fitted(_ theme: Theme) -> Theme { asciiOnly ? theme.with(glyphs: .ascii) : theme }
}
