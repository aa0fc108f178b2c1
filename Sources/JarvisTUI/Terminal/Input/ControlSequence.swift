/// The parts of a control sequence behind `Esc [` (ECMA-48): an optional private prefix, numbers, a final byte.
struct ControlSequence: Equatable {
  /// One of `<`, `=`, `>`, `?`.
  var prefix: UInt8?
  /// Missing numbers are 0. Of a number with sub-parameters only the first counts.
  var numbers: [Int]
  var final: UInt8

  /// Larger numbers mean nothing in any sequence.
  static let maximumNumber = 0x10FFFF

  init(_ body: ArraySlice<UInt8>) {
    var rest = body.dropLast()
    final = body.last ?? 0
    if let first = rest.first, (0x3C...0x3F).contains(first) {
      prefix = first
      rest = rest.dropFirst()
    }
    numbers =
      rest.isEmpty
      ? []
      : rest.split(separator: 0x3B, omittingEmptySubsequences: false).map { part in
        part.prefix { (0x30...0x39).contains($0) }.reduce(0) { min(Self.maximumNumber, $0 * 10 + Int($1 - 0x30)) }
      }
  }

  /// The number at a place, a default where it is missing or 0.
  func number(_ index: Int, or standard: Int = 1) -> Int {
    index < numbers.count && numbers[index] != 0 ? numbers[index] : standard
  }
}
