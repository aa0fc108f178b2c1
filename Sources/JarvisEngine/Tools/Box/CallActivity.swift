import Foundation
import JarvisAPI
import JarvisLock
import JarvisSafety

/// Follows one call and tells the screen each state it takes.
///
/// A class because the gate reports progress from its own isolation while the box waits; the state is behind a lock.
final class CallActivity: Sendable {
  private let activity: Guarded<ToolActivity>
  private let onChange: @Sendable (ToolActivity) -> Void

  init(_ activity: ToolActivity, onChange: @escaping @Sendable (ToolActivity) -> Void) {
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

  @discardableResult
  func end(_ state: ToolActivity.State, at date: Date) -> ToolActivity {
    change {
      $0.state = state
      $0.endedAt = date
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
