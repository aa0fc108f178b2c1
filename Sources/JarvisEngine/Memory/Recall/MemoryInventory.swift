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

  /// A name shorter than this is looked for as it is written, never as a slip of the pen.
  static let minimumTypo = 5

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
  public func names(in text: String) -> [String] {
    things(in: text).flatMap { $0 }
  }

  /// The things that `text` mentions, each with all its names.
  func things(in text: String) -> [[String]] {
    let words = Self.words(text)
    let set = Set(words)
    return things { candidate in
      let parts = Self.words(candidate)
      if parts.count == 1 { return set.contains(parts[0]) }
      guard !parts.isEmpty, parts.count <= words.count else { return false }
      return (0...(words.count - parts.count)).contains { Array(words[$0..<($0 + parts.count)]) == parts }
    }
  }

  /// The thing that a misspelt word stands for; nil where none is near enough, or several are.
  func thing(nearly word: String) -> [String]? {
    guard word.count >= Self.minimumTypo else { return nil }
    let letters = Array(word.lowercased())
    let allowed = letters.count >= 8 ? 2 : 1
    let near = Set(nodes + guests.map(\.name) + storages).filter {
      $0.count >= Self.minimumTypo - 1 && EditDistance.of(letters, Array($0.lowercased()), atMost: allowed) != nil
    }
    guard let name = near.first, near.count == 1 else { return nil }
    return things { $0 == name }.first
  }

  private func things(where matches: (String) -> Bool) -> [[String]] {
    var found: [[String]] = []
    func add(_ names: [String]) {
      let names = names.filter { !$0.isEmpty }
      if !names.isEmpty, !found.contains(names) { found.append(names) }
    }
    for (alias, name) in aliases.sorted(by: { $0.key < $1.key }) where matches(alias) { add(thing(named: name)) }
    for node in nodes where matches(node) { add([node]) }
    for guest in guests where matches(guest.name) || matches(String(guest.vmid)) {
      add([guest.name, String(guest.vmid)])
    }
    for storage in storages where matches(storage) { add([storage]) }
    for address in addresses where matches(address) { add([address]) }
    return found
  }

  private func thing(named name: String) -> [String] {
    if let guest = guests.first(where: { $0.name == name || String($0.vmid) == name }) {
      return [guest.name, String(guest.vmid)]
    }
    return [name]
  }

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

/// Letters to add, leave out, change or swap with their neighbour until one word is the other.
enum EditDistance {
  /// nil where it is more than `limit`.
  static func of(_ left: [Character], _ right: [Character], atMost limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit, !left.isEmpty, !right.isEmpty else { return nil }
    var beforeLast = [Int]()
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let same = left[row - 1] == right[column - 1]
        var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current.append(best)
      }
      if (current.min() ?? 0) > limit { return nil }
      beforeLast = last
      last = current
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }
}
