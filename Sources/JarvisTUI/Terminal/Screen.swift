/// A terminal, real or headless. Owned by one thread.
public protocol Screen: AnyObject {
  var size: Size { get }
  /// Shows this frame; only what changed since the last one is sent.
  func present(_ canvas: Canvas)
  /// The next input that is already there; nil when none waits. Never blocks.
  func nextInput() -> Input?
}
