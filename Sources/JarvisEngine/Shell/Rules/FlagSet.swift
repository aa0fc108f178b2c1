/// The options that a rule permits, written as a person would list them.
///
/// `"-al -n: -f= -C? --long --size: --file= --color? -# +"`: letters without a value may stand together; `:` takes any value,
/// `=` a value that is a path whose content is read, `?` an attached value or none; `-#` is `-5`; `+` is `+x`.
/// `-word:` with more than one letter and a sign is a single-dash word. `*` permits everything; `!-s` takes one out again.
/// `~`: no option of the program does more than read, so a word that is only known when it runs may be any of them; what is
/// written out must be listed all the same.
struct FlagSet: Sendable {
  enum Value: Sendable {
    case none, any, path, optional
  }

  private(set) var isAny = false
  private var isHarmless = false
  private var letters: [Character: Value] = [:]
  private var words: [String: Value] = [:]
  private var denied: [String] = []
  private var deniedLetters: Set<Character> = []
  private(set) var allowsNumbers = false
  private(set) var allowsPlus = false

  init(_ text: String) {
    for part in text.split(separator: " ") {
      if part == "*" {
        isAny = true
        allowsNumbers = true
        allowsPlus = true
      } else if part == "~" {
        isHarmless = true
      } else if part == "-#" {
        allowsNumbers = true
      } else if part == "+" {
        allowsPlus = true
      } else if part.hasPrefix("!--") {
        denied.append(String(part.dropFirst()))
      } else if part.hasPrefix("!-") {
        deniedLetters.formUnion(part.dropFirst(2))
      } else {
        add(part)
      }
    }
  }

  private mutating func add(_ part: Substring) {
    var name = part
    var value = Value.none
    switch part.last {
    case ":": value = .any
    case "=": value = .path
    case "?": value = .optional
    default: break
    }
    if value != .none { name = name.dropLast() }
    if name.hasPrefix("--") {
      words[String(name)] = value
    } else if name.hasPrefix("-."), name.count > 2 {
      // `-.word`: a single-dash word without a value.
      words["-" + name.dropFirst(2)] = value
    } else if name.count == 2 {
      letters[name.last!] = value
    } else if value == .none {
      for letter in name.dropFirst() { letters[letter] = Value.none }
    } else {
      words[String(name)] = value
    }
  }

  /// What an argument that begins with a dash is to this set.
  enum Reading {
    /// Permitted; the next argument is its value where `takesNext` says so.
    case allowed(value: Value, attached: String?, takesNext: Bool)
    case refused
  }

  func read(_ text: String) -> Reading {
    if text.hasPrefix("--") {
      let name: String
      var attached: String?
      if let equals = text.firstIndex(of: "=") {
        name = String(text[..<equals])
        attached = String(text[text.index(after: equals)...])
      } else {
        name = text
      }
      if denied.contains(where: { $0.hasPrefix(name) }) { return .refused }
      if let value = words[name] {
        if value == .none, attached != nil { return .refused }
        return .allowed(
          value: value, attached: attached, takesNext: attached == nil && (value == .any || value == .path))
      }
      return isAny ? .allowed(value: .any, attached: attached, takesNext: false) : .refused
    }
    if let equals = text.firstIndex(of: "="), let value = words[String(text[..<equals])], value != .none {
      return .allowed(value: value, attached: String(text[text.index(after: equals)...]), takesNext: false)
    }
    if let value = words[text] {
      return .allowed(value: value, attached: nil, takesNext: value == .any || value == .path)
    }
    if allowsNumbers, text.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) {
      return .allowed(value: .none, attached: nil, takesNext: false)
    }
    var rest = text.dropFirst()
    while let letter = rest.popFirst() {
      if deniedLetters.contains(letter) { return .refused }
      guard let value = letters[letter] else {
        if isAny { continue }
        return .refused
      }
      switch value {
      case .none: continue
      case .optional: return .allowed(value: .optional, attached: String(rest), takesNext: false)
      case .any, .path:
        return .allowed(value: value, attached: rest.isEmpty ? nil : String(rest), takesNext: rest.isEmpty)
      }
    }
    return .allowed(value: .none, attached: nil, takesNext: false)
  }

  /// A word that is only known when it runs may become any option.
  var acceptsUnknown: Bool { isHarmless || isAny && denied.isEmpty && deniedLetters.isEmpty }
}
