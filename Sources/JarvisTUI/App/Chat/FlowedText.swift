import JarvisTerminal

/// An answer's text as lines, growing at its end.
///
/// A stream only ever lays out its last paragraph afresh: what stands before a blank line outside a code block can no
/// longer change and is kept as lines.
struct FlowedText: Sendable, Equatable {
  /// Lines that no further text can change.
  private(set) var settled: [StyledLine] = []
  /// Text behind them.
  private(set) var tail = ""
  /// The opening fence where the tail begins inside a code block that was settled in part.
  private(set) var fence: String?
  private(set) var characters = 0
  /// True where a block without end was settled in part: a table then goes on without its header.
  private(set) var isTorn = false

  init() {}

  /// A text that is whole: nothing has to be settled before its end.
  init(whole text: String, typeset: (String) -> [StyledLine]) {
    let kept = text.utf8.count > AppLimits.messageCharacters ? String(text.prefix(AppLimits.messageCharacters)) : text
    characters = kept.utf8.count
    settled = kept.isEmpty ? [] : typeset(kept)
  }

  /// Adds text; `typeset` turns Markdown into lines.
  mutating func append(_ text: String, typeset: (String) -> [StyledLine]) {
    let room = AppLimits.messageCharacters - characters
    guard room > 0 else { return }
    let added = text.utf8.count > room ? String(text.prefix(room)) : text
    characters += added.utf8.count
    tail += added
    guard added.contains("\n") || tail.utf8.count > AppLimits.streamingTailCharacters else { return }
    settle(typeset)
  }

  /// The lines behind the settled ones, as of now.
  func tailLines(typeset: (String) -> [StyledLine]) -> [StyledLine] {
    let rest = source
    return rest.isEmpty ? [] : typeset(rest)
  }

  /// True where text was left out because the message is longer than the screen keeps.
  var isCut: Bool { characters >= AppLimits.messageCharacters }

  private var source: String { fence.map { $0 + "\n" + tail } ?? tail }

  private mutating func settle(_ typeset: (String) -> [StyledLine]) {
    var inside = fence != nil
    var opening = fence
    var boundary: String.Index?
    var fenceAtBoundary: String?
    var lineStart = tail.startIndex
    while let end = tail[lineStart...].firstIndex(of: "\n") {
      let line = tail[lineStart..<end].drop { $0 == " " }
      let next = tail.index(after: end)
      if line.hasPrefix("```") || line.hasPrefix("~~~") {
        inside.toggle()
        opening = inside ? String(line) : nil
      } else if line.isEmpty, !inside, lineStart > tail.startIndex {
        (boundary, fenceAtBoundary) = (next, nil)
      }
      // A paragraph, table or code block without end is settled by lines once it is long.
      if tail[next...].utf8.count < AppLimits.streamingTailCharacters / 2,
        tail.utf8.count > AppLimits.streamingTailCharacters, boundary == nil
      {
        (boundary, fenceAtBoundary) = (next, inside ? opening : nil)
        isTorn = isTorn || !inside
      }
      lineStart = next
    }
    guard let boundary else { return }
    let part = fence.map { $0 + "\n" + tail[..<boundary] } ?? String(tail[..<boundary])
    settled += typeset(part)
    if fenceAtBoundary == nil, settled.last?.spans.isEmpty == false { settled.append(StyledLine()) }
    tail = String(tail[boundary...])
    fence = fenceAtBoundary
  }
}
