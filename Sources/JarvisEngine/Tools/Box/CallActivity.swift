import Foundation
import JarvisAPI
import JarvisLock
import JarvisSafety

/// Follows one call and tells the screen each state it takes.
///
/// A class because the gate reports progress from its own isolation while the box waits; the state is behind a lock.
final class CallActivity: Sendable {
  /// A person, who is told what they can type, or a model.
  let caller: Caller
  private let activity: Guarded<ToolActivity>
  /// Since the call began, on a clock that nobody sets.
  private let elapsed: @Sendable () -> Duration
  private let onChange: @Sendable (ToolActivity) -> Void

  init(
    _ activity: ToolActivity, by caller: Caller, clock: any Clock<Duration>,
    onChange: @escaping @Sendable (ToolActivity) -> Void
  ) {
    self.caller = caller
    elapsed = clock.stopwatch()
    self.activity = Guarded(activity)
    self.onChange = onChange
  }

  var current: ToolActivity { activity.withLock { $0 } }

  func take(_ progress: GateProgress) {
    switch progress {
    case .assessed(let assessment):
      change {
        $0.tier = assessment.tier
        if !assessment.target.isEmpty { $0.summary = assessment.target }
      }
    case .waiting(let approval): change { $0.state = .waitingForApproval(approval.id) }
    case .running: change { $0.state = .running }
    }
  }

  /// Its end is counted from its start: a wall clock that was set meanwhile changes no duration.
  @discardableResult
  func end(_ state: ToolActivity.State) -> ToolActivity {
    let seconds = elapsed() / .seconds(1)
    change {
      $0.state = state
      $0.endedAt = $0.startedAt + seconds
    }
    return current
  }

  private func change(_ body: (inout ToolActivity) -> Void) {
    let (before, after) = activity.withLock { activity in
      let before = activity
      body(&activity)
      return (before, activity)
    }
    if before != after { onChange(after) }
  }
}
