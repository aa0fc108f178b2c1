/// A provider's secret. Printing, dumping or interpolating it shows a mask.
public struct APIKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The key itself, for the header of a request and nothing else.
  let value: String

  /// Nil where `text` holds no usable key: nothing but white space, or characters that a header cannot carry.
  public init?(_ text: String) {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { $0.value > 0x20 }),
      let last = scalars.lastIndex(where: { $0.value > 0x20 })
    else { return nil }
    let trimmed = String(scalars[first...last])
    guard trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    value = trimmed
  }

  public var description: String { "•••" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
