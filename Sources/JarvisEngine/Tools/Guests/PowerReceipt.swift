import JarvisAPI
import JarvisCluster

/// What a power action came to, told from the task's end and from what was read back, and from nothing else. Pure.
struct PowerReceipt {
  enum Reading {
    case read(GuestDetails, reached: Bool)
    case unreadable(String)
  }

  let action: GuestAction
  let goal: PowerGoal
  let outcome: ClusterTask.Outcome
  let reading: Reading
  let remark: String?

  var report: ToolReport {
    let label = goal.before.guest.labelWithNode
    return ToolReport(
      content: [
        "action": .string(action.rawValue), "target": .string(label), "done": .bool(taskSucceeded),
        "verified": .bool(verified), "task_status": .string(outcome.words), "state": ToolFormat.json(state),
        "detail": .string(verified ? remarks.joined(separator: "; ") : detail),
      ],
      summary: verified ? verifiedSummary : detail,
      text: "\(action.rawValue) \(label): " + (verified ? "verified – \(verifiedSummary)" : "NOT verified – \(detail)"),
      verified: verified)
  }

  private var taskSucceeded: Bool {
    switch outcome {
    case .ok, .warnings: true
    case .running, .failed, .unknown: false
    }
  }

  private var verified: Bool {
    if taskSucceeded, case .read(_, reached: true) = reading { true } else { false }
  }

  private var state: String? {
    if case .read(let details, _) = reading { details.stateWords } else { nil }
  }

  private var verifiedSummary: String { ([state ?? ""] + remarks).joined(separator: "; ") }

  /// What a person must know beside the state that was wanted.
  private var remarks: [String] {
    let warnings =
      if case .warnings(let count) = outcome { "the task ended with WARNINGS: \(count)" } else { nil as String? }
    return [warnings, remark].compactMap(\.self)
  }

  private var detail: String {
    if verified { return verifiedSummary }
    var parts: [String] = []
    switch outcome {
    case .failed(let words): parts.append("the task failed: \(words)")
    case .running: parts.append("the task is still running")
    case .unknown: parts.append("nobody knows how the task ended")
    case .warnings(let count): parts.append("the task ended with WARNINGS: \(count)")
    case .ok: parts.append(goal.before.managedByHA ? "the wish was recorded for HA" : "the task ended OK")
    }
    switch reading {
    case .read(let details, let reached):
      if details.guest.haState == "error" { parts.append("HA has given up on it (state error)") }
      parts.append(reached ? "it is \(details.stateWords)" : goal.missing(in: details))
    case .unreadable(let reason): parts.append("its state could not be read back: \(reason)")
    }
    if let remark { parts.append(remark) }
    return parts.joined(separator: "; ")
  }
}
