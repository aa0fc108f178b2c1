import JarvisAPI

/// When a task is looked at next. Pure: told how the last look ended, it says how long to wait or that it is over.
struct TaskFollowing: Sendable {
  /// Most power actions end within a second or two; a migration takes minutes.
  static let firstPause: Duration = .milliseconds(300)
  static let longestPause: Duration = .seconds(5)
  /// Failed looks in a row after which following ends with the failure; until then the node may come back.
  static let maximumFailures = 8

  enum Look: Sendable {
    case saw(ClusterTask.Outcome)
    case failed(ProxmoxError)
  }

  enum Step: Sendable {
    case wait(Duration)
    case end(ClusterTask.Outcome)
    case fail(ProxmoxError)
  }

  private let patience: Duration
  private var waited: Duration = .zero
  private var pause = firstPause
  private var failures = 0

  init(patience: Duration) { self.patience = patience }

  /// - Parameter took: how long the look itself took; it counts against the patience.
  mutating func after(_ look: Look, took: Duration) -> Step {
    waited += took
    switch look {
    case .saw(let outcome):
      failures = 0
      guard outcome == .running else { return .end(outcome) }
      guard waited < patience else { return .end(.running) }
    case .failed(let error):
      failures += 1
      guard Self.mayPass(error), failures < Self.maximumFailures, waited < patience else { return .fail(error) }
    }
    let wait = min(pause, max(.milliseconds(1), patience - waited))
    waited += wait
    pause = min(pause * 3 / 2, Self.longestPause)
    return .wait(wait)
  }

  /// True for failures of the way to the node, which says nothing about the task itself.
  static func mayPass(_ error: ProxmoxError) -> Bool {
    switch error.kind {
    case .nodeUnreachable, .nodeBroken, .timeout, .refused, .unreachable, .malformed: true
    case .other(let status): status >= 502
    default: false
    }
  }
}
