import Foundation
import JarvisAPI
import JarvisTerminal

/// Prints an answer as `ask` gets it: on a terminal as plain text, each block as soon as it is whole; into a pipe the
/// Markdown itself, once it is known to stand.
struct AnswerPrinter {
  /// Cells of a line at most: longer ones are hard to read.
  static let maximumWidth = 100

  private let isTerminal: Bool
  private let theme: Theme
  private let width: Int
  private let write: (String) -> Void
  private var blocks = MarkdownBlocks()
  /// What was told until now, printed or not.
  private var received = ""
  private var hasPrinted = false

  /// - Parameters:
  ///   - width: cells of the terminal's lines; nil where the answer does not go to a terminal.
  ///   - ascii: draw tables and bullets with ASCII only.
  init(width: Int?, ascii: Bool, write: @escaping (String) -> Void) {
    isTerminal = width != nil
    self.width = min(max(20, width ?? 80), Self.maximumWidth)
    theme = ascii ? Theme.plain.with(glyphs: .ascii) : .plain
    self.write = write
  }

  /// The next piece.
  mutating func add(_ piece: String) {
    received += piece
    guard isTerminal else { return }
    for block in blocks.feed(piece) { show(block) }
  }

  /// The answer as a whole, as it stands now: what was told and is no longer in it has been withdrawn.
  mutating func put(_ text: String) {
    if text.hasPrefix(received) {
      let rest = String(text.dropFirst(received.count))
      if !rest.isEmpty { add(rest) }
      return
    }
    blocks = MarkdownBlocks()
    if hasPrinted { write("\n(What stands above is withdrawn.)\n\n") }
    hasPrinted = false
    received = ""
    add(text)
  }

  /// The answer is over.
  mutating func finish() {
    if isTerminal {
      if let last = blocks.finish() { show(last) }
    } else {
      write(received.hasSuffix("\n") || received.isEmpty ? received : received + "\n")
    }
  }

  private mutating func show(_ block: String) {
    let lines = Markdown.render(block, width: width, theme: theme).map { line in
      var text = line.text
      while text.last == " " { text.removeLast() }
      return text
    }
    guard !lines.isEmpty else { return }
    write((hasPrinted ? "\n" : "") + lines.joined(separator: "\n") + "\n")
    hasPrinted = true
  }
}

/// Cuts a stream of Markdown where a block is certainly over: at an empty line outside of a code fence. Pure.
struct MarkdownBlocks {
  private var block = ""
  private var line = ""
  private var isInFence = false

  /// - Returns: the blocks that `piece` completed.
  mutating func feed(_ piece: String) -> [String] {
    var whole: [String] = []
    for character in piece {
      guard character.isNewline else {
        line.append(character)
        continue
      }
      let words = line.drop { $0.isWhitespace }
      if words.hasPrefix("```") || words.hasPrefix("~~~") { isInFence.toggle() }
      if words.isEmpty, !isInFence {
        if !block.isEmpty { whole.append(block) }
        block = ""
      } else {
        block += line + "\n"
      }
      line = ""
    }
    return whole
  }

  /// What is left at the end; nil where nothing is.
  mutating func finish() -> String? {
    let rest = block + line
    self = MarkdownBlocks()
    return rest.allSatisfy(\.isWhitespace) ? nil : rest
  }
}
