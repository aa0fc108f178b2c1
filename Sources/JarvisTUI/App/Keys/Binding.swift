import JarvisTerminal

/// One row of the key table: what dispatch, help, footer, palette and `:` words are made from.
struct Binding: Sendable {
  /// Any of these; empty where only a word leads there.
  var keys: [Key]
  var action: Action
  var context: KeyContext
  /// What it does, as the help says it; empty where another row says it.
  var description: String
  /// Short text in the footer; nil keeps it out.
  var footer: String?
  /// The word behind `:`; nil where none leads there.
  var word: String?
  /// May change the cluster: left out where the screen may only read.
  var isDangerous: Bool

  init(
    _ keys: [Key], _ action: Action, in context: KeyContext = .everywhere, _ description: String, footer: String? = nil,
    word: String? = nil, dangerous: Bool = false
  ) {
    self.keys = keys
    self.action = action
    self.context = context
    self.description = description
    self.footer = footer
    self.word = word
    isDangerous = dangerous
  }
}

extension Key {
  /// The key as a person reads it: "^K", "Alt+Enter", "F3", "PgUp".
  var label: String {
    let name: String
    switch code {
    case .character(" "): name = "Space"
    case .character(let character): name = control ? String(character).uppercased() : String(character)
    case .enter: name = "Enter"
    case .tab: name = "Tab"
    case .backTab: name = "Shift+Tab"
    case .escape: name = "Esc"
    case .backspace: name = "Backspace"
    case .delete: name = "Del"
    case .insert: name = "Ins"
    case .up: name = "Up"
    case .down: name = "Down"
    case .left: name = "Left"
    case .right: name = "Right"
    case .home: name = "Home"
    case .end: name = "End"
    case .pageUp: name = "PgUp"
    case .pageDown: name = "PgDn"
    case .function(let number): name = "F\(number)"
    }
    if control { return isCharacter ? "^" + name : "Ctrl+" + name }
    return (alt ? "Alt+" : "") + name
  }

  private var isCharacter: Bool { if case .character = code { true } else { false } }

  /// The same key however a terminal tells it: Shift is in the letter already, and Ctrl knows no case.
  var normalised: Key {
    guard case .character(let character) = code else { return self }
    let letter = control ? Character(String(character).lowercased()) : character
    return Key(.character(letter), control: control, alt: alt)
  }

  /// The character that this key types; nil for keys that type none.
  var typed: Character? {
    guard case .character(let character) = code, !control, !alt else { return nil }
    return character
  }

  static func control(_ character: Character) -> Key { Key(.character(character), control: true) }
  static func plain(_ character: Character) -> Key { Key(.character(character)) }
}
