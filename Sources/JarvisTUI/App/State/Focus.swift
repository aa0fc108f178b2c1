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
}

/// A yes-or-no question about something of Jarvis's own, never about the cluster.
struct Question: Sendable, Equatable {
  var text: String
  var yes: Action
}

/// A short remark in the footer.
struct Remark: Sendable, Equatable {
  var text: String
  var severity: ClusterEvent.Severity
  var until: Date
}
