import Foundation
import JarvisAPI
import JarvisTerminal

/// One conversation on the screen: its messages, their lines, and the place the person is reading.
struct Transcript: Sendable {
  /// Which part of the lines is in sight.
  enum Place: Sendable, Equatable {
    /// The end, whatever comes.
    case following
    /// From this line on, counted from the first one kept.
    case line(Int)
  }

  let id: ConversationID
  var title: String
  /// A turn runs.
  var isRunning = false
  /// When the running turn began, as this screen saw it.
  var runningSince: Date?
  /// Something came while another tab was in front.
  var isUnread = false
  private(set) var blocks: [MessageBlock] = []
  private(set) var place: Place = .following
  private var index: [MessageID: Int] = [:]

  init(id: ConversationID, title: String, messages: [ChatMessage], typesetter: Typesetter) {
    self.id = id
    self.title = title
    for message in messages.suffix(AppLimits.messagesKept) { put(message, typesetter: typesetter) }
    isRunning = messages.contains { $0.state == .streaming }
  }

  var messages: [ChatMessage] { blocks.map(\.message) }

  /// The last thing the assistant said.
  var lastAnswer: ChatMessage? { blocks.last { $0.message.role == .assistant && !$0.message.text.isEmpty }?.message }

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
    if case .line(let line) = place {
      let gone = blocks[..<excess].reduce(0) { $0 + $1.lines(with: typesetter, now: $1.message.at).count }
      place = .line(max(0, line - gone))
    }
    blocks.removeFirst(excess)
    index = Dictionary(uniqueKeysWithValues: blocks.enumerated().map { ($1.message.id, $0) })
  }

  // MARK: Laying out

  /// The width or the theme changed. Lines near the end are made at once, the others by `wrapMore`; a person who reads
  /// further up keeps their message in sight.
  mutating func rewrap(from old: Typesetter, to new: Typesetter, now: Date) {
    let anchor = anchor(typesetter: old, now: now)
    for place in blocks.indices { blocks[place].forgetLines() }
    if let anchor {
      wrapAll(new)
      let before = blocks[..<anchor.block].reduce(0) { $0 + $1.lines(with: new, now: now).count }
      let lines = blocks[anchor.block].lines(with: new, now: now).count
      place = .line(before + Int(Double(lines) * anchor.share))
    } else {
      wrapMore(new)
    }
  }

  /// Lays out some more messages from the end.
  /// - Returns: true where some are left.
  @discardableResult
  mutating func wrapMore(_ typesetter: Typesetter) -> Bool {
    var budget = AppLimits.messagesWrappedAtOnce
    for place in blocks.indices.reversed() where !blocks[place].isTypeset {
      guard budget > 0 else { return true }
      blocks[place].typeset(with: typesetter)
      budget -= 1
    }
    return false
  }

  private mutating func wrapAll(_ typesetter: Typesetter) {
    for place in blocks.indices where !blocks[place].isTypeset { blocks[place].typeset(with: typesetter) }
  }

  /// The message at the top of the screen and how far into it; nil while following.
  private func anchor(typesetter: Typesetter, now: Date) -> (block: Int, share: Double)? {
    guard case .line(var rest) = place else { return nil }
    for (number, block) in blocks.enumerated() {
      let lines = block.lines(with: typesetter, now: now).count
      if rest < lines { return (number, Double(rest) / Double(max(1, lines))) }
      rest -= lines
    }
    return nil
  }

  // MARK: Reading

  func lineCount(typesetter: Typesetter, now: Date) -> Int {
    blocks.reduce(0) { $0 + $1.lines(with: typesetter, now: now).count }
  }

  mutating func scroll(by lines: Int, height: Int, typesetter: Typesetter, now: Date) {
    wrapAll(typesetter)
    let last = max(0, lineCount(typesetter: typesetter, now: now) - height)
    let current = if case .line(let line) = place { min(line, last) } else { last }
    let (sum, overflow) = current.addingReportingOverflow(lines)
    let target = overflow ? (lines > 0 ? last : 0) : sum
    place = target >= last ? .following : .line(max(0, target))
  }

  mutating func follow() { place = .following }

  /// The lines in sight, top first; fewer than `height` where there are no more.
  func visible(height: Int, typesetter: Typesetter, now: Date) -> (lines: [StyledLine], below: Int) {
    guard height > 0 else { return ([], 0) }
    switch place {
    case .following:
      var lines: [StyledLine] = []
      for block in blocks.reversed() {
        let part = block.lines(with: typesetter, now: now)
        lines = part.slice(max(0, part.count - (height - lines.count))..<part.count) + lines
        if lines.count >= height { break }
      }
      return (lines, 0)
    case .line(let wanted):
      let total = lineCount(typesetter: typesetter, now: now)
      let first = min(wanted, max(0, total - height))
      return (slice(from: first, height: height, typesetter: typesetter, now: now), max(0, total - first - height))
    }
  }

  private func slice(from first: Int, height: Int, typesetter: Typesetter, now: Date) -> [StyledLine] {
    var lines: [StyledLine] = []
    var start = 0
    for block in blocks {
      let part = block.lines(with: typesetter, now: now)
      if start + part.count > first {
        let skip = max(0, first - start)
        lines += part.slice(skip..<max(skip, min(part.count, skip + height - lines.count)))
        if lines.count >= height { break }
      }
      start += part.count
    }
    return lines
  }
}
