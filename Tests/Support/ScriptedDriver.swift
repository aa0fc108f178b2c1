import Foundation
import JarvisTerminal

/// Plays a session without a terminal: keys and events in, frames and effects out, on a clock that only moves when told.
///
/// Knows no screen in particular; a test target binds it to its own `update` and `view`.
public struct ScriptedDriver<State, Message, Effect> {
  public var state: State
  /// The time that `update` and `view` get.
  public private(set) var now: Date
  /// Everything that was asked for since the last `takeEffects()`.
  public private(set) var effects: [Effect] = []
  private let update: (inout State, Message, Date) -> [Effect]
  private let view: (State, Date) -> Canvas
  private let terminal: (Input) -> Message

  public init(
    _ state: State, now: Date, update: @escaping (inout State, Message, Date) -> [Effect],
    view: @escaping (State, Date) -> Canvas, terminal: @escaping (Input) -> Message
  ) {
    self.state = state
    self.now = now
    self.update = update
    self.view = view
    self.terminal = terminal
  }

  // MARK: In

  /// Any message.
  public mutating func send(_ message: Message) { effects += update(&state, message, now) }

  public mutating func send(_ input: Input) { send(terminal(input)) }

  /// Types text, a key a character; newlines are Alt+Enter.
  public mutating func type(_ text: String) {
    for character in text {
      send(.key(character == "\n" ? Key(.enter, alt: true) : Key(.character(character))))
    }
  }

  /// Presses keys, written as in `KeyScript`.
  /// - Returns: false where the script names a key that does not exist; nothing is pressed then.
  @discardableResult
  public mutating func press(_ script: String) -> Bool {
    guard let keys = KeyScript.keys(script) else { return false }
    for key in keys { send(.key(key)) }
    return true
  }

  public mutating func resize(_ columns: Int, _ rows: Int) {
    send(.resize(Size(columns: columns, rows: rows)))
  }

  /// Clicks the first place where this text stands.
  /// - Returns: false where it is not on the screen.
  @discardableResult
  public mutating func click(_ text: String) -> Bool {
    guard let place = find(text) else { return false }
    send(.mouse(Mouse(.press, x: place.x, y: place.y)))
    return true
  }

  /// Lets time pass; nothing else happens.
  public mutating func wait(_ seconds: TimeInterval) { now += seconds }

  // MARK: Out

  public var canvas: Canvas { view(state, now) }

  /// The frame as lines of text.
  public var frame: [String] { canvas.lines }

  /// True where this text stands on the screen in one line.
  public func sees(_ text: String) -> Bool { frame.contains { $0.contains(text) } }

  /// Column and row of the first place where this text stands.
  public func find(_ text: String) -> (x: Int, y: Int)? {
    for (y, line) in frame.enumerated() {
      if let range = line.range(of: text) { return (CellWidth.of(String(line[..<range.lowerBound])), y) }
    }
    return nil
  }

  /// What was asked for since the last time.
  public mutating func takeEffects() -> [Effect] {
    defer { effects.removeAll() }
    return effects
  }
}
