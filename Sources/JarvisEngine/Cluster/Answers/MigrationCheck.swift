/// What `GET …/migrate` says before a guest is moved.
public struct MigrationCheck: Sendable, Equatable {
  /// A disk that lies on a storage of the node alone, and has to be copied.
  public struct LocalDisk: Sendable, Equatable {
    /// "local-lvm:vm-103-disk-1".
    public var volume: String
    /// Bytes, where told.
    public var size: Int64?
  }

  public var running: Bool
  /// Disks to be copied; CD images among them cannot be.
  public var localDisks: [LocalDisk]
  /// Passed-through devices and the like, which tie the guest to its node.
  public var localResources: [String]
  /// Node → why the guest cannot go there; only nodes that are refused.
  public var refused: [String: String]
  /// Nodes that have everything the guest needs; empty where the API does not say.
  public var allowed: [String]

  init(_ body: AnswerBody) throws(AnswerFault) {
    let row = try body.object()
    running = row["running"]?.flag ?? false
    localDisks =
      row["local_disks"]?.elements.compactMap { disk in
        guard disk["is_unused"]?.flag != true, let volume = disk.name("volid") else { return nil }
        return LocalDisk(volume: volume, size: disk["size"]?.size)
      } ?? []
    localResources = row["local_resources"]?.elements.compactMap(\.word).map(OutsideText.name) ?? []
    allowed =
      (row["allowed_nodes"] ?? row["allowed-nodes"])?.elements.compactMap(\.string).map(OutsideText.name).sorted() ?? []
    refused = [:]
    for (node, why) in (row["not_allowed_nodes"] ?? row["not-allowed-nodes"])?.members.map({ $0 }) ?? [] {
      refused[OutsideText.name(node)] = Self.reason(why)
    }
  }

  private static func reason(_ why: JSONView) -> String {
    let storages = why["unavailable_storages"]?.elements.compactMap(\.string).map(OutsideText.name) ?? []
    if !storages.isEmpty { return "it lacks the storage \(storages.joined(separator: ", "))" }
    let resources = why["unavailable-resources"]?.elements.compactMap(\.word).map(OutsideText.name) ?? []
    if !resources.isEmpty { return "it lacks \(resources.joined(separator: ", "))" }
    if why["blocking-ha-resources"] != nil { return "a rule of HA keeps it away" }
    return "Proxmox VE refuses it"
  }
}

/// Lines of `GET /nodes/{node}/journal`.
enum JournalAnswer {
  /// Lines read from one answer, at most.
  static let maximumLines = 20_000

  /// Oldest first. The reader's own marks, cursors at beginning and end, are left out.
  static func lines(_ body: AnswerBody) throws(AnswerFault) -> [String] {
    guard let data = body.data else { return [] }
    guard data.isArray else { throw AnswerFault("`data` is not a list") }
    return data.elements.prefix(maximumLines).compactMap { $0.string }
      .filter { !isCursor($0) }.map(OutsideText.line)
  }

  /// "s=0639ac5f6f13…;i=1d5;b=…".
  private static func isCursor(_ line: String) -> Bool {
    line.hasPrefix("s=") && line.contains(";i=") && line.contains(";b=")
  }
}
