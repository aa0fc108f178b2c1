import JarvisAPI
import Yams

/// Raw settings by dotted key, with the place each came from: the file first, the environment over it.
struct SettingsTree {
  struct Value {
    var text: String
    var source: String
    var line: Int?
  }

  /// An entry of a list: its fields by name, and where it stands.
  struct Entry {
    var fields: [String: String]
    var source: String
    var line: Int?
  }

  var values: [String: Value] = [:]
  /// Lists by key.
  var lists: [String: [Entry]] = [:]

  /// Bounds of a configuration file: no list needs more.
  static let maximumEntries = 64

  /// Reads YAML text.
  /// - Throws: `ConfigurationError` for what is not YAML, for unknown keys, and for values of the wrong shape.
  mutating func read(yaml: String, from file: String) throws {
    let root: Yams.Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw ConfigurationError(
        source: file, line: error.line, problem: "not valid YAML: \(error.shortReason)",
        advice: "check indentation and quotes at that line")
    }
    guard let root, !root.isEmptyScalar else { return }
    try read(root, section: "", file: file)
  }

  private mutating func read(_ node: Yams.Node, section: String, file: String) throws {
    guard let mapping = node.mapping else {
      throw ConfigurationError(
        source: file, line: node.mark?.line,
        problem: "'\(section.isEmpty ? "the file" : section)' must be a list of `key: value` lines")
    }
    for (keyNode, value) in mapping {
      let name = keyNode.string ?? ""
      let key = section.isEmpty ? name : section + "." + name
      if let setting = Setting.all.first(where: { $0.key == key }) {
        try store(value, for: setting, file: file)
      } else if !Setting.names(under: key).isEmpty {
        if !value.isEmptyScalar { try read(value, section: key, file: file) }
      } else {
        throw unknown(name, in: section, file: file, line: keyNode.mark?.line)
      }
    }
  }

  private mutating func store(_ node: Yams.Node, for setting: Setting, file: String) throws {
    if setting.kind == .list, let fields = Setting.fields[setting.key] {
      if !node.isEmptyScalar { try readList(node, of: setting.key, fields: fields, file: file) }
      return
    }
    guard let text = node.string else {
      throw ConfigurationError(source: file, line: node.mark?.line, problem: "'\(setting.key)' must be a single value")
    }
    if node.isEmptyScalar { return }
    values[setting.key] = Value(text: text, source: file, line: node.mark?.line)
  }

  private mutating func readList(_ node: Yams.Node, of key: String, fields known: [String], file: String) throws {
    guard let list = node.sequence, list.count <= Self.maximumEntries else {
      throw ConfigurationError(
        source: file, line: node.mark?.line, problem: "'\(key)' must be a list of at most \(Self.maximumEntries)",
        advice: "write `nodes:` and under it lines like `- \(known[0]): \(Self.sample[key] ?? "…")`")
    }
    lists[key] = try list.map { item in
      var fields: [String: String] = [:]
      if let first = item.string {
        fields[known[0]] = first
      } else {
        for (keyNode, value) in item.mapping ?? [:] {
          let name = keyNode.string ?? ""
          guard known.contains(name) else { throw unknown(name, in: key, file: file, line: keyNode.mark?.line) }
          fields[name] = value.string
        }
      }
      guard fields[known[0]] != nil else {
        throw ConfigurationError(
          source: file, line: item.mark?.line, problem: "an entry of '\(key)' has no '\(known[0])'")
      }
      return Entry(fields: fields, source: file, line: item.mark?.line)
    }
  }

  /// How the first field of a list's entry may look.
  private static let sample = ["cluster.nodes": "https://pve:8006", "ssh.nodes": "pve"]

  private func unknown(_ name: String, in section: String, file: String, line: Int?) -> ConfigurationError {
    let place = section.isEmpty ? "" : " in '\(section)'"
    return ConfigurationError(
      source: file, line: line, problem: "unknown key '\(name)'\(place)",
      advice: Suggestion.phrase(Setting.suggestions(for: name, under: section))
        ?? "known there: \(Setting.names(under: section).joined(separator: ", "))")
  }

  /// Lays the environment over the file. Secrets may also come from the file that `VARIABLE_FILE` names.
  mutating func overlay(environment: [String: String], readFile: (String) throws -> String) throws {
    for setting in Setting.all {
      var text = environment[setting.variable]
      var source = setting.variable
      if text == nil, setting.kind == .secret, let path = environment[setting.variable + "_FILE"] {
        source = setting.variable + "_FILE"
        do {
          text = try readFile(path).trimmingSuffix(while: \.isNewline)
        } catch {
          throw ConfigurationError(
            source: source, problem: "cannot read \(path): \(error)",
            advice: "check that the file is there and readable")
        }
      }
      guard let text, !text.isEmpty else { continue }
      if setting.kind == .list, let first = Setting.fields[setting.key]?.first {
        lists[setting.key] = text.split(separator: ",").map {
          Entry(fields: [first: $0.trimmed], source: source, line: nil)
        }
      } else {
        values[setting.key] = Value(text: text, source: source, line: nil)
      }
    }
  }
}

extension Yams.Node {
  /// True for `key:` with nothing after it.
  fileprivate var isEmptyScalar: Bool {
    guard let scalar else { return false }
    return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
  }
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: nil
    }
  }

  fileprivate var shortReason: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    case .duplicatedKeysInMapping: "the same key stands twice"
    default: "it cannot be read"
    }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }).trimmingSuffix(while: \.isWhitespace)
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var copy = self
    while let last = copy.last, predicate(last) { copy.removeLast() }
    return copy
  }
}
