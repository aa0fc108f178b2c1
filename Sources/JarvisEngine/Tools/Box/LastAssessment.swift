import JarvisLock
import JarvisSafety

/// What a tool said of a call last. The gate asks right before it lets the call run and holds the answer against the card, so
/// the last one is what was consented to.
final class LastAssessment: Sendable {
  private let last = Guarded<CallAssessment?>(nil)

  var value: CallAssessment? { last.withLock { $0 } }

  func keep(_ assessment: CallAssessment) -> CallAssessment {
    last.withLock { $0 = assessment }
    return assessment
  }
}
