import Foundation
import JarvisAPI
import Yams

/// `JarvisAPI` has a node of its own: a computer of the cluster.
private typealias YAMLNode = Yams.Node

/// Reads price files; refuses what it does not know, with line and suggestion.
struct PriceFile {
  struct Model {
    var id: String
    var aliases: [String]
    var price: ModelPrice
  }
  /// A file with more models is a mistake.
  static let maximumModels = 10_000

  private let file: String

  static func parse(_ yaml: String, file: String) throws(PriceError) -> [Model] {
    try PriceFile(file: file).models(in: yaml)
  }

  private func models(in yaml: String) throws(PriceError) -> [Model] {
    let root: YAMLNode?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      throw syntax(error)
    }
    guard let root else { return [] }
    let top = try fields(root, path: "", allowed: ["models"])
    guard let list = top["models"] else { return [] }
    guard let mapping = list.mapping else { throw fault(list, "models", "must be a mapping of model ids") }
    guard mapping.count <= Self.maximumModels else {
      throw fault(list, "models", "has more than \(Self.maximumModels) models")
    }
    var models: [Model] = []
    for (name, body) in mapping {
      let id = try text(name, path: "models")
      models.append(try model(id, body))
    }
    return models
  }

  private func model(_ id: String, _ body: YAMLNode) throws(PriceError) -> Model {
    let path = "models.\(id)"
    let fields = try fields(body, path: path, allowed: ["aliases", "prices"])
    var aliases: [String] = []
    if let list = fields["aliases"] {
      guard let names = list.sequence else { throw fault(list, path + ".aliases", "must be a list of ids") }
      for name in names { aliases.append(try text(name, path: path + ".aliases")) }
    }
    guard let list = fields["prices"], let entries = list.sequence, !entries.isEmpty else {
      throw fault(fields["prices"] ?? body, path + ".prices", "must be a list of at least one price")
    }
    var result: [ModelPrice.Entry] = []
    for node in entries {
      let entry = try entry(node, path: path + ".prices")
      if result.contains(where: { $0.from == entry.from && $0.abovePrompt == entry.abovePrompt }) {
        throw fault(node, path + ".prices", "two prices for the same day and length of prompt")
      }
      result.append(entry)
    }
    return Model(id: id, aliases: aliases, price: ModelPrice(entries: result))
  }

  private static let classes = ["input", "output", "cache_write_5m", "cache_write_1h", "cache_read"]

  private func entry(_ node: YAMLNode, path: String) throws(PriceError) -> ModelPrice.Entry {
    let fields = try fields(node, path: path, allowed: ["from", "above_prompt"] + Self.classes)
    var amounts: [MicroDollars] = []
    for name in Self.classes {
      guard let value = fields[name] else { throw fault(node, "\(path).\(name)", "is missing") }
      let words = try text(value, path: "\(path).\(name)")
      guard let amount = Self.amount(words) else {
        throw fault(
          value, "\(path).\(name)", "\"\(words)\" is not a price",
          advice: "dollars per million tokens, at most six decimals, at most \(Self.maximumDollars)")
      }
      amounts.append(amount)
    }
    return ModelPrice.Entry(
      from: try fields["from"].map { node throws(PriceError) in try day(node, path: path + ".from") } ?? .distantPast,
      abovePrompt: try fields["above_prompt"].map { node throws(PriceError) in
        try tokens(node, path: path + ".above_prompt")
      } ?? 0, input: amounts[0], output: amounts[1], cacheWrite5m: amounts[2], cacheWrite1h: amounts[3],
      cacheRead: amounts[4])
  }

  private func day(_ node: YAMLNode, path: String) throws(PriceError) -> Date {
    let words = try text(node, path: path)
    let parts = words.split(separator: "-", omittingEmptySubsequences: false)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    if parts.map({ $0.count }) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    {
      let components = DateComponents(year: year, month: month, day: day)
      if components.isValidDate(in: calendar), let date = calendar.date(from: components) { return date }
    }
    throw fault(node, path, "\"\(words)\" is not a day", advice: "write it as 2026-10-07")
  }

  private func tokens(_ node: YAMLNode, path: String) throws(PriceError) -> Int {
    let words = try text(node, path: path)
    guard let count = Int(words.filter { $0 != "_" }), count > 0 else {
      throw fault(node, path, "\"\(words)\" is not a number of tokens")
    }
    return count
  }

  /// Dearer is a slip of the keyboard.
  private static let maximumDollars = 100_000

  /// An exact decimal in millionths; nil for anything else. Binary fractions never touch money.
  private static func amount(_ words: String) -> MicroDollars? {
    let parts = words.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard decimals.count <= 6, let dollars = Int64(parts[0]), dollars <= maximumDollars,
      let fraction = Int64(decimals + String(repeating: "0", count: 6 - decimals.count))
    else { return nil }
    return MicroDollars(dollars * 1_000_000 + fraction)
  }

  /// A mapping's fields; anything not allowed is an error with the nearest allowed name.
  private func fields(_ node: YAMLNode, path: String, allowed: [String]) throws(PriceError) -> [String: YAMLNode] {
    guard let mapping = node.mapping else {
      throw fault(node, path, "must be a mapping with \(allowed.joined(separator: ", "))")
    }
    var fields: [String: YAMLNode] = [:]
    for (name, value) in mapping {
      let key = try text(name, path: path)
      let full = path.isEmpty ? key : "\(path).\(key)"
      guard allowed.contains(key) else {
        let near = Suggestion.phrase(for: key, among: allowed)
        throw fault(name, full, "is not a known key", advice: near ?? "known are \(allowed.joined(separator: ", "))")
      }
      fields[key] = value
    }
    return fields
  }

  private func text(_ node: YAMLNode, path: String) throws(PriceError) -> String {
    guard let text = node.scalar?.string else { throw fault(node, path, "must be a single value") }
    return text
  }

  private func fault(_ node: YAMLNode, _ key: String, _ problem: String, advice: String = "") -> PriceError {
    PriceError(file: file, line: node.mark?.line, key: key, problem: problem, advice: advice)
  }

  private func syntax(_ error: any Error) -> PriceError {
    var line: Int?
    var problem = "\(error)"
    switch error as? YamlError {
    case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _), .composer(_, let what, let mark, _):
      line = mark.line
      problem = what
    case .duplicatedKeysInMapping(let duplicates, let context):
      line = context.mark.line
      problem = "a key twice: \(duplicates)"
    default: break
    }
    return PriceError(file: file, line: line, key: "", problem: "is not YAML: \(problem)", advice: "")
  }
}
