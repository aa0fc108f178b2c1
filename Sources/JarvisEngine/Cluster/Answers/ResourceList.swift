import JarvisAPI

/// `GET /cluster/resources`: nodes, guests and storages of the whole cluster in one answer, as they were last told
/// around (about 10 s). What the token may not see is left out, row by row and field by field.
package struct ResourceList: Sendable {
  struct NodeRow: Sendable {
    var name: String
    var status: String?
    var cpu: Double?
    var cores: Int?
    var memory: Int64?
    var maximumMemory: Int64?
    var disk: Int64?
    var maximumDisk: Int64?
    var uptime: Double?
  }

  struct GuestRow: Sendable {
    var vmid: Int
    var kind: Guest.Kind
    var node: String
    var name: String?
    var status: String?
    var template: Bool
    var cpu: Double?
    var cores: Int?
    var memory: Int64?
    var maximumMemory: Int64?
    var disk: Int64?
    var maximumDisk: Int64?
    var uptime: Double?
    var networkIn: Int64?
    var networkOut: Int64?
    var lock: String?
    var haState: String?
    var tags: [String]
  }

  struct StorageRow: Sendable {
    var name: String
    var node: String
    var shared: Bool
    var plugin: String?
    var status: String?
    var used: Int64?
    var total: Int64?
    var content: [String]
  }

  var nodes: [NodeRow] = []
  var guests: [GuestRow] = []
  var storages: [StorageRow] = []

  /// Reads the answer.
  /// - Throws: `AnswerFault` where it is no list of resources.
  package init(_ body: AnswerBody) throws(AnswerFault) {
    // Pools, networks and types to come are good rows that nobody here asks for.
    _ = try body.rows { row -> Void? in
      switch row["type"]?.string {
      case "qemu": guests.append(or: GuestRow(row, .qemu))
      case "lxc": guests.append(or: GuestRow(row, .lxc))
      case "node": nodes.append(or: NodeRow(row))
      case "storage": storages.append(or: StorageRow(row))
      case nil: nil
      default: ()
      }
    }
  }
}

extension Array {
  /// Appends what could be read; nil says that it could not.
  fileprivate mutating func append(or row: Element?) -> Void? {
    guard let row else { return nil }
    append(row)
    return ()
  }
}

extension ResourceList.NodeRow {
  init?(_ row: JSONView) {
    guard let name = row.name("node") ?? row.lastPart(of: "id") else { return nil }
    self.name = name
    status = row.name("status")
    cpu = row["cpu"]?.number
    cores = row["maxcpu"]?.int
    memory = row["mem"]?.size
    maximumMemory = row["maxmem"]?.size
    disk = row["disk"]?.size
    maximumDisk = row["maxdisk"]?.size
    uptime = row["uptime"]?.number
  }
}

extension ResourceList.GuestRow {
  init?(_ row: JSONView, _ kind: Guest.Kind) {
    // A guest on an offline node can have only id, type, status, vmid and node.
    guard let vmid = row["vmid"]?.int ?? row.lastPart(of: "id").flatMap({ Int($0) }), vmid > 0,
      let node = row.name("node")
    else { return nil }
    self.vmid = vmid
    self.kind = kind
    self.node = node
    name = row.name("name")
    status = row.name("status")
    template = row["template"]?.flag ?? false
    cpu = row["cpu"]?.number
    cores = row["maxcpu"]?.int
    memory = row["mem"]?.size
    maximumMemory = row["maxmem"]?.size
    disk = row["disk"]?.size
    maximumDisk = row["maxdisk"]?.size
    uptime = row["uptime"]?.number
    networkIn = row["netin"]?.size
    networkOut = row["netout"]?.size
    lock = row.name("lock")
    haState = row.name("hastate")
    tags = row.name("tags").map(TextList.split) ?? []
  }
}

extension ResourceList.StorageRow {
  init?(_ row: JSONView) {
    guard let name = row.name("storage") ?? row.lastPart(of: "id"), let node = row.name("node") else { return nil }
    self.name = name
    self.node = node
    shared = row["shared"]?.flag ?? false
    plugin = row.name("plugintype")
    status = row.name("status")
    used = row["disk"]?.size
    total = row["maxdisk"]?.size
    content = row.name("content").map(TextList.split) ?? []
  }
}

extension JSONView {
  /// "pve" of "node/pve": what identifies a row when its own field is absent.
  fileprivate func lastPart(of key: StaticString) -> String? { name(key)?.split(separator: "/").last.map(String.init) }
}

/// Lists inside texts: "prod;web", "iso,backup".
enum TextList {
  static func split(_ text: String) -> [String] {
    text.split { $0 == ";" || $0 == "," || $0 == " " }.map(String.init)
  }
}
