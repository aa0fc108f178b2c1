/// Turns the bytes of a terminal into inputs. A value without any I/O: what is split over two reads is put together,
/// and whatever bytes come, it neither stops nor grows beyond its bounds.
///
/// A sequence that has begun is held back. When no more bytes come within `pendingDelay`, the owner calls `flush()`:
/// that is how a lone Esc becomes a key.
public struct InputDecoder: Sendable {
  /// A paste is cut here; the rest of it is thrown away up to its end mark.
  public static let maximumPasteBytes = 2 * 1_024 * 1_024
  /// No control sequence of a terminal is longer; a longer one is thrown away.
  static let maximumSequence = 64
  /// Answers that come as strings (device control, clipboard) are skipped up to this length.
  static let maximumString = 64 * 1_024

  /// How long an Esc waits for the rest of its sequence.
  public static let escapeDelay: Duration = .milliseconds(25)
  /// How long a paste without its end mark waits for more.
  public static let pasteDelay: Duration = .milliseconds(1_000)

  /// Answers to questions about terminal modes (DECRPM): mode to state, 1 set, 2 reset, 0 unknown, 3 and 4 fixed.
  public private(set) var modes: [Int: Int] = [:]
  /// Answers about more modes than this were never asked for.
  static let maximumModes = 16

  private var pending: [UInt8] = []
  private var paste: PasteCollector?
  /// Inside a string answer: how many bytes were skipped, and whether the last one was Esc.
  private var skipped: (count: Int, isEscape: Bool)?

  public init() {}

  /// How long to wait for more before `flush()`; nil when nothing is held back.
  public var pendingDelay: Duration? {
    if paste != nil { return Self.pasteDelay }
    return pending.isEmpty && skipped == nil ? nil : Self.escapeDelay
  }

  /// The inputs that are complete with these bytes.
  public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Input] {
    var inputs: [Input] = []
    for byte in bytes { take(byte, into: &inputs) }
    return inputs
  }

  /// No more bytes came in time: what is held back stands for itself.
  public mutating func flush() -> [Input] {
    if let open = paste {
      paste = nil
      return [.paste(open.text)]
    }
    skipped = nil
    let held = pending
    pending = []
    guard held.first == 0x1B else { return [] }
    if held.count == 1 { return [.key(Key(.escape))] }
    // Esc and one character that might have begun a sequence; longer ones were cut off and say nothing.
    guard held.count == 2, let key = KeyDecoder.single(held[1]) else { return [] }
    return [.key(KeyDecoder.withAlt(key))]
  }

  // MARK: - One byte

  private mutating func take(_ byte: UInt8, into inputs: inout [Input]) {
    if paste != nil {
      if paste?.take(byte) == true, let done = paste {
        paste = nil
        inputs.append(.paste(done.text))
      }
      return
    }
    if let state = skipped {
      skip(byte, after: state)
      return
    }
    if byte == 0x1B, !pending.isEmpty {
      // A new sequence ends whatever was there; a lone Esc before it was a key.
      if pending == [0x1B] { inputs.append(.key(Key(.escape))) }
      pending = [0x1B]
      return
    }
    pending.append(byte)
    decode(into: &inputs)
    if pending.count > Self.maximumSequence { pending = [] }
  }

  private mutating func skip(_ byte: UInt8, after state: (count: Int, isEscape: Bool)) {
    // Ends with BEL, or with Esc and a backslash; or it was no string at all.
    let isEnd = byte == 0x07 || (state.isEscape && byte == 0x5C) || state.count >= Self.maximumString
    skipped = isEnd ? nil : (state.count + 1, byte == 0x1B)
  }

  private mutating func decode(into inputs: inout [Input]) {
    guard let first = pending.first else { return }
    if first != 0x1B {
      decodeCharacter(from: 0, alt: false, into: &inputs)
      return
    }
    guard pending.count > 1 else { return }
    switch pending[1] {
    case 0x5B: decodeControlSequence(into: &inputs)  // [
    case 0x4F:  // O
      guard pending.count > 2, let last = pending.last, last >= 0x40 else { return }
      emit(KeyDecoder.applicationKey(pending[2...]), into: &inputs)
    case 0x50, 0x58, 0x5D, 0x5E, 0x5F:  // P X ] ^ _
      guard pending.count > 2 else { return }
      let last = pending[2]
      pending = []
      skipped = (0, false)
      skip(last, after: (0, false))
    default: decodeCharacter(from: 1, alt: true, into: &inputs)
    }
  }

  private mutating func decodeCharacter(from start: Int, alt: Bool, into inputs: inout [Input]) {
    let bytes = pending[start...]
    guard let first = bytes.first else { return }
    if first < 0x80 {
      emit(KeyDecoder.single(first).map { alt ? KeyDecoder.withAlt($0) : $0 }, into: &inputs)
      return
    }
    switch KeyDecoder.scalar(bytes) {
    case .incomplete: return
    case .invalid:
      // The last byte may begin something good; what came before it does not.
      let last = pending.last ?? 0
      let isFresh = bytes.count > 1 && (last < 0x80 || last >= 0xC0)
      pending = isFresh ? [last] : []
      if isFresh { decode(into: &inputs) }
    case .scalar(let scalar):
      let isControl = (0x80..<0xA0).contains(scalar.value)
      emit(isControl ? nil : Key(.character(Character(scalar)), alt: alt), into: &inputs)
    }
  }

  private mutating func decodeControlSequence(into inputs: inout [Input]) {
    guard pending.count > 2, let last = pending.last else { return }
    let body = pending[2...]
    if body.first == 0x5B {  // The Linux console's F1 to F5: Esc [ [ A
      guard body.count > 1 else { return }
      emit((0x41...0x45).contains(last) ? Key(.function(Int(last) - 0x40)) : nil, into: &inputs)
      return
    }
    if body.first == 0x4D {  // The old mouse protocol: three bytes behind the M
      guard body.count == 4 else { return }
      let parts = body.dropFirst().map { Int($0) - 32 }
      emit(MouseDecoder.legacy(button: parts[0], x: parts[1] - 1, y: parts[2] - 1), into: &inputs)
      return
    }
    if (0x20...0x3F).contains(last) { return }
    guard (0x40...0x7E).contains(last) else {
      // Nothing of a sequence: a control byte is a key of its own.
      pending = last < 0x20 ? [last] : []
      if !pending.isEmpty { decode(into: &inputs) }
      return
    }
    let sequence = ControlSequence(body)
    pending = []
    switch (sequence.prefix, last) {
    case (nil, 0x49): inputs.append(.focus(true))
    case (nil, 0x4F): inputs.append(.focus(false))
    case (nil, 0x7E) where sequence.numbers.first == 200: paste = PasteCollector(limit: Self.maximumPasteBytes)
    case (0x3C, 0x4D), (0x3C, 0x6D): emit(MouseDecoder.modern(sequence), into: &inputs)
    case (0x3F, 0x79):
      if sequence.numbers.count == 2, modes.count < Self.maximumModes {
        modes[sequence.numbers[0]] = sequence.numbers[1]
      }
    case (nil, _): emit(KeyDecoder.key(of: sequence), into: &inputs)
    default: break
    }
  }

  private mutating func emit(_ key: Key?, into inputs: inout [Input]) {
    pending = []
    if let key { inputs.append(.key(key)) }
  }

  private mutating func emit(_ mouse: Mouse?, into inputs: inout [Input]) {
    pending = []
    if let mouse { inputs.append(.mouse(mouse)) }
  }
}
