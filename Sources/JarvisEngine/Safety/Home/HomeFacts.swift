import JarvisAPI

/// What a guest's configuration tells of it: how its machine is recognised, and what it stands on. Pure.
public struct HomeFacts: Sendable, Hashable {
  public var fingerprint: HomeFingerprint
  /// Storages that hold its disks, sorted; images in its drives are none.
  public var storages: [String]
  /// Bridges of its network, sorted.
  public var bridges: [String]

  /// - Parameter config: keys as in the API.
  public init(_ config: [String: JSONValue], place: Home.Place, name: String) {
    var (macs, addresses): ([String], [String]) = ([], [])
    var (storages, bridges): (Set<String>, Set<String>) = ([], [])
    var uuid: String?
    for (key, value) in config.sorted(by: { $0.key < $1.key }) {
      guard let text = value.string else { continue }
      let parts = text.split(separator: ",").map(String.init)
      let fields = Dictionary(parts.compactMap(Self.field), uniquingKeysWith: { first, _ in first })
      switch key.prefix(while: \.isLetter) {
      case "smbios": uuid = fields["uuid"]
      case "net":
        if let bridge = fields["bridge"] { bridges.insert(bridge) }
        // A virtual machine's address stands behind its model: "virtio=BC:24:11:…".
        macs += fields.filter { Self.isMAC($0.value) }.map(\.value).sorted()
        addresses += ["ip", "ip6"].compactMap { fields[$0] }.filter(Self.isAddress)
      case "ipconfig": addresses += ["ip", "ip6"].compactMap { fields[$0] }.filter(Self.isAddress)
      case "scsi", "virtio", "ide", "sata", "efidisk", "tpmstate", "rootfs", "mp":
        if let first = parts.first, let storage = Self.storage(first), fields["media"] != "cdrom" {
          storages.insert(storage)
        }
      default: break
      }
    }
    fingerprint = HomeFingerprint(place: place, name: name, smbiosUUID: uuid, macs: macs, addresses: addresses)
    self.storages = storages.sorted()
    self.bridges = bridges.sorted()
  }

  private static func field(_ part: String) -> (String, String)? {
    let halves = part.split(separator: "=", maxSplits: 1).map(String.init)
    return halves.count == 2 ? (halves[0], halves[1]) : nil
  }

  private static func isMAC(_ text: String) -> Bool {
    text.utf8.count == 17 && text.split(separator: ":").count == 6
      && text.allSatisfy { $0.isHexDigit || $0 == ":" }
  }

  /// "dhcp", "auto" and "manual" are none.
  private static func isAddress(_ text: String) -> Bool { text.contains(".") || text.contains(":") }

  /// "tank" of "tank:vm-100-disk-0"; a path on the node is no storage.
  private static func storage(_ volume: String) -> String? {
    let bare = volume.hasPrefix("file=") ? String(volume.dropFirst(5)) : volume
    guard !bare.hasPrefix("/"), let colon = bare.firstIndex(of: ":"), colon > bare.startIndex else { return nil }
    return String(bare[..<colon])
  }
}
