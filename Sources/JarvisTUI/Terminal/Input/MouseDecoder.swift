/// Which mouse event a report stands for.
enum MouseDecoder {
  /// No terminal is larger.
  static let maximumCell = 9_999

  /// The SGR form (mode 1006): `Esc [ < button ; x ; y M` or `m`, places from 1.
  static func modern(_ sequence: ControlSequence) -> Mouse? {
    guard sequence.numbers.count == 3 else { return nil }
    return mouse(
      button: sequence.numbers[0], x: sequence.numbers[1] - 1, y: sequence.numbers[2] - 1,
      isRelease: sequence.final == 0x6D)
  }

  /// The old form, where a release does not say of which button.
  static func legacy(button: Int, x: Int, y: Int) -> Mouse? {
    mouse(button: button, x: x, y: y, isRelease: button >= 0 && button & 0x43 == 3)
  }

  /// Bits of `button`: 3 which one, 32 moved, 64 wheel; 4, 8, 16 are modifier keys.
  private static func mouse(button: Int, x: Int, y: Int, isRelease: Bool) -> Mouse? {
    guard button >= 0, (0...maximumCell).contains(x), (0...maximumCell).contains(y) else { return nil }
    if button & 64 != 0 {
      switch button & 3 {
      case 0: return isRelease ? nil : Mouse(.wheelUp, x: x, y: y)
      case 1: return isRelease ? nil : Mouse(.wheelDown, x: x, y: y)
      default: return nil
      }
    }
    if isRelease { return Mouse(.release, x: x, y: y) }
    if button & 32 != 0 { return button & 3 == 3 ? nil : Mouse(.drag, x: x, y: y) }
    // Only the left button does anything; the others are the terminal's own (paste, menu).
    return button & 3 == 0 ? Mouse(.press, x: x, y: y) : nil
  }
}
