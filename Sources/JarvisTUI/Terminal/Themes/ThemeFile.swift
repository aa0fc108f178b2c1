import Yams

/// A theme file as it was written: names and expressions, nothing resolved.
struct ThemeFile: Sendable {
  /// A value with the line it stands in.
  struct Placed<Value: Sendable>: Sendable {
    var value: Value
    var line: Int
  }

  /// The look of a scope as written; nil is what was not said.
  struct Look: Sendable {
    var foreground: String?
    var background: String?
    var attributes: Attributes = []
  }

  var name: String?
  var inherits: Placed<String>?
  var kind: Theme.Kind?
  var palette: [String: Placed<String>] = [:]
  var scopes: [String: Placed<Look>] = [:]
  var gradients: [String: Placed<[String]>] = [:]
  var glyphLevel: Glyphs.Level?
  var glyphs: [String: String] = [:]

  /// Theme files are a few kilobytes; more than this is not one.
  static let maximumBytes = 256 * 1_024
}

/// Reads a theme file and collects everything that is wrong with it.
struct ThemeFileReader {
  private(set) var problems: [ThemeProblem] = []
  private var file = ThemeFile()

  private static let sections = ["name", "inherits", "kind", "palette", "scopes", "gradients", "glyphs"]
  private static let attributes: [String: Attributes] = [
    "bold": .bold, "dim": .dim, "reverse": .reverse, "underline": .underline, "italic": .italic,
  ]

  /// - Throws: `ThemeError.invalid` with every problem found.
  static func read(_ text: String, from path: String) throws(ThemeError) -> ThemeFile {
    var reader = ThemeFileReader()
    guard text.utf8.count <= ThemeFile.maximumBytes else {
      throw .invalid(
        file: path, problems: [ThemeProblem(line: 0, message: "larger than \(ThemeFile.maximumBytes) bytes")])
    }
    do {
      // Without resolving types by patterns: every value here is a word, and it takes a fifth of the time.
      if let node = try Yams.compose(yaml: text, .basic) { reader.read(node) }
    } catch {
      throw .invalid(file: path, problems: [Self.problem(of: error)])
    }
    if !reader.problems.isEmpty { throw .invalid(file: path, problems: reader.problems) }
    return reader.file
  }

  private static func problem(of error: any Error) -> ThemeProblem {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      ThemeProblem(
        line: mark.line, message: ["not YAML:", problem, context?.description].compactMap { $0 }.joined(separator: " "))
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      ThemeProblem(line: context.mark.line, message: "named twice: \(keys.map { "\($0)" }.joined(separator: ", "))")
    default: ThemeProblem(line: 0, message: "not YAML: \(error)")
    }
  }

  private mutating func read(_ root: Node) {
    for (key, name, value) in pairs(of: root, what: "a theme file") {
      switch name {
      case "name": file.name = string(value, what: "name")
      case "inherits": file.inherits = string(value, what: "inherits").map { .init(value: $0, line: line(of: value)) }
      case "kind": file.kind = choice(value, what: "kind")
      case "palette": readPalette(value)
      case "scopes": readScopes(value)
      case "gradients": readGradients(value)
      case "glyphs": readGlyphs(value)
      default: unknown(name, at: key, of: Self.sections, what: "key")
      }
    }
  }

  private mutating func readPalette(_ node: Node) {
    for (key, name, value) in pairs(of: node, what: "palette") {
      if name == "none" { report(key, "'none' always means the terminal's own colour and cannot be a palette name") }
      if let text = string(value, what: name) { file.palette[name] = .init(value: text, line: line(of: value)) }
    }
  }

  private mutating func readScopes(_ node: Node) {
    for (key, name, value) in pairs(of: node, what: "scopes") {
      guard ThemeScopes.isKnown(name) else {
        unknown(name, at: key, of: ThemeScopes.all, what: "scope")
        continue
      }
      file.scopes[name] = .init(value: look(value, scope: name), line: line(of: key))
    }
  }

  private mutating func look(_ node: Node, scope: String) -> ThemeFile.Look {
    if node.scalar != nil { return ThemeFile.Look(foreground: string(node, what: scope)) }
    var look = ThemeFile.Look()
    for (key, name, value) in pairs(of: node, what: scope) {
      if name == "fg" {
        look.foreground = string(value, what: "fg")
      } else if name == "bg" {
        look.background = string(value, what: "bg")
      } else if let attribute = Self.attributes[name] {
        guard let isOn = value.bool else {
          report(value, "'\(name)' takes true or false")
          continue
        }
        if isOn { look.attributes.insert(attribute) }
      } else {
        unknown(name, at: key, of: ["fg", "bg"] + Self.attributes.keys.sorted(), what: "key of a scope")
      }
    }
    return look
  }

  private mutating func readGradients(_ node: Node) {
    for (key, name, value) in pairs(of: node, what: "gradients") {
      guard ThemeScopes.gradients.contains(name) else {
        unknown(name, at: key, of: ThemeScopes.gradients, what: "gradient")
        continue
      }
      let stops = value.sequence?.compactMap(\.string) ?? []
      guard stops.count == 3, value.sequence?.count == 3 else {
        report(value, "gradient '\(name)' takes three colours: [start, middle, end]")
        continue
      }
      file.gradients[name] = .init(value: stops, line: line(of: value))
    }
  }

  private mutating func readGlyphs(_ node: Node) {
    if node.scalar != nil {
      file.glyphLevel = choice(node, what: "glyphs")
      return
    }
    for (key, name, value) in pairs(of: node, what: "glyphs") {
      if name == "set" {
        file.glyphLevel = choice(value, what: "set")
      } else if Glyphs.replaceable[name] == nil {
        unknown(name, at: key, of: ["set"] + Glyphs.replaceable.keys.sorted(), what: "glyph")
      } else if let text = string(value, what: name) {
        if text.count == 1, CellWidth.of(text) == 1 {
          file.glyphs[name] = text
        } else {
          report(value, "glyph '\(name)' must be one character of one cell")
        }
      }
    }
  }

  // MARK: - Nodes

  private mutating func pairs(of node: Node, what: String) -> [(key: Node, name: String, value: Node)] {
    guard let mapping = node.mapping else {
      report(node, "\(what) takes names with values, indented below it")
      return []
    }
    return mapping.compactMap { key, value in key.string.map { (key, $0, value) } }
  }

  private mutating func string(_ node: Node, what: String) -> String? {
    guard let text = node.scalar?.string, !text.isEmpty else {
      report(node, "'\(what)' takes a word")
      return nil
    }
    return text
  }

  private mutating func choice<Choice: RawRepresentable & CaseIterable>(_ node: Node, what: String) -> Choice?
  where Choice.RawValue == String {
    guard let text = string(node, what: what) else { return nil }
    if let value = Choice(rawValue: text) { return value }
    unknown(text, at: node, of: Choice.allCases.map(\.rawValue), what: "value of '\(what)'")
    return nil
  }

  private mutating func unknown(_ name: String, at node: Node, of known: [String], what: String) {
    let suggestion = NearestWord.to(name, in: known).map { "; did you mean '\($0)'?" } ?? ""
    let list = known.count <= 12 && suggestion.isEmpty ? "; known: \(known.joined(separator: ", "))" : ""
    report(node, "unknown \(what) '\(name)'\(suggestion)\(list)")
  }

  private mutating func report(_ node: Node, _ message: String) {
    problems.append(ThemeProblem(line: line(of: node), message: message))
  }

  private func line(of node: Node) -> Int { node.mark?.line ?? 0 }
}
