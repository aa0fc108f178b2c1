import Foundation
import JarvisAPI

/// Where printable keys go while no layer is open.
enum Focus: Sendable, Equatable {
  /// The input line: where the focus starts and where it returns to.
  case input
  /// The approval card.
  case card
  /// The conversation or the list in the centre.
  case content
}

/// A layer above the screen. The topmost takes the keys; Esc closes it.
enum Overlay: Sendable, Equatable {
  case help(scroll: Int)
  case palette(Palette)
  /// The line behind `:`.
  case command(String)
  case question(Question)
  /// The reason of a freeze, as far as it has been typed.
  case freeze(String)
  /// What the gate holds; the selected row is an allowance that can be taken back.
  case safety(selected: Int)
  case trust(TrustQuestion)
  /// One memory in full.
  case memoryItem(MemoryItem)
  /// What an answer was given of memory.
  case given(GivenMemory)
  case memoryField(MemoryField)
  /// Why this answer came from whom it came.
  case decision(ChatMessage)
  case audit(AuditBrowser)
}

/// A yes-or-no question about something of Jarvis's own; what changes the cluster is asked by a card of the engine.
struct Question: Sendable, Equatable {
  /// What a yes leads to.
  enum Answer: Sendable, Equatable {
    case action(Action)
    case command(Command)
    /// A shell on this node although everything is frozen.
    case shell(node: String)
  }
  var text: String
  var yes: Answer
}

/// A short remark in the footer.
struct Remark: Sendable, Equatable {
  var text: String
  var severity: ClusterEvent.Severity
  var until: Date
}
