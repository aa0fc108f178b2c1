import JarvisAPI
import JarvisLock
import JarvisMemory
import JarvisSafety

/// What everybody who remembers or decides has to know at once: the names of the cluster as the live picture has them, and the
/// operator's preferences in force.
final class MemoryNames: Sendable {
  private struct State {
    var inventory = MemoryInventory()
    var book = PreferenceBook()
  }

  private let state = Guarded(State())

  /// With the operator's own words for things.
  var inventory: MemoryInventory {
    state.withLock { state in
      var inventory = state.inventory
      inventory.aliases = state.book.aliases
      return inventory
    }
  }

  func take(_ picture: ClusterSnapshot) {
    // A picture that was never had must not make memory forget the names.
    guard !picture.nodes.isEmpty else { return }
    let inventory = MemoryInventory(
      nodes: picture.nodes.map(\.name),
      guests: picture.guests.filter { !$0.name.isEmpty }.map { .init(vmid: $0.vmid, name: $0.name) },
      storages: Array(Set(picture.storages.map(\.name))).sorted(), addresses: picture.nodes.compactMap(\.address))
    state.withLock { $0.inventory = inventory }
  }

  /// The names last noted, for as long as no picture was had.
  func take(noted inventory: MemoryInventory) {
    state.withLock { if $0.inventory.nodes.isEmpty, $0.inventory.guests.isEmpty { $0.inventory = inventory } }
  }

  func take(_ book: PreferenceBook) { state.withLock { $0.book = book } }

  /// What the operator once said about calls like this one.
  /// - Parameter picture: the cluster as it is now. Memory's own look at it may come later than a call, and "never touch
  ///   pihole" holds for 102 as soon as anybody can know that it is the same.
  func demand(about call: GatedCall, in picture: ClusterSnapshot) -> OperatorDemand? {
    take(picture)
    let (book, inventory) = state.withLock { ($0.book, $0.inventory) }
    guard !book.entries.isEmpty else { return nil }
    var ask: OperatorDemand?
    for target in Self.targets(of: call, inventory) {
      switch book.consent(tool: call.tool, target: target) {
      case .refuse(let entry)?: return .never(entry.text)
      case .ask(let entry)?: ask = ask ?? .ask(entry.text)
      case nil: break
      }
    }
    return ask
  }

  /// The names of each thing that a call is about; one without names where it says none.
  private static func targets(of call: GatedCall, _ inventory: MemoryInventory) -> [[String]] {
    func values(_ names: [String]) -> [JSONValue] {
      names.flatMap { name in call.arguments[name]?.array ?? call.arguments[name].map { [$0] } ?? [] }
    }
    let guests = values(["guest", "guests", "vmid"]).map { value -> [String] in
      let word = value.string ?? value.int.map(String.init) ?? ""
      let known = inventory.guests.first { String($0.vmid) == word || $0.name == word }
      return known.map { [$0.name, String($0.vmid)] } ?? [word]
    }
    let others = values(["node", "nodes", "storage"]).compactMap(\.string).map { [$0] }
    // A command on a node is about whatever it names, too.
    let named = call.arguments["command"]?.string.map { inventory.names(in: $0) } ?? []
    let all = guests + others + (named.isEmpty ? [] : [named])
    return all.isEmpty ? [[]] : all
  }
}
