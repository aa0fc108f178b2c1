/// Puts the pieces of a word together, splitting where an unquoted value has blanks.
struct ArgBuilder {
  var current = Arg("")
  private var done: [Arg] = []
  private var isEmpty = true

  mutating func add(_ text: String) {
    current.text += text
    isEmpty = false
  }

  mutating func add(_ value: Arg, quoted: Bool) {
    current.isExpanded = true
    current.origin.formUnion(value.origin)
    current.isKnown = current.isKnown && value.isKnown
    if quoted || value.isTameValue {
      // A value that is one word needs no leading mark of danger.
      current.text += value.isTameValue && current.text.isEmpty ? "x" + value.text : value.text
      if value.hasGlob { current.hasGlob = true }
      if let content = value.content { current.content = content }
      isEmpty = false
      return
    }
    guard value.isKnown else {
      current.text += value.text
      if value.isWord { current.hasGlob = true } else { current.canSplit = true }
      isEmpty = false
      return
    }
    if value.canSplit { current.canSplit = true }
    if Glob.isPattern(value.text) { current.hasGlob = true }
    let words = value.text.split(omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" || $0 == "\n" }
    let isBlank: (Character?) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" }
    if isBlank(value.text.first) { cut() }
    for (index, word) in words.enumerated() {
      if index > 0 { cut() }
      current.text += word
      isEmpty = false
    }
    if isBlank(value.text.last), !words.isEmpty { cut() }
  }

  private mutating func cut() {
    if !isEmpty { done.append(current) }
    current.text = ""
    current.isExpanded = true
    isEmpty = true
  }

  /// The words; none where an unquoted value was empty.
  mutating func finish() -> [Arg] {
    if !isEmpty { done.append(current) }
    return done
  }
}
