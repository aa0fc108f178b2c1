/// A terminal that is not there: inputs come from a script, frames are kept.
public final class HeadlessScreen: Screen {
  public private(set) var size: Size
  /// What was shown, oldest first; at most `maximumFrames`, older ones are dropped.
  public private(set) var frames: [Canvas] = []
  /// How many frames were shown in all.
  public private(set) var frameCount = 0
  /// Whether the terminal would be ours; a script may take it away.
  public var isInForeground = true
  /// How often the terminal was taken again.
  public private(set) var resumeCount = 0
  private var inputs: [Input]
  private let maximumFrames: Int

  /// - Parameters:
  ///   - inputs: what `nextInput()` gives, in this order.
  ///   - maximumFrames: how many frames are kept.
  public init(size: Size, inputs: [Input] = [], maximumFrames: Int = 64) {
    self.size = size
    self.inputs = inputs
    self.maximumFrames = max(1, maximumFrames)
  }

  public func present(_ canvas: Canvas) {
    frameCount += 1
    frames.append(canvas)
    if frames.count > maximumFrames { frames.removeFirst(frames.count - maximumFrames) }
  }

  public func nextInput() -> Input? {
    guard !inputs.isEmpty else { return nil }
    let input = inputs.removeFirst()
    if case .resize(let size) = input { self.size = size }
    return input
  }

  public func resume() { resumeCount += 1 }

  public var hasInput: Bool { !inputs.isEmpty }

  /// Adds to the script.
  public func feed(_ more: [Input]) { inputs += more }

  /// Adds the keys of a text to the script, a key a character; a newline is Enter.
  public func type(_ text: String) {
    feed(text.map { .key(Key($0.isNewline ? .enter : .character($0))) })
  }

  /// The frame that is shown now; nil before the first.
  public var lastFrame: Canvas? { frames.last }

  /// The text of the frame that is shown now.
  public var lines: [String] { frames.last?.lines ?? [] }
}
