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
  /// Which key.
  public enum Code: Sendable, Hashable {
    /// One code point as typed; an accent or a joiner may come as a key of its own. Appending all to a string groups
    /// them again.
    case character(Character)
    case enter, tab, backTab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
  }
  /// Which key.
  public var code: Code
  /// With Ctrl held.
  public var control: Bool
  /// With Alt held, or after Esc.
  public var alt: Bool
  /// With Shift held, where the terminal tells; a capital letter is a letter of its own.
  public var shift: Bool
  /// With Ctrl held.
  public init(_ code: Code, control: Bool = false, alt: Bool = false, shift: Bool = false) {
    self.code = code
    self.control = control
    self.alt = alt
    self.shift = shift
  }
}

/// The mouse at a cell, 0-based.
public struct Mouse: Sendable, Hashable {
  /// What happened: the left button, a drag with it, the wheel.
  public enum Kind: Sendable, Hashable { case press, release, drag, wheelUp, wheelDown }
  /// What happened.
  public var kind: Kind
  /// Column, from 0.
  public var x: Int
  /// Row, from 0.
  public var y: Int
  public init(_ kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}
