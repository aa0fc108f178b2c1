/// What a terminal can tell.
public enum Input: Sendable, Hashable {
  case key(Key)
  /// Text between the marks of a bracketed paste, as one piece, newlines as `\n`; cut at
  /// `InputDecoder.maximumPasteBytes`. It comes from outside: sanitise it before it is shown or sent.
  case paste(String)
  case mouse(Mouse)
  case resize(Size)
  /// Whether the terminal's window has the focus, where the terminal says so.
  case focus(Bool)
}

/// A key with its modifiers.
public struct Key: Sendable, Hashable {
  public enum Code: Sendable, Hashable {
    /// One code point as typed; an accent or a joiner may come as a key of its own. Appending all to a string groups
    /// them again.
    case character(Character)
    case enter, tab, backTab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
  }
  public var code: Code
  public var control: Bool
  public var alt: Bool
  public var shift: Bool
  public init(_ code: Code, control: Bool = false, alt: Bool = false, shift: Bool = false) {
    self.code = code
    self.control = control
    self.alt = alt
    self.shift = shift
  }
}

/// The mouse at a cell, 0-based.
public struct Mouse: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case press, release, drag, wheelUp, wheelDown }
  public var kind: Kind
  public var x: Int
  public var y: Int
  public init(_ kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}
