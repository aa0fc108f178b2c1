/// How many colours a terminal gets.
public enum ColourMode: String, Sendable, Hashable, CaseIterable {
  /// 24-bit colours.
  case direct
  /// The 256 of xterm: a 6×6×6 cube, 24 greys, and the user's own first 16, which are left alone.
  case indexed256 = "256"
  /// The user's first 16 (or 8).
  case indexed16 = "16"
  /// None: attributes only.
  case mono
}
