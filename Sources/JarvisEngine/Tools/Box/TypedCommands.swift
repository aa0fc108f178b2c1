import JarvisAPI

/// Typed commands: every tool is also one, "start 102" is start_guest with guest 102. Pure.
struct TypedCommands {
  private let tools: [any Tool]
  private let tier: @Sendable (String) -> SafetyTier
  private let words: SpokenWords

  init(tools: [any Tool], tier: @escaping @Sendable (String) -> SafetyTier) {
    self.tools = tools
    self.tier = tier
    words = SpokenWords(tools: tools)
  }

  /// For help and completion.
  var infos: [TypedCommandInfo] {
    tools.map {
      TypedCommandInfo(name: $0.typedName, usage: usage(of: $0), summary: words.spoken($0.summary), tier: tier($0.name))
    }
  }

  /// Reads a line with or without its slash.
  ///
  /// Words fill the arguments in their order, each the first one it can stand for: `guests stopped`, `guests pve`. An
  /// argument can be named: `tasks limit=5`.
  func parse(_ line: String) throws(UserFacingError) -> (tool: String, arguments: JSONValue) {
    if let whole = try parseRest(line) { return whole }
    var words: [String]
    do throws(CommandWords.Fault) {
      words = try CommandWords.split(line)
    } catch {
      switch error {
      case .openQuote: throw usageError(line, "a quote is not closed", "close it, or leave it out")
      case .tooMany: throw usageError(line, "it has more than \(CommandWords.maximum) words", "")
      }
    }
    guard let first = words.first else { throw usageError(line, "it is empty", "see /help") }
    words.removeFirst()
    let name = first.hasPrefix("/") ? String(first.dropFirst()) : first
    guard let tool = tools.first(where: { $0.typedName == name.lowercased() || $0.name == name.lowercased() }) else {
      let hint = Suggestion.phrase(for: name, among: tools.map(\.typedName)) ?? "see /help for what there is"
      throw usageError(line, "there is no command \"\(String(name.prefix(64)))\"", hint)
    }
    var arguments: [String: JSONValue] = [:]
    for word in words { try place(word, in: &arguments, of: tool) }
    for name in tool.typedRequired.sorted()
    where arguments[name] == nil && tool.typedMore.flatMap({ arguments[$0] }) == nil {
      throw usageError(line, "\(tool.typedName) needs a \(name)", "/\(tool.typedName) \(usage(of: tool))")
    }
    return (tool.name, .object(arguments))
  }

  /// A command whose last argument is the rest of the line as it stands, quotes and all: "/exec pve ls 'a b'". One pair
  /// of quotes around the whole rest is taken off.
  private func parseRest(_ line: String) throws(UserFacingError) -> (tool: String, arguments: JSONValue)? {
    var rest = line.drop(while: \.isWhitespace)
    func word() -> String {
      let word = rest.prefix { !$0.isWhitespace }
      rest = rest[word.endIndex...].drop(while: \.isWhitespace)
      return String(word)
    }
    let first = word().lowercased()
    let name = first.hasPrefix("/") ? String(first.dropFirst()) : first
    guard let tool = tools.first(where: { $0.typedName == name || $0.name == name }), let last = tool.typedRest else {
      return nil
    }
    var arguments: [String: JSONValue] = [:]
    for argument in tool.typedArguments where argument != last {
      let value = word()
      if value.isEmpty { throw usageError(line, "\(name) needs a \(argument)", "/\(name) \(usage(of: tool))") }
      arguments[argument] = .string(value)
    }
    var text = String(rest)
    while text.last?.isWhitespace == true { text.removeLast() }
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      let inside = text.dropFirst().dropLast()
      if !inside.contains(quote) { text = String(inside) }
    }
    if text.isEmpty { throw usageError(line, "\(name) needs a \(last)", "/\(name) \(usage(of: tool))") }
    arguments[last] = .string(text)
    return (tool.name, .object(arguments))
  }

  private func place(
    _ word: String, in arguments: inout [String: JSONValue], of tool: any Tool
  ) throws(UserFacingError) {
    let properties = tool.inputSchema["properties"]?.object ?? [:]
    if let sign = word.firstIndex(of: "="), properties[String(word[..<sign])] != nil {
      arguments[String(word[..<sign])] = .string(String(word[word.index(after: sign)...]))
      return
    }
    let isMore = tool.typedMore.flatMap { arguments[$0] } != nil
    for name in tool.typedArguments where arguments[name] == nil && !isMore {
      guard let value = value(of: word, for: name, properties[name] ?? .null) else { continue }
      arguments[name] = value
      return
    }
    if let more = tool.typedMore, let first = tool.typedArguments.first {
      // "reboot pihole jellyfin": several behind one card.
      let so = arguments[more]?.array ?? [arguments[first] ?? .null]
      arguments[more] = .array(so + [.string(word)])
      arguments[first] = nil
      return
    }
    throw usageError(
      "\(tool.typedName) … \(word)", "\"\(String(word.prefix(64)))\" cannot be any of its arguments",
      "/\(tool.typedName) \(usage(of: tool))")
  }

  /// The value that `word` means for an argument; nil where it cannot stand for it.
  private func value(of word: String, for name: String, _ property: JSONValue) -> JSONValue? {
    if let choices = property["enum"]?.array?.compactMap(\.string) {
      return choices.first { $0 == word.lowercased() }.map { .string($0) }
    }
    switch property["type"]?.string {
    case "boolean": return word.lowercased() == name ? .bool(true) : nil
    case "integer": return Int(word).map { .int($0) }
    default: return .string(word)
    }
  }

  /// "GUEST", "[STATUS] [TYPE] [NODE]".
  private func usage(of tool: any Tool) -> String {
    let required = tool.typedRequired
    let words = tool.typedArguments.map { name in
      let isFlag = tool.inputSchema["properties"]?[name]?["type"]?.string == "boolean"
      let word = isFlag ? name : name.uppercased()
      return required.contains(name) ? word : "[\(word)]"
    }
    return (words + (tool.typedMore == nil ? [] : ["[…]"])).joined(separator: " ")
  }

  private func usageError(_ line: String, _ reason: String, _ advice: String) -> UserFacingError {
    let shown = Sanitiser.clean(String(line.prefix(80)), keepingNewlines: false)
    return UserFacingError(
      .usage, attempted: "understand \"\(shown)\"", reason: Sanitiser.clean(reason, keepingNewlines: false),
      advice: advice)
  }
}
