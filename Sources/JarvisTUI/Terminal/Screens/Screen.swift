/// A terminal, real or headless. Owned by one thread.
public protocol Screen: AnyObject {
  var size: Size { get }
  /// Shows this frame; only what changed since the last one is sent.
  func present(_ canvas: Canvas)
  /// The next input that is already there; nil when none waits. Never blocks.
  func nextInput() -> Input?
  /// Whether inputs wait that were read already, so that no descriptor tells of them.
  var hasInput: Bool { get }
  /// Readable when input waits; nil where there is no such thing.
  var inputDescriptor: Int32? { get }
  /// Writable when a frame can be sent; nil where there is no such thing.
  var outputDescriptor: Int32? { get }
  /// Whether a frame can be sent without waiting. A frame that cannot is not drawn at all.
  var isWritable: Bool { get }
  /// When `nextInput()` must be asked again although no byte came: a lone Esc becomes a key only after a pause.
  var inputDeadline: ContinuousClock.Instant? { get }
  /// Whether the terminal went away.
  var isGone: Bool { get }
  /// Forgets what is shown, so that the next frame is sent whole (Ctrl-L).
  func invalidate()
  /// The size may have changed: the next input tells the new one.
  func noteResize()
  /// Gives the terminal back and stops the process, as Ctrl-Z does; returns when it was continued.
  func suspend()
  /// Takes the terminal again after somebody else stopped and continued the process.
  func resume()
  /// Whether the terminal is this process's to read and draw on: false while a shell has it, after `bg` or a SIGCONT
  /// from outside.
  var isInForeground: Bool { get }
}

extension Screen {
  public var hasInput: Bool { false }
  public var inputDescriptor: Int32? { nil }
  public var outputDescriptor: Int32? { nil }
  public var isWritable: Bool { true }
  public var inputDeadline: ContinuousClock.Instant? { nil }
  public var isGone: Bool { false }
  public func invalidate() {}
  public func noteResize() {}
  public func suspend() {}
  public func resume() {}
  public var isInForeground: Bool { true }
}
