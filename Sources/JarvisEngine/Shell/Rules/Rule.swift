import JarvisAPI

/// What the operands of a program may be for its rule to hold.
enum Operands: Sendable {
  /// Names, numbers, texts: whatever they are, nothing secret is shown.
  case free
  /// Files whose content is shown: none that holds a secret.
  case content
  /// Files of which only a figure is shown.
  case measured
  /// Texts first (a pattern, a filter), then such files.
  case textThenContent(Int)
  /// None at all.
  case none
  /// Only these words.
  case oneOf(Set<String>)
  /// At most so many.
  case upTo(Int)
}

/// One row of the table: what a program, or one of its sub-commands, is allowed to be.
struct Rule: Sendable {
  var tier: SafetyTier
  var flags: FlagSet
  var operands: Operands
  /// Why it has this tier.
  var reason: String
  /// What would be milder.
  var change: String
  /// Output that a decoder made, or that came over the network.
  var produces: Origin = []
  /// Judges what a row of the table cannot say.
  var judge: Special?

  typealias Special = @Sendable (Call, inout Judge) -> Finding
}

/// A program of the table: its own rule, and its sub-commands.
struct Program: Sendable {
  /// Options before the sub-command.
  var globals = FlagSet("")
  var rule: Rule?
  var children: [String: Program] = [:]
  /// A word may be shortened to any beginning that names one child, as `ip` does; the first listed wins.
  var order: [String] = []
  var abbreviates = false

  func child(_ word: String) -> (String, Program)? {
    if let exact = children[word] { return (word, exact) }
    guard abbreviates, !word.isEmpty, let name = order.first(where: { $0.hasPrefix(word) }) else { return nil }
    return children[name].map { (name, $0) }
  }

  /// The children that an abbreviation may mean.
  func matches(_ word: String) -> [String] {
    children[word] != nil || word.isEmpty ? [] : order.filter { $0.hasPrefix(word) }
  }

  mutating func add(_ path: ArraySlice<Substring>, _ rule: Rule, globals: FlagSet? = nil) {
    guard let first = path.first else {
      self.rule = rule
      return
    }
    let name = String(first)
    if children[name] == nil { order.append(name) }
    children[name, default: Program(abbreviates: abbreviates)].add(path.dropFirst(), rule)
  }
}

/// One row as it is written in the families: names, tier, permitted options, operands.
struct Row: Sendable {
  var names: String
  var rule: Rule

  /// Reads only.
  static func green(_ names: String, _ flags: String = "", _ operands: Operands = .free) -> Row {
    Row(
      names: names,
      rule: Rule(
        tier: .green, flags: FlagSet(flags), operands: operands, reason: "only reads, and reveals no secret", change: ""
      ))
  }

  static func yellow(
    _ names: String, _ flags: String = "*", _ operands: Operands = .free, why: String, change: String = ""
  )
    -> Row
  {
    Row(
      names: names, rule: Rule(tier: .yellow, flags: FlagSet(flags), operands: operands, reason: why, change: change))
  }

  static func red(_ names: String, why: String, change: String = "") -> Row {
    Row(names: names, rule: Rule(tier: .red, flags: FlagSet("*"), operands: .free, reason: why, change: change))
  }

  static func black(_ names: String, why: String, change: String = "") -> Row {
    Row(names: names, rule: Rule(tier: .black, flags: FlagSet("*"), operands: .free, reason: why, change: change))
  }

  /// Judged by code: what the words stand for cannot be said by options and operands alone.
  static func code(_ names: String, _ judge: @escaping Rule.Special) -> Row {
    Row(
      names: names,
      rule: Rule(tier: .red, flags: FlagSet("*"), operands: .free, reason: "", change: "", judge: judge))
  }

  /// The same row, whose output hides or fetches what it gives.
  func producing(_ origin: Origin) -> Row {
    var copy = self
    copy.rule.produces = origin
    return copy
  }
}

/// Rows that belong together.
struct Family: Sendable {
  /// The programs by name.
  var programs: [String: Program] = [:]

  /// Each of `rows`' names is a program.
  init(_ rows: [Row]) {
    for row in rows {
      for name in row.names.split(separator: " ") { programs[String(name)] = Program(rule: row.rule) }
    }
  }

  /// A program with sub-commands. A row's names are separated by commas; a name of several words is a path.
  /// `nested` names a sub-command with options of its own before the next word.
  init(
    _ names: String, globals: String = "", abbreviates: Bool = false, alone: Row? = nil,
    nested: (name: String, globals: String)? = nil, _ rows: [Row]
  ) {
    var program = Program(globals: FlagSet(globals), rule: alone?.rule, abbreviates: abbreviates)
    for row in rows {
      for path in row.names.split(separator: ",") {
        program.add(path.split(separator: " ")[...], row.rule)
      }
    }
    if let nested { program.children[nested.name]?.globals = FlagSet(nested.globals) }
    for name in names.split(separator: " ") { programs[String(name)] = program }
  }
}
