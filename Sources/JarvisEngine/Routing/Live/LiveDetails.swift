import Foundation
import JarvisAPI

/// Answers about one thing.
enum LiveDetails {
  static func guest(_ vmid: Int, _ picture: ClusterSnapshot) -> String {
    guard let guest = picture.guests.first(where: { $0.vmid == vmid }) else {
      return "Guest \(vmid) is not in the picture any more."
    }
    var parts = ["\(name(guest)) on \(guest.node) is **\(guest.status.rawValue)**"]
    if guest.status == .running {
      if let uptime = guest.uptime.value { parts.append("up \(LiveAnswer.duration(Int(uptime)))") }
      if let cpu = guest.cpu.value { parts.append("CPU \(LiveOverview.percent(cpu))") }
      if let memory = guest.memory.value { parts.append("memory \(usage(memory))") }
      if let disk = guest.disk.value, disk.used > 0 { parts.append("disk \(usage(disk))") }
    }
    if let lock = guest.lock { parts.append("held by a task: \(lock)") }
    if let state = guest.haState { parts.append("HA \(state)") }
    return parts.joined(separator: ", ") + "."
  }

  static func node(_ name: String, _ picture: ClusterSnapshot) -> String {
    guard let node = picture.nodes.first(where: { $0.name == name }) else {
      return "Node \(name) is not in the picture any more."
    }
    var parts = ["\(node.name) is **\(node.status.rawValue)**"]
    if node.status == .online {
      if let uptime = node.uptime.value { parts.append("up \(LiveAnswer.duration(Int(uptime)))") }
      if let cpu = node.cpu.value { parts.append("CPU \(LiveOverview.percent(cpu))") }
      if let memory = node.memory.value { parts.append("memory \(usage(memory))") }
      if let disk = node.disk.value { parts.append("root disk \(usage(disk))") }
    }
    return parts.joined(separator: ", ") + "."
  }

  /// A storage that is not shared is one on each node.
  static func storage(_ name: String, _ picture: ClusterSnapshot) -> String {
    let found = picture.storages.filter { $0.name == name }
    guard !found.isEmpty else { return "Storage \(name) is not in the picture any more." }
    return found.map { storage in
      let place = storage.shared ? storage.name : "\(storage.name) on \(storage.node)"
      guard storage.available else { return "\(place) is **not available**." }
      guard let used = storage.usage.value, used.total > 0 else { return "\(place): its use is not known." }
      return "\(place) is **\(LiveOverview.percent(used.fraction ?? 0)) full**: \(usage(used))."
    }.joined(separator: "\n")
  }

  /// "pihole (102)"; the number alone where the API withholds the name.
  static func name(_ guest: Guest) -> String {
    guest.name.isEmpty ? "guest \(guest.vmid)" : "\(guest.name) (\(guest.vmid))"
  }

  private static func usage(_ usage: Usage) -> String {
    usage.total > 0 ? "\(ByteFormat.text(usage.used)) of \(ByteFormat.text(usage.total))" : ByteFormat.text(usage.used)
  }
}
