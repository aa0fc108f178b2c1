/// A template of the corpus: text with `[a|b]` to choose from and `{slot}` to fill; choices may stand inside of each other.
struct Template: Sendable {
  indirect enum Part: Sendable {
    case text(String)
    case slot(String)
    case choice([[Part]])
  }
  let parts: [Part]
  /// How many different messages its choices make, slots not counted; at most `maximumVariants`.
  let variants: Int
  static let maximumVariants = 100_000

  /// - Parameter slots: names that `{…}` may have; other braces are text.
  init(_ source: String, slots: Set<String>) {
    var scalars = Array(source.unicodeScalars)[...]
    parts = Self.sequence(&scalars, slots: slots, inside: false)
    variants = Self.count(parts)
  }

  private static func sequence(
    _ rest: inout ArraySlice<Unicode.Scalar>, slots: Set<String>, inside: Bool
  ) -> [Part] {
    var parts: [Part] = []
    var text = String.UnicodeScalarView()
    func flush() {
      if !text.isEmpty { parts.append(.text(String(text))) }
      text = String.UnicodeScalarView()
    }
    while let scalar = rest.first {
      if inside, scalar == "|" || scalar == "]" { break }
      rest.removeFirst()
      switch scalar {
      case "[":
        flush()
        var options: [[Part]] = []
        repeat {
          options.append(sequence(&rest, slots: slots, inside: true))
          let end = rest.popFirst()
          if end != "|" { break }
        } while true
        parts.append(.choice(options))
      case "{":
        let name = String(String.UnicodeScalarView(rest.prefix { $0 != "}" }))
        if slots.contains(name) {
          flush()
          rest.removeFirst(name.unicodeScalars.count + 1)
          parts.append(.slot(name))
        } else {
          text.append(scalar)
        }
      case "\\":
        if rest.first == "n" {
          rest.removeFirst()
          text.append("\n")
        } else {
          text.append(scalar)
        }
      default: text.append(scalar)
      }
    }
    flush()
    return parts
  }

  private static func count(_ parts: [Part]) -> Int {
    parts.reduce(1) { product, part in
      switch part {
      case .text: product
      case .slot: min(maximumVariants, product * 6)
      case .choice(let options): min(maximumVariants, product * options.reduce(0) { $0 + count($1) })
      }
    }
  }

  /// One message of this family.
  func fill(_ random: inout SplitMix, slot: (String, inout SplitMix) -> String) -> String {
    Self.fill(parts, &random, slot: slot)
  }

  private static func fill(
    _ parts: [Part], _ random: inout SplitMix, slot: (String, inout SplitMix) -> String
  ) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .slot(let name): text += slot(name, &random)
      case .choice(let options): text += fill(random.pick(options), &random, slot: slot)
      }
    }
    return text
  }
}
