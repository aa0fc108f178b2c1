import Foundation
import JarvisAPI
import JarvisTerminal

/// The decision behind an answer: shown, and corrected (ROUTE-07).
extension AppState {
  mutating func performRouting(_ action: Action, now: Date, effects: inout [Effect]) {
    guard let answer = tabs.current?.lastAnswer, let badge = answer.badge, badge.decision.route != .command else {
      return say("there is no answer of a model here yet", .warning, now: now)
    }
    if action == .decision { open(.decision(answer)) } else { askAgain(answer, now: now, effects: &effects) }
  }

  mutating func pressDecision(_ key: Key, _ answer: ChatMessage, now: Date, effects: inout [Effect]) {
    guard key.normalised == .plain("r") else {
      // Any other key that types closes it; the rest means nothing here.
      if key.typed != nil || key.code == .enter { overlays.removeLast() }
      return
    }
    overlays.removeLast()
    askAgain(answer, now: now, effects: &effects)
  }

  /// Asks at once; whether to remember it is asked meanwhile, and Enter means no.
  private mutating func askAgain(_ answer: ChatMessage, now: Date, effects: inout [Effect]) {
    let conversation = answer.conversation
    guard
      perform(.askAgain(answer: answer.id, conversation: conversation), .message, now: now, effects: &effects)
    else { return }
    view = .chat
    tabs.current?.follow()
    open(
      .question(
        Question(
          text: "Send such messages to the other model from now on?",
          yes: .command(.learnRoute(answer: answer.id, conversation: conversation)))))
  }
}
