import Foundation
import JarvisAPI

/// Answers about the whole cluster.
enum LiveOverview {
  static func status(_ picture: ClusterSnapshot) -> String {
    var lines: [String] = []
    let trouble = troubles(picture)
    lines.append(trouble.isEmpty ? "Nothing that Jarvis watches is wrong." : "**Not all is well:**")
    lines += trouble.map { "- " + $0 }
    if !trouble.isEmpty { lines.append("") }
    let guests = real(picture)
    let down = guests.filter { $0.status == .stopped }.sorted { $0.vmid < $1.vmid }
    lines.append(
      "\(picture.nodes.filter { $0.status == .online }.count) of \(picture.nodes.count) nodes online, "
        + "\(guests.filter { $0.status == .running }.count) of \(guests.count) guests running"
        + (down.isEmpty ? "." : "; stopped: \(names(down)).")
    )
    return lines.joined(separator: "\n")
  }

  /// How long a failed task is told of.
  private static let failureAge: TimeInterval = 86_400

  private static func names(_ guests: [Guest]) -> String {
    let shown = guests.prefix(LiveAnswer.maximumListed).map { LiveDetails.name($0) }.joined(separator: ", ")
    return guests.count > LiveAnswer.maximumListed
      ? shown + " and \(guests.count - LiveAnswer.maximumListed) more" : shown
  }

  /// What is plainly wrong: no quorum, nodes away, disks and storages over the thresholds, tasks that failed.
  private static func troubles(_ picture: ClusterSnapshot) -> [String] {
    var found: [String] = []
    if picture.quorate.value == false { found.append("the cluster has no quorum") }
    for node in picture.nodes where node.status != .online {
      found.append("node \(node.name) is \(node.status.rawValue)")
    }
    for node in picture.nodes {
      if let share = node.disk.value?.fraction, share >= 0.9 {
        found.append("\(node.name)'s root disk is \(percent(share)) full")
      }
      if let share = node.memory.value?.fraction, share >= 0.85 {
        found.append("\(node.name)'s memory is \(percent(share)) used")
      }
    }
    for storage in picture.storages {
      if !storage.available { found.append("storage \(storage.name) is not available on \(storage.node)") }
      if let share = storage.usage.value?.fraction, share >= 0.9 {
        let place = storage.shared ? "" : " on \(storage.node)"
        found.append("storage \(storage.name)\(place) is \(percent(share)) full")
      }
    }
    for task in picture.tasks {
      guard case .failed(let words) = task.outcome, let end = task.endedAt,
        picture.at.timeIntervalSince(end) < failureAge
      else { continue }
      let target = task.target.isEmpty ? "" : " \(task.target)"
      found.append(
        "task \(task.type)\(target) on \(task.node) failed: \(Sanitiser.clean(words, keepingNewlines: false))")
    }
    return found
  }

  static func nodes(_ picture: ClusterSnapshot) -> String {
    picture.nodes.map { node in
      var parts = [node.status.rawValue]
      if let cpu = node.cpu.value { parts.append("CPU \(percent(cpu))") }
      if let memory = node.memory.value?.fraction { parts.append("memory \(percent(memory))") }
      return "- \(node.name): " + parts.joined(separator: ", ")
    }.joined(separator: "\n")
  }

  static func running(_ picture: ClusterSnapshot) -> String { list(picture, "running") { $0.status == .running } }

  static func stopped(_ picture: ClusterSnapshot) -> String { list(picture, "not running") { $0.status != .running } }

  private static func list(_ picture: ClusterSnapshot, _ word: String, _ belongs: (Guest) -> Bool) -> String {
    let all = real(picture)
    let chosen = all.filter(belongs).sorted { $0.vmid < $1.vmid }
    guard !chosen.isEmpty else { return "None of \(all.count) guests is \(word)." }
    let names = chosen.prefix(LiveAnswer.maximumListed).map { "\(LiveDetails.name($0)) on \($0.node)" }
    let rest = chosen.count - names.count
    return "\(chosen.count) of \(all.count) guests \(chosen.count == 1 ? "is" : "are") \(word): "
      + names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "") + "."
  }

  private static func real(_ picture: ClusterSnapshot) -> [Guest] { picture.guests.filter { !$0.template } }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
