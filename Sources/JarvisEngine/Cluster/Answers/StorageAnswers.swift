import JarvisAPI

/// A storage as one node sees it now: a row of `GET /nodes/{node}/storage`, or `…/storage/{storage}/status`.
public struct StorageStatus: Sendable, Equatable {
  /// Empty in the answer about a single storage, which does not repeat its name.
  public var name: String
  /// "zfspool", "dir", "pbs", …
  public var plugin: String?
  /// True where all nodes see the same storage.
  public var shared: Bool
  /// False where the configuration keeps this node off it.
  public var enabled: Bool?
  /// False where the node cannot use it at the moment.
  public var active: Bool?
  /// Unknown while inactive.
  public var usage: Reading<Usage>
  /// Kinds of content it may hold: "images", "backup", …
  public var content: [String]

  init?(_ row: JSONView, name: String) {
    guard row["type"] != nil || row["total"] != nil || row["active"] != nil else { return nil }
    self.name = name
    plugin = row.name("type")
    shared = row["shared"]?.flag ?? false
    enabled = row["enabled"]?.flag
    active = row["active"]?.flag
    // An inactive storage reports 0 of 0: that is no figure.
    if let used = row["used"]?.size, let total = row["total"]?.size, total > 0 {
      usage = .known(Usage(used: used, total: total))
    } else {
      usage = .unknown
    }
    content = row.name("content").map(TextList.split) ?? []
  }

  static func list(_ body: AnswerBody) throws(AnswerFault) -> [StorageStatus] {
    try body.rows { row in row.name("storage").flatMap { StorageStatus(row, name: $0) } }
  }

  static func single(_ body: AnswerBody) throws(AnswerFault) -> StorageStatus {
    let row = try body.object()
    guard let status = StorageStatus(row, name: row.name("storage") ?? "") else {
      throw AnswerFault("neither type nor total nor active")
    }
    return status
  }
}

/// A storage as it is configured: a row of `GET /storage`.
public struct StorageConfig: Sendable, Equatable {
  public var name: String
  /// "zfspool", "dir", "pbs", …
  public var plugin: String
  /// True where all nodes see the same storage.
  public var shared: Bool
  /// True where it is switched off for all nodes.
  public var disabled: Bool
  /// Nodes it is limited to; empty for all.
  public var nodes: [String]
  /// Kinds of content it may hold: "images", "backup", …
  public var content: [String]

  init?(_ row: JSONView) {
    guard let name = row.name("storage"), let plugin = row.name("type") else { return nil }
    self.name = name
    self.plugin = plugin
    shared = row["shared"]?.flag ?? false
    disabled = row["disable"]?.flag ?? false
    nodes = row.name("nodes").map(TextList.split) ?? []
    content = row.name("content").map(TextList.split) ?? []
  }
}

/// One volume of `GET /nodes/{node}/storage/{storage}/content`.
public struct StorageVolume: Sendable, Equatable {
  /// "local:iso/debian-12.iso".
  public var id: String
  /// "iso", "backup", "images", …
  public var content: String?
  /// Bytes.
  public var size: Int64?
  /// The guest it belongs to.
  public var vmid: Int?
  /// Seconds since 1970.
  public var createdAt: Int?
  /// True where Proxmox refuses to prune it.
  public var protected: Bool

  init?(_ row: JSONView) {
    guard let id = row.name("volid") else { return nil }
    self.id = id
    content = row.name("content")
    size = row["size"]?.size
    vmid = row["vmid"]?.int
    createdAt = row["ctime"]?.int
    protected = row["protected"]?.flag ?? false
  }
}

/// One moment of `rrddata`: averages over the step that begins at `time`.
public struct HistoryPoint: Sendable, Equatable {
  /// Seconds since 1970.
  public var time: Int
  /// By the API's own names ("cpu", "mem", "netin", …); what was not recorded is absent.
  public var values: [String: Double]

  init?(_ row: JSONView) {
    guard let time = row["time"]?.int else { return nil }
    self.time = time
    values = [:]
    for (key, value) in row.members where key != "time" {
      if let number = value.number { values[OutsideText.name(key)] = number }
    }
  }

  static func list(_ body: AnswerBody) throws(AnswerFault) -> [HistoryPoint] {
    try body.rows(HistoryPoint.init).sorted { $0.time < $1.time }
  }
}
