import Foundation
import JarvisAPI
import JarvisTerminal

/// One conversation on the screen: its messages, their lines, and the place the person is reading.
struct Transcript: Sendable {
  /// Which part of the lines is in sight.
  enum Place: Sendable, Equatable {
    /// The end, whatever comes.
    case following
    /// From this line of this message on. Held to a message, so that what is said, wrapped or let go elsewhere moves
    /// nothing under the reader's eyes.
    case reading(block: Int, line: Int)
  }

  let id: ConversationID
  var title: String
  /// A turn runs.
  var isRunning = false
  /// When the running turn began, as this screen saw it.
  var runningSince: Date?
  /// Something came while another tab was in front.
  var isUnread = false
  var blocks: [MessageBlock] = []
  var place: Place = .following
  /// Messages may be left whose lines do not fit the screen.
  var hasUnwrapped = false
  private var index: [MessageID: Int] = [:]

  init(id: ConversationID, title: String, messages: [ChatMessage], typesetter: Typesetter) {
    self.id = id
    self.title = title
    for message in messages.suffix(AppLimits.messagesKept) where index[message.id] == nil {
      var message = message
      message.text = Sanitiser.clean(message.text)
      index[message.id] = blocks.count
      blocks.append(MessageBlock(message))
    }
    hasUnwrapped = true
    wrapMore(typesetter)
    isRunning = messages.contains { $0.state == .streaming }
  }

  var messages: [ChatMessage] { blocks.map(\.message) }

  /// The last thing the assistant said.
  var lastAnswer: ChatMessage? { blocks.last { $0.message.role == .assistant && !$0.message.text.isEmpty }?.message }

  /// True where this message tells that a queued question is being answered now.
  func begins(_ message: ChatMessage) -> Bool {
    guard let place = index[message.id] else { return false }
    return blocks[place].message.state == .queued && message.state != .queued
  }

  // MARK: Changing

  mutating func put(_ told: ChatMessage, typesetter: Typesetter) {
    var message = told
    message.text = Sanitiser.clean(told.text)
    if let place = index[message.id] {
      blocks[place].replace(with: message, typesetter: typesetter)
    } else {
      index[message.id] = blocks.count
      blocks.append(MessageBlock(message, typesetter: typesetter))
      trim(typesetter)
    }
  }

  mutating func append(_ text: String, to id: MessageID, typesetter: Typesetter) {
    guard let place = index[id] else { return }
    blocks[place].append(text, typesetter: typesetter)
  }

  mutating func restart(_ id: MessageID) {
    guard let place = index[id] else { return }
    blocks[place].restart()
  }

  private mutating func trim(_ typesetter: Typesetter) {
    var excess = max(0, blocks.count - AppLimits.messagesKept)
    // Counting lines is not worth it while few messages could hold so many.
    if blocks.count % 64 == 0 {
      var lines = 0
      for place in blocks.indices.reversed() {
        guard blocks[place].isTypeset else { break }
        lines += blocks[place].lines(with: typesetter, now: blocks[place].message.at).count
        if lines > AppLimits.linesKept {
          excess = max(excess, place)
          break
        }
      }
    }
    guard excess > 0, excess < blocks.count else { return }
    if case .reading(let block, let line) = place {
      place = block >= excess ? .reading(block: block - excess, line: line) : .reading(block: 0, line: 0)
    }
    blocks.removeFirst(excess)
    index = Dictionary(uniqueKeysWithValues: blocks.enumerated().map { ($1.message.id, $0) })
  }
}
