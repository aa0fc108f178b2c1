import JarvisLock

/// An inventory's names by their first word, so that a text is read once however many guests there are.
struct NameIndex: Sendable {
  /// A name shorter than this is looked for as it is written, never as a slip of the pen.
  static let minimumTypo = 5

  let inventory: MemoryInventory

  private struct Name: Sendable {
    var words: [String]
    /// Its place in `things`.
    var thing: Int
  }

  private let names: [String: [Name]]
  /// All names of each thing: aliases' things first, as a question's own words come before the cluster's.
  private let things: [[String]]

  init(_ inventory: MemoryInventory) {
    self.inventory = inventory
    var things: [[String]] = []
    var places: [[String]: Int] = [:]
    var names: [String: [Name]] = [:]
    func add(_ name: String, _ thing: [String]) {
      let thing = thing.filter { !$0.isEmpty }
      let words = MemoryInventory.words(name)
      guard let first = words.first, !thing.isEmpty else { return }
      let place = places[thing] ?? things.count
      if place == things.count { things.append(thing) }
      places[thing] = place
      names[first, default: []].append(Name(words: words, thing: place))
    }
    let guests = Dictionary(
      inventory.guests.flatMap { [($0.name, $0), (String($0.vmid), $0)] }, uniquingKeysWith: { first, _ in first })
    for (alias, name) in inventory.aliases.sorted(by: { $0.key < $1.key }) {
      add(alias, guests[name].map { [$0.name, String($0.vmid)] } ?? [name])
    }
    for node in inventory.nodes { add(node, [node]) }
    for guest in inventory.guests {
      for name in [guest.name, String(guest.vmid)] { add(name, [guest.name, String(guest.vmid)]) }
    }
    for name in inventory.storages + inventory.addresses { add(name, [name]) }
    self.names = names
    self.things = things
  }

  func names(in text: String) -> [String] { things(in: text).flatMap { $0 } }

  /// The things that `text` mentions, each with all its names.
  func things(in text: String) -> [[String]] {
    let words = MemoryInventory.words(text)
    var found: Set<Int> = []
    for start in words.indices {
      for name in names[words[start]] ?? [] where words[start...].starts(with: name.words) { found.insert(name.thing) }
    }
    return found.sorted().map { things[$0] }
  }

  /// The thing that a misspelt word stands for; nil where none is near enough, or several are.
  func thing(nearly word: String) -> [String]? {
    guard word.count >= Self.minimumTypo else { return nil }
    let letters = Array(word.lowercased())
    let allowed = letters.count >= 8 ? 2 : 1
    let near = Set(inventory.nodes + inventory.guests.map(\.name) + inventory.storages).filter {
      $0.count >= Self.minimumTypo - 1 && EditDistance.of(letters, Array($0.lowercased()), atMost: allowed) != nil
    }
    guard let name = near.first, near.count == 1 else { return nil }
    return things.first { $0.contains(name) }
  }
}

/// The index of the inventory last seen: it changes seldom, and everything that is written or asked needs it.
final class NameIndexCache: Sendable {
  private let last = Guarded(NameIndex(MemoryInventory()))

  func index(of inventory: MemoryInventory) -> NameIndex {
    last.withLock { last in
      if last.inventory != inventory { last = NameIndex(inventory) }
      return last
    }
  }
}
