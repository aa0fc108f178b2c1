import Foundation
import JarvisAPI
import JarvisTerminal

/// Which lines of a conversation are in sight, and how they are made: what is looked at first, the rest little by little.
extension Transcript {
  // MARK: Laying out

  /// The width or the theme changed: the lines in sight are made at once, the others by `wrapMore`. A person who reads
  /// further up keeps their message in sight.
  mutating func rewrap(from old: Typesetter, to new: Typesetter, height: Int, now: Date) {
    let share: Double? =
      if case .reading(let block, let line) = place, blocks.indices.contains(block) {
        Double(line) / Double(max(1, blocks[block].lines(with: old, now: now).count))
      } else { nil }
    for index in blocks.indices { blocks[index].forgetLines() }
    hasUnwrapped = true
    switch place {
    case .following: typesetEnd(new, height: height, now: now)
    case .reading(let block, _):
      let start = min(block, max(0, blocks.count - 1))
      typeset(from: start, new, height: height, now: now)
      guard blocks.indices.contains(start) else { return }
      let lines = blocks[start].lines(with: new, now: now).count
      place = .reading(block: start, line: min(max(0, lines - 1), Int(Double(lines) * (share ?? 0))))
    }
  }

  /// Lays out some more messages from the end.
  mutating func wrapMore(_ typesetter: Typesetter) {
    var budget = AppLimits.messagesWrappedAtOnce
    for index in blocks.indices.reversed() where !blocks[index].isTypeset {
      guard budget > 0 else { return }
      blocks[index].typeset(with: typesetter)
      budget -= 1
    }
    hasUnwrapped = false
  }

  /// Lays out what a screen of `height` shows at the end.
  private mutating func typesetEnd(_ typesetter: Typesetter, height: Int, now: Date) {
    var lines = 0
    for index in blocks.indices.reversed() where lines < height { lines += count(index, typesetter, now) }
  }

  private mutating func typeset(from start: Int, _ typesetter: Typesetter, height: Int, now: Date) {
    var lines = 0
    for index in start..<max(start, blocks.count) where lines < height * 2 { lines += count(index, typesetter, now) }
  }

  /// The lines of a message, made now where they were not.
  private mutating func count(_ index: Int, _ typesetter: Typesetter, _ now: Date) -> Int {
    if !blocks[index].isTypeset { blocks[index].typeset(with: typesetter) }
    return blocks[index].lines(with: typesetter, now: now).count
  }

  // MARK: Moving

  func lineCount(typesetter: Typesetter, now: Date) -> Int {
    blocks.reduce(0) { $0 + $1.lines(with: typesetter, now: now).count }
  }

  /// Moves the view by so many lines; only messages on the way are laid out.
  mutating func scroll(by lines: Int, height: Int, typesetter: Typesetter, now: Date) {
    guard !blocks.isEmpty, height > 0 else { return place = .following }
    if lines <= -AppLimits.linesKept {
      place = .reading(block: 0, line: 0)
    } else if lines >= AppLimits.linesKept {
      place = .following
    } else {
      var (block, line) = top(height: height, typesetter: typesetter, now: now)
      line += lines
      while line < 0, block > 0 {
        block -= 1
        line += count(block, typesetter, now)
      }
      while block < blocks.count - 1, line >= count(block, typesetter, now) {
        line -= count(block, typesetter, now)
        block += 1
      }
      place = .reading(block: block, line: max(0, line))
    }
    guard case .reading(let block, let line) = place else { return }
    var below = -line
    for index in block..<blocks.count where below <= height { below += count(index, typesetter, now) }
    if below <= height { place = .following }
  }

  /// The message and its line at the top of the screen.
  private mutating func top(height: Int, typesetter: Typesetter, now: Date) -> (block: Int, line: Int) {
    if case .reading(let block, let line) = place { return (min(block, blocks.count - 1), line) }
    var left = height
    for index in blocks.indices.reversed() {
      left -= count(index, typesetter, now)
      if left <= 0 { return (index, -left) }
    }
    return (0, 0)
  }

  mutating func follow() { place = .following }

  // MARK: Seeing

  /// The lines in sight, top first; fewer than `height` where there are no more. `below`: lines under them, estimated
  /// for messages that were not laid out yet.
  func visible(height: Int, typesetter: Typesetter, now: Date) -> (lines: [StyledLine], below: Int) {
    guard height > 0 else { return ([], 0) }
    var lines: [StyledLine] = []
    guard case .reading(let first, let line) = place else {
      for block in blocks.reversed() where lines.count < height {
        let part = block.lines(with: typesetter, now: now)
        lines = part.slice(max(0, part.count - (height - lines.count))..<part.count) + lines
      }
      return (lines, 0)
    }
    var skip = line
    var below = 0
    for block in blocks.dropFirst(first) {
      if lines.count >= height, !block.isTypeset {
        below += block.estimatedLines(width: typesetter.width)
        continue
      }
      let part = block.lines(with: typesetter, now: now)
      let end = min(part.count, skip + height - lines.count)
      if skip < end { lines += part.slice(skip..<end) }
      below += max(0, part.count - max(skip, end))
      skip = max(0, skip - part.count)
    }
    return (lines, below)
  }
}

extension MessageBlock {
  /// About how many lines this message will take.
  func estimatedLines(width: Int) -> Int { 2 + message.text.utf8.count / max(1, width) }
}
