import JarvisTerminal

/// Keys written as a person says them: `Tab`, `Esc`, `^K`, `Alt+Enter`, `F3`, `PgUp`, or one character.
public enum KeyScript {
  /// The keys of a script, words separated by spaces; nil where a word names no key.
  public static func keys(_ script: String) -> [Key]? {
    var keys: [Key] = []
    for word in script.split(separator: " ") {
      guard let key = key(String(word)) else { return nil }
      keys.append(key)
    }
    return keys
  }

  /// One key by its name.
  public static func key(_ word: String) -> Key? {
    if word.hasPrefix("Alt+") {
      var key = key(String(word.dropFirst(4)))
      key?.alt = true
      return key
    }
    if word.hasPrefix("^"), word.count == 2, let letter = word.lowercased().last {
      return Key(.character(letter), control: true)
    }
    if word.hasPrefix("F"), let number = Int(word.dropFirst()) { return Key(.function(number)) }
    if let code = named[word] { return Key(code) }
    return word.count == 1 ? word.first.map { Key(.character($0)) } : nil
  }

  private static let named: [String: Key.Code] = [
    "Enter": .enter, "Tab": .tab, "Shift+Tab": .backTab, "Esc": .escape, "Backspace": .backspace, "Del": .delete,
    "Ins": .insert, "Up": .up, "Down": .down, "Left": .left, "Right": .right, "Home": .home, "End": .end,
    "PgUp": .pageUp, "PgDn": .pageDown, "Space": .character(" "),
  ]
}
