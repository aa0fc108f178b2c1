import Foundation
import JarvisAPI
import JarvisLock

/// An answer while it comes into being: every change goes to the screens at once, in order.
final class Answer: Sendable {
  /// Characters of one answer; more is cut and said.
  static let maximumCharacters = 200_000

  private struct State {
    var message: ChatMessage
    var full = false
    /// Bytes of the text that stand whatever comes.
    var mark = 0
    /// The next piece is told with all before it: somebody reads the message beside its events.
    var tellsWhole = false
  }
  private let state: Guarded<State>
  private let emit: @Sendable (Event) -> Void

  init(_ message: ChatMessage, emit: @escaping @Sendable (Event) -> Void) {
    state = Guarded(State(message: message))
    self.emit = emit
    emit(.chat(.message(message)))
  }

  var message: ChatMessage { state.withLock { $0.message } }

  /// The message as it is, between two of its events: `seen` runs before the next one can be told.
  func snapshot(seen: (MessageID) -> Void) -> ChatMessage {
    state.withLock { state in
      seen(state.message.id)
      return state.message
    }
  }

  /// Tells the next piece together with all before it.
  func tellWhole() { state.withLock { $0.tellsWhole = true } }

  /// Appends a piece of text, made harmless.
  func append(_ piece: String) {
    let clean = Sanitiser.clean(piece)
    guard !clean.isEmpty else { return }
    state.withLock { state in
      guard !state.full else { return }
      var text = clean
      if state.message.text.utf8.count + clean.utf8.count > Self.maximumCharacters {
        state.full = true
        text = "\n\n(cut: the answer is longer than \(Self.maximumCharacters) characters)"
      }
      state.message.text += text
      let whole = state.tellsWhole
      state.tellsWhole = false
      emit(whole ? .chat(.message(state.message)) : .chat(.delta(state.message.id, state.message.conversation, text)))
    }
  }

  /// A tool of this answer appeared or moved on.
  func update(_ activity: ToolActivity) {
    change { message in
      if let index = message.tools.firstIndex(where: { $0.id == activity.id }) {
        message.tools[index] = activity
      } else {
        message.tools.append(activity)
      }
    }
  }

  /// Withdraws the text shown so far: another model begins again.
  func restart(_ decision: RouteDecision) {
    change { message in
      if !message.text.isEmpty { emit(.chat(.restarted(message.id, message.conversation))) }
      message.text = ""
      message.badge?.decision = decision
    }
  }

  /// Remembers where the text ends now, for `retract`.
  func mark() { state.withLock { $0.mark = $0.message.text.utf8.count } }

  /// Takes back what was said since the last `mark`: whoever said it has declined to go on.
  func retract() {
    let mark = state.withLock { $0.mark }
    guard message.text.utf8.count > mark else { return }
    change { $0.text = String(decoding: $0.text.utf8.prefix(mark), as: UTF8.self) }
  }

  /// Another model of the same route goes on.
  func goOn(with model: String, _ reason: String) {
    change { message in
      message.badge?.decision.model = model
      message.badge?.decision.reason += "; " + reason
    }
  }

  /// Adds what a call cost to the badge.
  func add(_ usage: TokenUsage, _ booked: BookedPrice, estimated: Bool) {
    let price = booked.price
    change { message in
      guard var badge = message.badge else { return }
      badge.usage = badge.usage + usage
      badge.estimated = badge.estimated || estimated
      switch (badge.price, price) {
      case (.known(let before), .known(let more)): badge.price = .known(before + more)
      case (.known, .unpriced), (.unpriced, _): badge.price = price.amount == nil ? price : badge.price
      }
      let first = badge.elsewhere == nil && badge.usage == usage
      badge.elsewhere =
        first ? booked.elsewhere : badge.elsewhere.flatMap { before in booked.elsewhere.map { before + $0 } }
      message.badge = badge
    }
  }

  /// Ends the answer. Tools that still ran are shown as cancelled.
  func finish(_ end: ChatMessage.State, at date: Date) {
    change { message in
      message.state = end
      for index in message.tools.indices {
        switch message.tools[index].state {
        case .running, .waitingForApproval:
          message.tools[index].state = .cancelled
          message.tools[index].endedAt = date
        default: break
        }
      }
    }
  }

  func change(_ body: (inout ChatMessage) -> Void) {
    // Emitted under the lock, so that screens see changes in the order they were made; emitting only queues.
    state.withLock { state in
      body(&state.message)
      emit(.chat(.message(state.message)))
    }
  }
}
