import Foundation
import JarvisAPI
import JarvisTerminal

/// One message with its lines, as far as they are known.
struct MessageBlock: Sendable {
  private(set) var message: ChatMessage
  private var body = FlowedText()
  /// All lines, once nothing in them depends on time or further text; nil before.
  private var finished: BlockLines?
  /// Which typesetter made the lines; others are made anew.
  private var edition: Typesetter.Edition?

  /// A message whose lines are made when somebody looks.
  init(_ message: ChatMessage) { self.message = message }

  init(_ message: ChatMessage, typesetter: Typesetter) {
    self.init(message)
    typeset(with: typesetter)
  }

  var isTypeset: Bool { edition != nil }

  mutating func replace(with message: ChatMessage, typesetter: Typesetter) {
    // Tools move on many times while the text stays: the body is laid out again only where it changed.
    let keepsBody = edition == typesetter.edition && message.text == self.message.text
    let kept = body
    self.message = message
    guard keepsBody, !(isSettled && kept.isTorn) else { return typeset(with: typesetter) }
    body = kept
    finish(with: typesetter)
  }

  mutating func append(_ text: String, typesetter: Typesetter) {
    message.text += text
    finished = nil
    guard edition == typesetter.edition else { return typeset(with: typesetter) }
    body.append(text) { typesetter.markdown($0) }
  }

  /// Forgets what was shown: the answer starts again.
  mutating func restart() {
    message.text = ""
    body = FlowedText()
    finished = nil
  }

  /// The lines no longer fit the screen.
  mutating func forgetLines() {
    edition = nil
    finished = nil
    body = FlowedText()
  }

  mutating func typeset(with typesetter: Typesetter) {
    body = FlowedText()
    if message.role == .assistant {
      if isSettled {
        body = FlowedText(whole: message.text) { typesetter.markdown($0) }
      } else {
        body.append(message.text) { typesetter.markdown($0) }
      }
    }
    edition = typesetter.edition
    finish(with: typesetter)
  }

  private mutating func finish(with typesetter: Typesetter) {
    finished = isSettled ? compose(with: typesetter, now: message.at) : nil
  }

  /// True where no line depends on the clock any more.
  private var isSettled: Bool {
    message.state != .streaming && message.state != .queued
      && !message.tools.contains { $0.endedAt == nil && $0.isOpen }
  }

  /// The block's lines, the blank one below it included.
  func lines(with typesetter: Typesetter, now: Date) -> BlockLines {
    if edition == typesetter.edition { return finished ?? compose(with: typesetter, now: now) }
    var copy = self
    copy.typeset(with: typesetter)
    return copy.finished ?? copy.compose(with: typesetter, now: now)
  }

  private func compose(with typesetter: Typesetter, now: Date) -> BlockLines {
    switch message.role {
    case .user: BlockLines(head: typesetter.user(message))
    case .notice: BlockLines(head: typesetter.notice(message))
    case .assistant:
      BlockLines(
        head: typesetter.answerHead(message, now: now), settled: body.settled,
        tail: body.tailLines { typesetter.markdown($0) }, foot: typesetter.answerFoot(message, isCut: body.isCut))
    }
  }
}

extension ToolActivity {
  /// Still running or waiting.
  var isOpen: Bool {
    switch state {
    case .waitingForApproval, .running: true
    case .done, .verified, .failed, .refused, .cancelled: false
    }
  }
}
