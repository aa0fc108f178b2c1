import JarvisAPI

/// What tools say to a model, said to a person: a tool is the command they can type, and "the person" is "you". Pure.
struct SpokenWords: Sendable {
  /// By tool name: "list_guests" → "/guests".
  private let commands: [Substring: String]
  /// A model's phrases and a person's, the longer before those that they hold.
  private static let phrases = [
    ("Asks the person, who types", "Asks you to type"), ("Asks the person first, who types", "Asks you to type"),
    ("Asks the person first", "Asks you first"), ("Asks the person", "Asks you"), ("ask the person", "ask you first"),
    (" Prefer typed tools.", ""),
  ]

  init(tools: [any Tool]) {
    commands = Dictionary(
      tools.map { (Substring($0.name), "/" + $0.typedName) }, uniquingKeysWith: { first, _ in first })
  }

  func spoken(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(where: Self.isName) {
      result += rest[..<start]
      let word = rest[start...].prefix(while: Self.isName)
      // Only a name of its own: "journal" is also an everyday word.
      result += word.contains("_") ? commands[word] ?? String(word) : String(word)
      rest = rest[word.endIndex...]
    }
    result += rest
    for (model, person) in Self.phrases where result.contains(model) { result = result.replacing(model, with: person) }
    return result
  }

  private static func isName(_ character: Character) -> Bool {
    character == "_" || character.isASCII && (character.isLetter || character.isNumber)
  }
}
