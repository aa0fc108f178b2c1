import JarvisAPI

/// The keys and values of a guest's configuration file, typed as the API shows them.
enum GuestConfigText {
  static func initial(_ guest: GuestConfiguration, random: inout SeededRandom) -> [String: JSONValue] {
    let mac = "BC:24:11:" + hexPair(&random) + ":" + hexPair(&random) + ":" + hexPair(&random)
    let mebibytes = guest.memory >> 20
    let size = "\(guest.disk >> 30)G"
    let volume = volumeName(guest)
    var config: [String: JSONValue] = [:]
    switch guest.kind {
    case .qemu:
      config = [
        "name": .string(guest.name), "memory": .string("\(mebibytes)"), "cores": .int(guest.cores), "sockets": 1,
        "ostype": "l26", "scsihw": "virtio-scsi-single", "cpu": "x86-64-v2-AES", "numa": 0,
        "scsi0": .string("\(volume),discard=on,iothread=1,size=\(size),ssd=1"),
        "net0": .string("virtio=\(mac),bridge=vmbr0,firewall=1"), "boot": "order=scsi0;net0",
        "smbios1": .string("uuid=\(random.uuid())"), "vmgenid": .string(random.uuid()),
        "meta": .string("creation-qemu=10.1.2,ctime=1725350400"),
      ]
      if guest.agent { config["agent"] = "1" }
      if guest.protected { config["protection"] = 1 }
    case .lxc:
      config = [
        "hostname": .string(guest.name), "memory": .int(mebibytes), "swap": 512, "cores": .int(guest.cores),
        "ostype": "debian", "arch": "amd64", "unprivileged": 1, "features": "nesting=1",
        "rootfs": .string("\(volume),size=\(size)"),
        "net0": .string("name=eth0,bridge=vmbr0,hwaddr=\(mac),ip=dhcp,type=veth"),
      ]
      if guest.protected { config["protection"] = 1 }
    }
    if guest.onBoot { config["onboot"] = 1 }
    if guest.template { config["template"] = 1 }
    if !guest.tags.isEmpty { config["tags"] = .string(guest.tags.sorted().joined(separator: ";")) }
    if !guest.notes.isEmpty { config["description"] = .string(guest.notes) }
    if let last = guest.snapshots.last { config["parent"] = .string(last) }
    return config
  }

  /// "tank:vm-100-disk-0".
  static func volumeName(_ guest: GuestConfiguration) -> String {
    let prefix = guest.template ? "base" : guest.kind == .qemu ? "vm" : "subvol"
    return "\(guest.storage):\(prefix)-\(guest.vmid)-disk-0"
  }

  /// The digest that guards a configuration against two writers: it changes with every value.
  static func digest(_ config: [String: JSONValue]) -> String {
    Fingerprint.digest(Array(JSONValue.object(config).text.utf8)).prefix(20)
      .map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  private static func hexPair(_ random: inout SeededRandom) -> String { random.hex(2).uppercased() }
}
