/// The text of one cell: a base with its marks, as UTF-8 in sixteen bytes.
///
/// A frame has ten thousand of them, and most of drawing is copying and comparing cells. Without a reference inside, that
/// is copying and comparing memory: a frame takes two thirds of what it took with a `String` in each cell
/// (`jarvis-bench frames`).
public struct Glyph: Sendable, Hashable {
  /// UTF-8 from the lowest byte up; zeros behind it. Text of a cell holds no zero byte: controls are never drawn.
  private var low: UInt64
  private var high: UInt64

  /// Bytes that fit. Marks beyond are left out; a base takes four at most.
  static let maximumBytes = 16

  /// The right half of a wide character.
  static let none = Glyph(low: 0, high: 0)
  /// An empty cell.
  static let space = Glyph(ascii: 0x20)

  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// One printable ASCII character.
  init(ascii: UInt8) { self.init(low: UInt64(ascii), high: 0) }

  /// Whole scalars from the front of `text`, as many as fit.
  public init(_ text: String) {
    self = .none
    var used = 0
    for scalar in text.unicodeScalars {
      let bytes = UTF8.encode(scalar)
      guard let bytes, used + bytes.count <= Self.maximumBytes else { return }
      for byte in bytes {
        if used < 8 {
          low |= UInt64(byte) << (8 * UInt64(used))
        } else {
          high |= UInt64(byte) << (8 * UInt64(used - 8))
        }
        used += 1
      }
    }
  }

  /// True where there is no text: the right half of a wide character.
  public var isEmpty: Bool { low == 0 }

  /// The byte of a text of one ASCII character.
  var ascii: UInt8? { low < 0x80 && high == 0 && low != 0 ? UInt8(low) : nil }

  /// The same as a `String`.
  public var text: String {
    String(
      unsafeUninitializedCapacity: Self.maximumBytes
    ) { buffer in
      var count = 0
      while count < Self.maximumBytes {
        let byte = UInt8(truncatingIfNeeded: (count < 8 ? low : high) >> (8 * UInt64(count % 8)))
        if byte == 0 { break }
        buffer[count] = byte
        count += 1
      }
      return count
    }
  }
}
