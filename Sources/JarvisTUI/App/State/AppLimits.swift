import Foundation

/// Every bound of the screen's state, by name. What grows beyond one of them loses its oldest part, or is cut and says so.
public enum AppLimits {
  /// Messages of one conversation kept on the screen; the engine keeps the rest.
  public static let messagesKept = 2_000
  /// Rendered lines of one conversation; older messages go first.
  public static let linesKept = 20_000
  /// Characters of one message that are laid out.
  public static let messageCharacters = 200_000
  /// Characters of a streaming answer laid out afresh with each frame; longer stretches are settled at a line's end.
  public static let streamingTailCharacters = 4_000
  /// Messages laid out at once where they are not in sight: after a resize, a little at a time.
  public static let messagesWrappedAtOnce = 16
  public static let eventsKept = 500
  public static let bootStepsKept = 64
  /// Characters in the input line.
  public static let inputCharacters = 16_000
  /// Lines remembered by the input line, of at most `historyCharacters` each.
  public static let historyKept = 200
  public static let historyCharacters = 4_000
  public static let filterCharacters = 80
  public static let reasonCharacters = 200
  public static let commandCharacters = 200
  /// Narrower screens have no tab for the memory view.
  public static let memoryTabColumns = 60
  /// Characters of a memory that is edited.
  public static let memoryCharacters = 2_000
  /// Rows that the input line may take of the screen.
  public static let inputRows = 6
  /// Conversations open as tabs.
  public static let conversationTabs = 9
  /// Tabs in sight; further ones scroll in when they come to the front.
  public static let tabsShown = 3
  /// Conversations known by name.
  public static let conversationsKnown = 1_000
  /// Approvals held, decided ones included.
  public static let approvalsKept = 50
  /// Characters of a card's text field that are drawn; what is longer is cut with a mark.
  public static let cardFieldCharacters = 2_000
  /// Lines of a card's body; what is longer is cut with a mark.
  public static let cardLinesKept = 400
  public static let noticesKept = 8
  public static let noticesShown = 3
  /// Samples of each graph: at 12 s a poll, more than an hour and a half.
  public static let samplesKept = 512
  /// Nodes and guests whose history is followed.
  public static let nodesTracked = 256
  public static let guestsTracked = 20_000
  /// Commands sent to the engine and not yet answered.
  public static let requestsOpen = 128
  /// Layers above the screen: help, palette, command line, question.
  public static let overlays = 4
  /// Characters copied to the terminal's clipboard (OSC 52).
  public static let copyCharacters = 64_000

  /// Between two such little times, in seconds.
  public static let wrapPause: TimeInterval = 0.05
  /// The boot text is on the screen no longer than this, in seconds.
  public static let bootSeconds: TimeInterval = 1.2
  /// A key pressed within this time after a card appeared never decides it, in seconds.
  public static let cardGuardSeconds: TimeInterval = 0.5
  /// A receipt stays docked above the input for this time, in seconds.
  public static let receiptSeconds: TimeInterval = 30
  /// A remark in the footer stays for this time, in seconds.
  public static let remarkSeconds: TimeInterval = 6
  /// Two presses of Ctrl-C within this time quit, in seconds.
  public static let quitSeconds: TimeInterval = 3
  /// Progress is shown for what takes longer than this, in seconds.
  public static let progressSeconds: TimeInterval = 0.5
  /// A value older than this many polls is stale.
  public static let stalePolls = 3.0
}
