import Foundation
import JarvisAPI

/// What is wrong in a picture of the cluster, from that picture alone.
///
/// The numbers are those of `requirements.md`; what holds for a time and what clears again is the monitor's.
enum ClusterProblems {
  struct Problem: Hashable {
    var severity: ClusterEvent.Severity
    var what: String
  }

  /// Problems that are told, at most; the gravest come first.
  static let maximum = 20
  /// Polls after which a picture is stale.
  static let stalePolls = 3.0
  /// How long a failed task counts as a problem.
  static let taskAge: TimeInterval = 86_400

  static let disk = (warning: 0.90, critical: 0.95)
  static let memory = (warning: 0.85, critical: 0.95)
  static let cpu = 0.95

  static func find(in picture: ClusterSnapshot, now: Date) -> [Problem] {
    var problems = link(picture, now)
    if picture.quorate.value == false {
      problems.append(Problem(severity: .critical, what: "the cluster has no quorum: nothing can be changed"))
    }
    for node in picture.nodes { problems += of(node, now) }
    for guest in picture.guests where guest.haState == "error" {
      problems.append(Problem(severity: .critical, what: "HA has given up on \(guest.labelWithNode) (state error)"))
    }
    for storage in picture.storages { problems += of(storage) }
    problems += failedTasks(picture, now)
    let order: [ClusterEvent.Severity] = [.critical, .warning, .information, .good]
    let ranked = order.flatMap { severity in problems.filter { $0.severity == severity } }
    if ranked.count <= maximum { return ranked }
    let more = Problem(severity: .information, what: "and \(ranked.count - maximum + 1) more")
    return ranked.prefix(maximum - 1) + [more]
  }

  private static func link(_ picture: ClusterSnapshot, _ now: Date) -> [Problem] {
    if case .lost(let since, let reason, _) = picture.link {
      let age = ToolFormat.duration(now.timeIntervalSince(since))
      return [Problem(severity: .critical, what: "the cluster has not been reachable for \(age): \(reason)")]
    }
    let age = now.timeIntervalSince(picture.at)
    guard picture.at > .distantPast, age > picture.pollInterval * stalePolls else { return [] }
    return [Problem(severity: .warning, what: "these figures are \(ToolFormat.duration(age)) old")]
  }

  private static func of(_ node: Node, _ now: Date) -> [Problem] {
    let isMaintained = node.maintenance.value == true
    guard node.status == .online else {
      let since = node.offlineSince.map { " for \(ToolFormat.duration(now.timeIntervalSince($0)))" } ?? ""
      // What is in maintenance is meant to be away: told, and no trouble.
      return [
        Problem(
          severity: isMaintained ? .information : .critical,
          what: "node \(node.name) is \(node.status.rawValue)\(since)\(isMaintained ? ", in maintenance" : "")")
      ]
    }
    if isMaintained {
      return [Problem(severity: .information, what: "node \(node.name) is in maintenance: HA moves its guests away")]
    }
    var problems = full("root file system of node \(node.name)", node.disk.value?.fraction, disk)
    problems += full("memory of node \(node.name)", node.memory.value?.fraction, memory)
    if let share = node.cpu.value, share >= cpu {
      let figure = ToolFormat.percentText(share)
      problems.append(Problem(severity: .warning, what: "CPU of node \(node.name) is at \(figure) just now"))
    }
    return problems
  }

  private static func of(_ storage: Storage) -> [Problem] {
    let name = storage.shared ? "storage \(storage.name)" : "storage \(storage.name) on \(storage.node)"
    if !storage.available { return [Problem(severity: .warning, what: "\(name) is not available")] }
    return full(name, storage.usage.value?.fraction, disk)
  }

  private static func full(
    _ what: String, _ fraction: Double?, _ limit: (warning: Double, critical: Double)
  ) -> [Problem] {
    guard let fraction, fraction >= limit.warning else { return [] }
    let severity: ClusterEvent.Severity = fraction >= limit.critical ? .critical : .warning
    return [Problem(severity: severity, what: "\(what) is \(ToolFormat.percentText(fraction)) full")]
  }

  private static func failedTasks(_ picture: ClusterSnapshot, _ now: Date) -> [Problem] {
    picture.tasks.compactMap { task in
      guard case .failed(let words) = task.outcome, let end = task.endedAt, now.timeIntervalSince(end) < taskAge else {
        return nil
      }
      let target = task.target.isEmpty ? "" : " \(task.target)"
      let age = ToolFormat.duration(max(0, now.timeIntervalSince(end)))
      return Problem(
        severity: .warning, what: "task \(task.type)\(target) on \(task.node) failed \(age) ago: \(words)")
    }
  }
}
