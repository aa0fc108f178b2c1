import JarvisAPI

extension SimulatedCluster {
  /// Writes settings into a guest's configuration. Cores and memory of a running guest take effect at its next start.
  mutating func configure(_ vmid: Int, set: [String: JSONValue], delete: [String]) {
    guard var guest = guests[vmid] else { return }
    for key in delete { guest.config[key] = nil }
    for (key, value) in set { guest.config[key] = value }
    guest.adoptSettings()
    if guest.power == .stopped { guest.adoptHardware() }
    guests[vmid] = guest
  }
}

extension GuestState {
  /// Takes over what holds at once.
  mutating func adoptSettings() {
    if let name = (config["name"] ?? config["hostname"])?.string { configuration.name = name }
    configuration.tags = (config["tags"]?.string ?? "").split { ";, ".contains($0) }.map(String.init)
    configuration.onBoot = config["onboot"]?.int == 1
    configuration.protected = config["protection"]?.int == 1
    configuration.notes = config["description"]?.string ?? ""
  }

  /// Takes over what holds from the next start on.
  mutating func adoptHardware() {
    if let cores = config["cores"]?.int, cores > 0 { configuration.cores = cores }
    if let mebibytes = config["memory"]?.int, mebibytes > 0 { configuration.memory = mebibytes << 20 }
  }
}
