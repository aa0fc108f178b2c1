/// A terminal, real or headless. Owned by one thread.
public protocol Screen: AnyObject {
  var size: Size { get }
  /// Shows this frame; only what changed since the last one is sent.
  func present(_ canvas: Canvas)
  /// The next input that is already there; nil when none waits. Never blocks.
  func nextInput() -> Input?
  /// Readable when input waits; nil where there is no such thing.
  var inputDescriptor: Int32? { get }
  /// Whether a frame can be sent without waiting. A frame that cannot is not drawn at all.
  var isWritable: Bool { get }
  /// When `nextInput()` must be asked again although no byte came: a lone Esc becomes a key only after a pause.
  var inputDeadline: ContinuousClock.Instant? { get }
  /// Forgets what is shown, so that the next frame is sent whole.
  func invalidate()
}

extension Screen {
  public var inputDescriptor: Int32? { nil }
  public var isWritable: Bool { true }
  public var inputDeadline: ContinuousClock.Instant? { nil }
  public func invalidate() {}
}
