/// What a key, a click, a `:` word or a line of the palette can ask for.
enum Action: Sendable, Hashable {
  // Everywhere
  case quit
  case interruptOrQuit
  case redraw
  case suspend
  case toggleMouse
  case help
  case palette
  case commandLine
  case back
  case cycleFocus
  case show(CentreView)
  case newConversation
  case closeTab
  case tab(Int)
  case deleteConversation
  case stop
  case refresh
  case pageUp, pageDown
  case copyAnswer
  /// Why the last answer came from whom it came, and what it would have cost elsewhere.
  case decision
  /// Ask the other model what the last answer answered.
  case askAgain

  // Input line
  case send
  case newline
  case deleteBackward, deleteForward, deleteWord, deleteToLineStart, deleteToLineEnd
  case cursorLeft, cursorRight, cursorUp, cursorDown, cursorLineStart, cursorLineEnd

  // Lists and the chat while it has the focus
  case moveUp, moveDown, moveToTop, moveToBottom
  case filter
  case openSelected

  // A focused card
  case approve, approveCapital, refuse
  case allow, snapshotFirst, proposeAgain

  // Safety
  /// The kill switch: on where it is off, off where it is on.
  case freeze
  case unfreeze
  /// What the gate holds: freeze, allowances, maintenance, hashes.
  case safety
  case audit
  case openShell

  // Memory
  /// What the answer in sight was given of memory, and what it cost.
  case showGiven
  case findMemory, editMemory, pinMemory, forgetMemory
}

/// What the centre can show.
enum CentreView: String, Sendable, Hashable, CaseIterable {
  case chat, guests, nodes, storage, tasks, events, memory, conversations
  /// The outer columns, where the terminal is too narrow for them.
  case system, network

  /// The word on the tab and behind `:`.
  var title: String { rawValue.uppercased() }
}

/// Where a key is understood. The innermost context that knows it wins.
enum KeyContext: String, Sendable, Hashable, CaseIterable {
  case everywhere, input, chat, list, memory, conversations, card

  var title: String {
    switch self {
    case .everywhere: "Everywhere"
    case .input: "Input line"
    case .chat: "Conversation (Tab)"
    case .list: "Lists"
    case .memory: "Memory"
    case .conversations: "Conversations"
    case .card: "Approval card (Tab)"
    }
  }
}
