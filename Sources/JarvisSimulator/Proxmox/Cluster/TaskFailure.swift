/// A failure laid in wait for the next tasks of a type: the call answers 200, and the task ends badly.
struct TaskFailure: Sendable {
  /// "qmstart", …
  let type: String
  let exitStatus: String
  var remaining: Int
}

extension SimulatedCluster {
  /// Makes the next `times` tasks of this type end with this exit status, and change nothing.
  public mutating func failNextTask(_ type: String, with exitStatus: String, times: Int = 1) {
    failures.append(TaskFailure(type: type, exitStatus: exitStatus, remaining: times))
  }

  mutating func failure(for type: String) -> String? {
    guard let index = failures.firstIndex(where: { $0.type == type && $0.remaining > 0 }) else { return nil }
    failures[index].remaining -= 1
    let text = failures[index].exitStatus
    failures.removeAll { $0.remaining <= 0 }
    return text
  }
}
