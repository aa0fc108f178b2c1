/// Takes `<think>…</think>` out of a streamed answer, wherever the pieces are cut.
///
/// A template may write the opening tag into the prompt; then the answer begins inside a thought and only `</think>` is
/// seen. What stands before it cannot be told from an answer until it comes. So the first `holdBack` bytes wait; a closing
/// tag later than that makes everything before it a thought after the fact: it was shown, but is not in `answer`. Once that
/// happened (or the server told so) the provider starts the next answer with `Opening.missing`, and nothing leaks.
struct ThinkStripper: Sendable, Hashable {
  /// How answers of a model begin.
  enum Opening: Sendable, Hashable {
    /// Not seen yet: the beginning is held back.
    case unknown
    /// With the answer or with an opening tag: nothing is held back.
    case written
    /// Inside a thought: everything up to `</think>` is one.
    case missing
  }
  struct Piece: Sendable, Hashable {
    var text = ""
    var thinking = ""
  }

  /// Bytes of a first answer that wait for a lone closing tag: a sentence or two.
  static let holdBack = 256
  private static let openingTag = Array("<think>".utf8)
  private static let closingTag = Array("</think>".utf8)

  private enum Mode: Hashable { case start, answer, thought, presumedThought }
  private var mode: Mode
  /// What this answer taught about the model's template; `unknown` where it proved nothing.
  private(set) var opening: Opening
  /// An opening tag stood in this answer: a closing one then belongs to it.
  private var sawOpening = false
  /// Bytes that may be the beginning of a tag.
  private var tag: [UInt8] = []
  /// `start`: what waits; `presumedThought`: the answer, should no closing tag come.
  private var held: [UInt8] = []
  /// White space between a thought and its answer is dropped.
  private var skipsSpace = true
  private var text: [UInt8] = []
  private var thinking: [UInt8] = []
  private var whole: [UInt8] = []

  init(opening: Opening = .unknown) {
    self.opening = opening
    mode = opening == .missing ? .presumedThought : .start
  }

  /// All of the answer so far without any thought; differs from what was shown only after a late closing tag.
  var answer: String { String(decoding: whole, as: UTF8.self) }

  /// What is certain after `piece`.
  mutating func receive(_ piece: String) -> Piece {
    for byte in piece.utf8 { take(byte) }
    return flush()
  }

  /// What is left at the answer's end.
  mutating func finish() -> Piece {
    let rest = tag
    tag = []
    for byte in rest { place(byte) }
    if mode == .presumedThought {
      // No closing tag at all: it was the answer, and what was known of the template is in doubt.
      opening = .unknown
      thinking = []
      mode = .answer
      release()
    } else {
      release()
      if opening == .unknown, !whole.isEmpty { opening = .written }
    }
    return flush()
  }

  private mutating func take(_ byte: UInt8) {
    let candidate = tag + [byte]
    if Self.openingTag.starts(with: candidate) || Self.closingTag.starts(with: candidate) {
      tag = candidate
      if candidate == Self.openingTag {
        tag = []
        open()
      } else if candidate == Self.closingTag {
        tag = []
        close()
      }
      return
    }
    let before = tag
    tag = []
    for waiting in before { place(waiting) }
    // The byte that broke one tag may begin the next: "<<think>".
    if byte == Self.openingTag[0] { tag = [byte] } else { place(byte) }
  }

  private mutating func open() {
    sawOpening = true
    opening = .written
    switch mode {
    case .start, .answer: release()
    case .presumedThought: held = []
    case .thought: break
    }
    mode = .thought
  }

  private mutating func close() {
    switch mode {
    case .start:
      opening = .missing
      thinking += held
    case .presumedThought, .thought: break
    case .answer where !sawOpening:
      // Late: what was shown was a thought.
      opening = .missing
      whole = []
      text = []
    case .answer: break
    }
    held = []
    mode = .answer
    skipsSpace = true
  }

  private mutating func place(_ byte: UInt8) {
    switch mode {
    case .start:
      if held.isEmpty, Self.isSpace(byte) { return }
      held.append(byte)
      if opening == .written || held.count > Self.holdBack {
        release()
        mode = .answer
      }
    case .answer: show(byte)
    case .thought: thinking.append(byte)
    case .presumedThought:
      held.append(byte)
      thinking.append(byte)
    }
  }

  private mutating func release() {
    let waiting = held
    held = []
    for byte in waiting { show(byte) }
  }

  private mutating func show(_ byte: UInt8) {
    if skipsSpace, Self.isSpace(byte) { return }
    skipsSpace = false
    text.append(byte)
    whole.append(byte)
  }

  private mutating func flush() -> Piece {
    defer {
      text = []
      thinking = []
    }
    return Piece(text: String(decoding: text, as: UTF8.self), thinking: String(decoding: thinking, as: UTF8.self))
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
