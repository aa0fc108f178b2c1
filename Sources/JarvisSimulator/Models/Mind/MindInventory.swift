import JarvisAPI

/// The names a mind has learned from tool results; it knows none in advance.
struct MindInventory: Sendable, Equatable {
  struct Guest: Sendable, Equatable {
    var vmid: Int?
    var name: String
    var node: String?
    var status: String?
    /// A template never runs, and is no stopped guest.
    var template = false
  }

  private(set) var guests: [Guest] = []
  private(set) var nodes: [String] = []
  private(set) var storages: [String] = []
  /// True once a whole list of guests was seen.
  private(set) var listedGuests = false
  /// True once a whole list of nodes was seen.
  private(set) var listedNodes = false

  /// Names kept of one kind; a cluster has at most some tens of thousands.
  static let maximumNames = 100_000

  /// Takes the names out of a tool's result.
  mutating func learn(_ result: JSONValue, from call: MindCall) {
    switch call.tool {
    case "list_guests":
      let found = result.entries("guests")
      if call.arguments.isEmpty {
        guests = []
        listedGuests = true
      }
      for guest in found.prefix(Self.maximumNames) { learn(guest: guest) }
    case "guest_status", "guest_config": learn(guest: result)
    case "list_nodes":
      nodes = result.entries("nodes").prefix(Self.maximumNames).compactMap { $0["name"]?.string }
      listedNodes = true
    case "node_status": learn(node: result["name"]?.string)
    case "cluster_status":
      for name in result["nodes"]?["offline"]?.array ?? [] { learn(node: name.string) }
    case "list_storage":
      for storage in result.entries("storages").prefix(Self.maximumNames) {
        if let name = storage["name"]?.string, !storages.contains(name) { storages.append(name) }
      }
    default: break
    }
  }

  private mutating func learn(node: String?) {
    if let node, !nodes.contains(node) { nodes.append(node) }
  }

  private mutating func learn(guest: JSONValue) {
    guard let name = guest["name"]?.string ?? guest["vmid"]?.int.map(String.init) else { return }
    let learned = Guest(
      vmid: guest["vmid"]?.int, name: name, node: guest["node"]?.string, status: guest["status"]?.string,
      template: guest["template"]?.bool ?? false)
    if let index = guests.firstIndex(where: { $0.vmid == learned.vmid && $0.name == name }) {
      guests[index] = learned
    } else {
      guests.append(learned)
    }
  }
}

/// What a question is about, by its kind and name.
struct MindSubject: Sendable, Equatable, Hashable {
  enum Kind: Sendable, Equatable, Hashable { case guest, node, storage }
  var kind: Kind
  /// As the tool results write it.
  var name: String
  var vmid: Int?

  init(_ kind: Kind, _ name: String, vmid: Int? = nil) {
    self.kind = kind
    self.name = name
    self.vmid = vmid
  }
}
