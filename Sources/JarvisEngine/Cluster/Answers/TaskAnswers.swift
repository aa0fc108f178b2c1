import Foundation
import JarvisAPI

/// Reads tasks as the API tells them in lists and one by one.
enum TaskAnswers {
  /// Rows of `/cluster/tasks` and `/nodes/{node}/tasks`, newest first; the API sorts neither.
  static func list(_ body: AnswerBody) throws(AnswerFault) -> [ClusterTask] {
    try body.rows(task).sorted { ($0.startedAt, $0.upid) > ($1.startedAt, $1.upid) }
  }

  static func task(_ row: JSONView) -> ClusterTask? {
    guard let text = row["upid"]?.string, text.utf8.count <= maximumUPIDLength else { return nil }
    let upid = UPID(text)
    // The UPID keeps the token as its user; the row of an ended task tells user and token apart.
    guard let node = row.name("node") ?? upid.map({ OutsideText.name($0.node) }),
      let type = row.name("type") ?? upid.map({ OutsideText.name($0.type) })
    else { return nil }
    let started = row["starttime"]?.number.map(Date.init(timeIntervalSince1970:)) ?? upid?.startedAt
    guard let started else { return nil }
    let ended = row["endtime"]?.number.map(Date.init(timeIntervalSince1970:))
    return ClusterTask(
      upid: OutsideText.name(text), node: node, type: type,
      target: row.name("id") ?? upid.map { OutsideText.name($0.target) } ?? "",
      user: upid.map { OutsideText.name($0.user) } ?? user(row), startedAt: started, endedAt: ended,
      outcome: outcome(row.name("status"), ended: ended != nil))
  }

  /// Longer ones are no UPIDs; Proxmox's own stay below 200 bytes.
  static let maximumUPIDLength = OutsideText.maximumNameLength

  private static func user(_ row: JSONView) -> String {
    let user = row.name("user") ?? ""
    guard let token = row.name("tokenid"), !user.contains("!") else { return user }
    return user + "!" + token
  }

  /// In lists a running task has no status, or "running"; an ended one has its exit status there.
  private static func outcome(_ status: String?, ended: Bool) -> ClusterTask.Outcome {
    guard let status, !status.isEmpty else { return ended ? .unknown : .running }
    return status == "running" && !ended ? .running : exit(status)
  }

  /// `OK`, `WARNINGS: n`, or the words of the failure.
  static func exit(_ status: String) -> ClusterTask.Outcome {
    if status == "OK" { return .ok }
    if status.hasPrefix("WARNINGS:"), let count = Int(status.dropFirst(9).trimmingCharacters(in: .whitespaces)) {
      return .warnings(count)
    }
    return .failed(OutsideText.line(status))
  }

  /// `/nodes/{node}/tasks/{upid}/status`: running, or ended with an exit status.
  static func status(_ body: AnswerBody) throws(AnswerFault) -> ClusterTask.Outcome {
    let row = try body.object()
    switch row["status"]?.string {
    case "running": return .running
    case "stopped": return row["exitstatus"]?.word.map(exit) ?? .unknown
    default: throw AnswerFault("the task's status is neither running nor stopped")
    }
  }
}

/// A piece of a task's log.
public struct TaskLog: Sendable, Equatable {
  /// Sanitised, in order.
  public var lines: [String]
  /// Lines there are in all.
  public var total: Int

  init(_ body: AnswerBody) throws(AnswerFault) {
    let rows = try body.rows { row in row["n"]?.int.map { (number: $0, text: OutsideText.line(row["t"]?.word ?? "")) } }
    lines = rows.sorted { $0.number < $1.number }.map(\.text)
    total = body.total ?? lines.count
  }
}
