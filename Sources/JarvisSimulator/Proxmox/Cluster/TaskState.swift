/// A Proxmox task: a UPID, a time it takes, and how it ends. Times are seconds since 1970.
struct TaskState: Sendable {
  /// What the cluster does when the task ends well.
  enum Effect: Sendable, Hashable {
    case none
    case start(Int)
    case stop(Int)
    case restart(Int)
    case pause(Int)
    case resume(Int)
    case unlock(Int)
    case snapshot(Int, name: String, description: String, memory: Bool)
    case deleteSnapshot(Int, name: String)
    case rollback(Int, name: String, start: Bool)
    case backedUp(Int, storage: String)
    case migrate(Int, to: String, restart: Bool)
    case birth(Int)
    case stillbirth(Int)
    case serviceRuns(String, node: String)
    /// HA has heard a wish, and carries it out by itself.
    case wish(Int, runs: Bool)

    /// What happens even when the task fails: a lock is let go.
    var afterFailure: Effect {
      switch self {
      case .unlock: self
      case .snapshot(let vmid, _, _, _), .rollback(let vmid, _, _), .backedUp(let vmid, _), .migrate(let vmid, _, _):
        .unlock(vmid)
      case .birth(let vmid): .stillbirth(vmid)
      default: .none
      }
    }
  }

  let upid: String
  let node: String
  let process: Int
  /// When the process started, in hundredths of a second since the node booted.
  let processStart: Int
  let startedAt: Double
  let type: String
  /// The guest or object worked on; may be empty.
  let target: String
  /// "root@pam" or "root@pam!demo".
  let user: String
  /// When it ends or ended.
  var endsAt: Double
  /// What its exit status will be or is.
  var exitStatus: String
  var effect: Effect
  /// Lines that come at these times; the last one, "TASK …", is added when it has ended.
  var lines: [(at: Double, text: String)]
  var ended: Bool

  /// The user without the token.
  var owner: String { String(user.prefix { $0 != "!" }) }
  /// The token's part after the `!`.
  var tokenID: String? { user.contains("!") ? String(user.drop { $0 != "!" }.dropFirst()) : nil }
  var failed: Bool { ended && exitStatus != "OK" && !exitStatus.hasPrefix("WARNINGS") }

  /// The log so far, as its file would read.
  func log(at time: Double) -> [String] {
    var text = lines.filter { $0.at <= time }.map(\.text)
    if ended {
      let known = exitStatus == "OK" || exitStatus.hasPrefix("WARNINGS")
      text.append(known ? "TASK \(exitStatus)" : "TASK ERROR: \(exitStatus)")
    }
    return text
  }
}
