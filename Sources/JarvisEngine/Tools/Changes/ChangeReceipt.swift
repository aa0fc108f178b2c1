import JarvisAPI
import JarvisCluster

/// What a change came to, told from the task's end and from what was read back, and from nothing else. Pure.
struct ChangeReceipt {
  enum Reading {
    case read(Change.Look)
    case unreadable(String)
  }

  let change: Change
  let outcome: ClusterTask.Outcome
  let reading: Reading
  /// How it was learned, and what else should be heard.
  let remarks: [String]

  var report: ToolReport {
    ToolReport(
      content: [
        "action": .string(change.action), "target": .string(change.target), "done": .bool(taskSucceeded),
        "verified": .bool(verified), "task_status": .string(outcome.words), "state": ToolFormat.json(state),
        "detail": .string(verified ? notes.joined(separator: "; ") : detail),
      ],
      summary: verified ? verifiedSummary : detail,
      text: "\(change.action) \(change.target): "
        + (verified ? "verified – \(verifiedSummary)" : "NOT verified – \(detail)"),
      verified: verified)
  }

  private var taskSucceeded: Bool {
    switch outcome {
    case .ok, .warnings: true
    case .running, .failed, .unknown: false
    }
  }

  private var verified: Bool {
    if taskSucceeded, case .read(let look) = reading { look.reached } else { false }
  }

  private var state: String? {
    if case .read(let look) = reading { look.state } else { nil }
  }

  private var verifiedSummary: String { ([state ?? ""] + notes).joined(separator: "; ") }

  /// What a person must know beside the state that was wanted.
  private var notes: [String] {
    if case .warnings(let count) = outcome { ["the task ended with WARNINGS: \(count)"] + remarks } else { remarks }
  }

  private var detail: String {
    var parts: [String] = []
    switch outcome {
    case .failed(let words): parts.append("the task failed: \(words)")
    case .running: parts.append("the task is still running")
    case .unknown: parts.append("nobody knows how the task ended")
    case .warnings(let count): parts.append("the task ended with WARNINGS: \(count)")
    case .ok: parts.append(change.wishOnly ? "the wish was recorded for HA" : "the task ended OK")
    }
    switch reading {
    case .read(let look):
      if look.hopeless { parts.append("HA has given up on it (state error)") }
      parts.append(look.reached ? "it is \(look.state)" : look.missing)
    case .unreadable(let reason): parts.append("its state could not be read back: \(reason)")
    }
    return (parts + remarks).joined(separator: "; ")
  }
}
