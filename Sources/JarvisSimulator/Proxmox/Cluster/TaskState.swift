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

    /// What happens even when the task fails: a lock is let go.
    var afterFailure: Effect {
      if case .unlock = self { self } else { .none }
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
