import Foundation

/// The names of the cluster and the operator's own words for them: what a question or a memory may be about.
public struct MemoryInventory: Sendable, Hashable {
  public struct Guest: Sendable, Hashable {
    public var vmid: Int
    public var name: String
    public init(vmid: Int, name: String) {
      self.vmid = vmid
      self.name = name
    }
  }

  public var nodes: [String]
  public var guests: [Guest]
  public var storages: [String]
  public var addresses: [String]
  /// "nas" → "truenas".
  public var aliases: [String: String]

  public init(
    nodes: [String] = [], guests: [Guest] = [], storages: [String] = [], addresses: [String] = [],
    aliases: [String: String] = [:]
  ) {
    self.nodes = nodes
    self.guests = guests
    self.storages = storages
    self.addresses = addresses
    self.aliases = aliases
  }

  /// The names that `text` mentions, each with the other name of the same thing: "101" brings "truenas".
  public func names(in text: String) -> [String] { NameIndex(self).names(in: text) }

  /// The things that `text` mentions, each with all its names.
  func things(in text: String) -> [[String]] { NameIndex(self).things(in: text) }

  /// Lower-case words; signs inside names are part of them, an apostrophe is not: "pve's" is about pve.
  static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || "-_.".contains($0)) }
      .map { $0.drop { !($0.isLetter || $0.isNumber) } }
      .map { word in
        var word = word
        while let last = word.last, !(last.isLetter || last.isNumber) { word.removeLast() }
        return String(word)
      }
      .filter { !$0.isEmpty }
  }
}
