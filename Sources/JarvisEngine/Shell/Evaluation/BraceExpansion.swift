/// `{a,b}` and `{1..3}`, as bash expands them before anything else.
enum BraceExpansion {
  /// The words that `word` becomes; nil beyond `ShellLimits.braceWords`.
  static func expand(_ word: Word) -> [Word]? {
    guard word.pieces.contains(where: hasBrace) else { return [word] }
    var open = 0
    for case .text(let text, quoted: false) in word.pieces {
      for byte in text.utf8 where byte == Byte.openBrace { open += 1 }
    }
    guard open <= ShellLimits.braces else { return nil }
    var units: [Unit] = []
    for piece in word.pieces {
      if case .text(let text, quoted: false) = piece {
        units += text.map { Unit.plain($0) }
      } else {
        units.append(.whole(piece))
      }
    }
    var budget = ShellLimits.braceWords
    guard let expanded = expand(units[...], &budget, depth: 0) else { return nil }
    return expanded.map { Word(pieces: pieces($0), range: word.range) }
  }

  /// The word may become more than 10,000.
  static func isVast(_ word: Word) -> Bool {
    var total = 1
    for case .text(let text, quoted: false) in word.pieces where text.utf8.contains(Byte.openBrace) {
      for part in text.split(separator: "{").prefix(64) {
        let inner = part.prefix { $0 != "}" }
        var items = 1 + inner.utf8.filter { $0 == UInt8(ascii: ",") }.count
        let ends = inner.split(separator: ".", omittingEmptySubsequences: true)
        if inner.contains(".."), ends.count >= 2 {
          let isNumber = ends.prefix(2).allSatisfy { $0.utf8.allSatisfy { Byte.isDigit($0) || "+-".utf8.contains($0) } }
          if let low = Int(ends[0]), let high = Int(ends[1]) {
            let distance = high.subtractingReportingOverflow(low)
            if distance.overflow || distance.partialValue.magnitude > 10_000 { return true }
            items = max(items, abs(distance.partialValue) + 1)
          } else if isNumber {
            return true
          }
        }
        total *= items
        if total > 10_000 { return true }
      }
    }
    return false
  }

  private enum Unit {
    case plain(Character)
    case whole(Piece)

    var character: Character? { if case .plain(let character) = self { character } else { nil } }
  }

  private static func hasBrace(_ piece: Piece) -> Bool {
    if case .text(let text, quoted: false) = piece { text.contains("{") } else { false }
  }

  private static func expand(_ units: ArraySlice<Unit>, _ budget: inout Int, depth: Int) -> [[Unit]]? {
    guard depth < 12 else { return nil }
    var search = units.startIndex
    while let open = units[search...].firstIndex(where: { $0.character == "{" }) {
      if let (alternatives, end) = alternatives(in: units, from: open) {
        let before = Array(units[units.startIndex..<open])
        guard let tails = expand(units[end...], &budget, depth: depth + 1) else { return nil }
        var result: [[Unit]] = []
        for alternative in alternatives {
          guard let heads = expand(alternative[...], &budget, depth: depth + 1) else { return nil }
          for head in heads {
            for tail in tails {
              budget -= 1
              if budget < 0 { return nil }
              result.append(before + head + tail)
            }
          }
        }
        return result
      }
      search = units.index(after: open)
    }
    return [Array(units)]
  }

  /// What stands between the commas of the brace at `open`, and where it ends; nil where it is no expansion.
  private static func alternatives(in units: ArraySlice<Unit>, from open: Int) -> ([[Unit]], end: Int)? {
    var level = 0
    var parts: [[Unit]] = [[]]
    for index in units.indices[open...] {
      let character = units[index].character
      if character == "{" {
        level += 1
        if level == 1 { continue }
      } else if character == "}" {
        level -= 1
        if level == 0 {
          if parts.count > 1 { return (parts, index + 1) }
          return sequence(parts[0]).map { ($0, index + 1) }
        }
      } else if character == ",", level == 1 {
        parts.append([])
        continue
      }
      parts[parts.count - 1].append(units[index])
    }
    return nil
  }

  /// `1..5`, `a..e`, with an optional step.
  private static func sequence(_ units: [Unit]) -> [[Unit]]? {
    let characters = units.compactMap(\.character)
    guard characters.count == units.count else { return nil }
    let ends = String(characters).split(on: ".").filter { !$0.isEmpty }
    guard characters.contains("."), (2...3).contains(ends.count), String(characters).contains("..") else { return nil }
    let size = ends.count == 3 ? (Int(ends[2]) ?? 1).magnitude : 1
    guard size > 0, size < 1_000_000, let step = Int(exactly: size) else { return nil }
    if let low = Int(ends[0]), let high = Int(ends[1]) {
      let (small, large) = (Swift.min(low, high), Swift.max(low, high))
      // An endless list is cut: its words differ in nothing that matters.
      let distance = large.subtractingReportingOverflow(small)
      let upper = distance.overflow || distance.partialValue > 200 ? small + 200 : large
      return stride(from: small, through: upper, by: step).map { String($0).map { Unit.plain($0) } }
    }
    guard ends[0].count == 1, ends[1].count == 1, let low = ends[0].first?.asciiValue,
      let high = ends[1].first?.asciiValue
    else { return nil }
    return stride(from: Swift.min(low, high), through: Swift.max(low, high), by: Swift.min(step, 64))
      .map { [.plain(Character(Unicode.Scalar($0)))] }
  }

  private static func pieces(_ units: [Unit]) -> [Piece] {
    var result: [Piece] = []
    var text = ""
    for unit in units {
      switch unit {
      case .plain(let character): text.append(character)
      case .whole(let piece):
        if !text.isEmpty { result.append(.text(text, quoted: false)) }
        text = ""
        result.append(piece)
      }
    }
    if !text.isEmpty { result.append(.text(text, quoted: false)) }
    return result
  }
}
