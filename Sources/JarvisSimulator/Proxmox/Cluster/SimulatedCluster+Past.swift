/// A day of tasks before the simulation began, so that lists are not empty and a failure can be found in them.
extension SimulatedCluster {
  mutating func inventPast() {
    let present = now
    let dayAgo = present - 86_400
    var at = dayAgo
    for node in nodes {
      pretend(at)
      at += 400
      past("aptupdate", target: "", node: node.name, seconds: 11)
    }
    // The night's backups, one after the other; one of them fails.
    at = present - (present - 9_000).truncatingRemainder(dividingBy: 86_400)
    let candidates = guests.values.filter { $0.power == .running }.sorted { $0.vmid < $1.vmid }
    let unlucky = candidates.isEmpty ? nil : candidates[Int(random.unit() * Double(candidates.count))].vmid
    for guest in candidates where at < present - 600 {
      pretend(at)
      let seconds = 30 + Double(guest.configuration.disk >> 30) * (0.6 + random.unit())
      let failure = guest.vmid == unlucky ? "job errors" : nil
      past(
        "vzdump", target: "\(guest.vmid)", node: guest.node, seconds: seconds, failure: failure,
        lines: ["INFO: Starting Backup of VM \(guest.vmid) (\(guest.kind.rawValue))"]
          + (failure == nil
            ? ["INFO: Finished Backup of VM \(guest.vmid)"]
            : ["ERROR: Backup of VM \(guest.vmid) failed - storage lock timeout", "INFO: Failed at once"]))
      if failure == nil, let storage = storages.first(where: { $0.content.contains("backup") && $0.shared })?.name {
        keepBackup(of: guest.vmid, on: storage, at: at)
      }
      at += seconds + 4
    }
    pretend(present)
    tasks.sort { $0.startedAt < $1.startedAt }
    log.sort { $0.at < $1.at }
  }

  private mutating func past(
    _ type: String, target: String, node: String, seconds: Double, failure: String? = nil, lines: [String] = []
  ) {
    let begun = now
    let upid = begin(type, target: target, on: node, user: "root@pam", seconds: 0, failure: failure)
    guard let index = tasks.lastIndex(where: { $0.upid == upid }) else { return }
    tasks[index].endsAt = begun + seconds
    tasks[index].lines = lines.map { (at: begun, text: $0) }
  }
}
