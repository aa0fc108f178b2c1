import Foundation
import JarvisAPI
import JarvisStorage
import Yams

/// Reads `policy.yaml`, strictly: what is not understood is an error with its line, never passed over.
///
/// ```yaml
/// tools:
///   reboot_node: red        # milder: only when Jarvis starts, and only where the table allows it
///   start_guest: red        # stricter: at once
/// protected:
///   guests: [100, dns]
///   nodes: [pve]
///   services: [nginx]
/// ```
public struct PolicyFile: Sendable {
  /// Entries of one list at most.
  static let maximumEntries = 1_000

  public let path: String
  public init(path: String) { self.path = path }

  /// - Parameter table: the tools that may be named.
  /// - Returns: nil where there is no file: nothing is changed then.
  public func load(table: TierTable = .standard) throws(PolicyError) -> Policy? {
    let bytes: [UInt8]
    do throws(OwnerOnlyFile.Fault) {
      bytes = try OwnerOnlyFile(path: path).read()
    } catch {
      if case .missing = error { return nil }
      throw PolicyError(
        file: path, line: nil, problem: error.description, advice: "it must be a plain file that only you may write")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PolicyError(file: path, line: nil, problem: "it is no UTF-8 text")
    }
    return try parse(text, table: table)
  }

  /// Parses the text of a policy.
  public func parse(_ text: String, table: TierTable = .standard) throws(PolicyError) -> Policy {
    let root: Yams.Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw PolicyError(
        file: path, line: Self.line(of: error), problem: "not valid YAML",
        advice: "check indentation and quotes at that line; a key may stand once only")
    }
    var policy = Policy()
    guard let root, !root.isNothing else { return policy }
    for (key, value) in try mapping(root, "the file") {
      switch key.string {
      case "tools": policy.tiers = try tiers(value, table)
      case "protected": policy.protected = try protected(value)
      default: throw unknown(key, among: ["tools", "protected"])
      }
    }
    return policy
  }

  private func tiers(_ node: Yams.Node, _ table: TierTable) throws(PolicyError) -> [Policy.TierLine] {
    if node.isNothing { return [] }
    var lines: [Policy.TierLine] = []
    for (key, value) in try mapping(node, "'tools'") {
      let tool = key.string ?? ""
      guard table.rules[tool] != nil else { throw unknown(key, among: table.allTools) }
      let words = SafetyTier.allCases.map { $0.rawValue.lowercased() }
      guard let word = value.string?.lowercased(), let tier = SafetyTier(rawValue: word.uppercased()) else {
        throw error(value, "'\(value.string ?? "")' is no tier", "one of \(words.joined(separator: ", "))")
      }
      let rule = table.rule(for: tool)
      if tier < rule.mildest {
        throw error(
          value, "\(tool) cannot be made \(tier.rawValue): \(rule.rule)",
          rule.mildest < rule.tier
            ? "\(rule.mildest.rawValue) is the mildest it can be" : "its tier can only be raised")
      }
      lines.append(Policy.TierLine(tool: tool, tier: tier, line: key.mark?.line ?? 0))
    }
    return lines
  }

  private func protected(_ node: Yams.Node) throws(PolicyError) -> Policy.Protected {
    var found = Policy.Protected()
    if node.isNothing { return found }
    for (key, value) in try mapping(node, "'protected'") {
      switch key.string {
      case "guests":
        for word in try words(value, "guests") {
          if let vmid = Int(word) { found.guests.insert(vmid) } else { found.guestNames.insert(word) }
        }
      case "nodes": found.nodes = Set(try words(value, "nodes"))
      case "services":
        found.services = Set(try words(value, "services").map { $0.hasSuffix(".service") ? String($0.dropLast(8)) : $0 })
      default: throw unknown(key, among: ["guests", "nodes", "services"])
      }
    }
    return found
  }

  private func words(_ node: Yams.Node, _ name: String) throws(PolicyError) -> [String] {
    if node.isNothing { return [] }
    guard let list = node.sequence, list.count <= Self.maximumEntries else {
      throw error(node, "'\(name)' must be a list of at most \(Self.maximumEntries)", "write it as [one, two]")
    }
    var found: [String] = []
    for item in list {
      guard let word = item.string, !word.isEmpty else {
        throw error(item, "an entry of '\(name)' is no name", "names or numbers only")
      }
      found.append(word)
    }
    return found
  }

  private func mapping(_ node: Yams.Node, _ what: String) throws(PolicyError) -> [(key: Yams.Node, value: Yams.Node)] {
    guard let mapping = node.mapping else {
      throw error(node, "\(what) must be a list of `key: value` lines", "see docs/configuration.md")
    }
    return mapping.map { ($0.key, $0.value) }
  }

  private func unknown(_ key: Yams.Node, among names: [String]) -> PolicyError {
    let name = Sanitiser.clean(key.string ?? "", keepingNewlines: false)
    return error(
      key, "unknown key '\(name)'",
      Suggestion.phrase(for: name, among: names) ?? "known there: \(names.prefix(8).joined(separator: ", "))")
  }

  private func error(_ node: Yams.Node, _ problem: String, _ advice: String) -> PolicyError {
    PolicyError(file: path, line: node.mark?.line, problem: problem, advice: advice)
  }

  private static func line(of error: any Error) -> Int? {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }
}

extension Yams.Node {
  /// True for `key:` with nothing after it, and for an empty file.
  fileprivate var isNothing: Bool {
    guard let scalar else { return false }
    return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
  }
}
