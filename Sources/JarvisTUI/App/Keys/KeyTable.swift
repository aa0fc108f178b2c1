import JarvisTerminal

/// The one key table. Everything that knows about keys reads it.
struct KeyTable: Sendable {
  let bindings: [Binding]
  private let index: [KeyContext: [Key: Action]]

  init(_ bindings: [Binding]) {
    self.bindings = bindings
    var index: [KeyContext: [Key: Action]] = [:]
    for binding in bindings {
      for key in binding.keys { index[binding.context, default: [:]][key.normalised] = binding.action }
    }
    self.index = index
  }

  /// What this key means, asking the contexts in order.
  func action(for key: Key, in contexts: [KeyContext]) -> Action? {
    let key = key.normalised
    for context in contexts {
      if let action = index[context]?[key] { return action }
    }
    return nil
  }

  /// The binding that a `:` word names; a unique beginning is enough.
  func binding(word: String) -> Binding? {
    if let exact = bindings.first(where: { $0.word == word }) { return exact }
    let matches = bindings.filter { $0.word?.hasPrefix(word) == true }
    return matches.count == 1 ? matches[0] : nil
  }

  /// The first key of an action, as a person reads it.
  func label(of action: Action) -> String? {
    bindings.first { $0.action == action && !$0.keys.isEmpty }?.keys.first?.label
  }

  /// The table Jarvis comes with.
  static let standard = KeyTable(everywhere + tabs + inputLine + conversation + lists + memory + card)

  private static let everywhere: [Binding] = [
    Binding([Key(.function(1))], .help, "this help", footer: "help", word: "help"),
    Binding([.control("k")], .palette, "palette: every action, command and conversation", footer: "palette"),
    Binding([], .commandLine, "a command word (typed as : in an empty input line)", footer: "command"),
    Binding([Key(.tab)], .cycleFocus, "focus: input line, approval card, content", footer: "focus"),
    Binding([Key(.escape), .control("g")], .back, "close the top layer; with nothing open, stop the running answer"),
    Binding([Key(.function(2))], .show(.chat), "the conversation", word: "chat"),
    Binding([Key(.function(3))], .show(.guests), "guests", word: "guests"),
    Binding([Key(.function(4))], .show(.nodes), "nodes", word: "nodes"),
    Binding([Key(.function(5))], .show(.storage), "storage", word: "storage"),
    Binding([Key(.function(6))], .show(.tasks), "tasks", word: "tasks"),
    Binding([Key(.function(7))], .show(.events), "events", word: "events"),
    Binding([Key(.function(8))], .show(.system), "the left column, where it is hidden", word: "system"),
    Binding([Key(.function(9))], .freeze, "freeze: stop every change, or lift that", footer: "freeze", word: "freeze"),
    Binding([], .unfreeze, "lift the freeze", word: "unfreeze"),
    Binding([], .safety, "what the gate holds: freeze, allowances, maintenance, hashes", word: "safety"),
    Binding([], .safety, "allowances: what runs without asking while attached; x takes one back", word: "allowances"),
    Binding([], .audit, "the audit: every call, answer and freeze, newest first", word: "audit"),
    Binding([Key(.function(10))], .show(.network), "the right column, where it is hidden", word: "network"),
    Binding([Key(.function(11))], .show(.memory), "what is remembered", word: "memory"),
    Binding([.control("o")], .show(.conversations), "kept conversations", word: "conversations"),
    Binding(
      [Key(.character("m"), alt: true)], .showGiven, "what the answer in sight was given of memory", word: "given"),
    Binding([.control("n")], .newConversation, "new conversation", word: "new"),
    Binding([], .closeTab, "close this tab; the conversation is kept", word: "close"),
    Binding([], .deleteConversation, "delete this conversation for good", word: "delete"),
    Binding([], .stop, "stop the running answer", word: "stop"),
    Binding([Key(.pageUp)], .pageUp, "scroll up"),
    Binding([Key(.pageDown)], .pageDown, "scroll down"),
    Binding([Key(.character("y"), alt: true)], .copyAnswer, "copy the last answer's text", word: "copy"),
    Binding(
      [Key(.character("d"), alt: true)], .decision, "the last answer's decision: why, how sure, what elsewhere",
      word: "decision"),
    Binding([Key(.character("r"), alt: true)], .askAgain, "ask the other model the same", word: "reask"),
    Binding([.control("r")], .refresh, "ask the cluster now", word: "refresh"),
    Binding([Key(.function(12))], .toggleMouse, "let go of the mouse, or take it", word: "mouse"),
    Binding([.control("l")], .redraw, "draw the screen afresh", word: "redraw"),
    Binding([.control("z")], .suspend, "suspend; fg brings Jarvis back", word: "suspend"),
    Binding([.control("c")], .interruptOrQuit, "clear the input line; twice in a row: quit"),
    Binding([.control("q")], .quit, "quit", word: "quit"),
  ]

  private static let tabs: [Binding] = (0..<AppLimits.conversationTabs).map { index in
    // One line of help for all of them.
    Binding(
      [Key(.character(Character("\(index + 1)")), alt: true)], .tab(index),
      index == 0 ? "the first conversation; Alt+2 to Alt+\(AppLimits.conversationTabs): the others" : "")
  }

  private static let inputLine: [Binding] = [
    Binding([Key(.enter)], .send, in: .input, "send; a line that begins with / is a typed command"),
    Binding([Key(.enter, alt: true), .control("j")], .newline, in: .input, "new line"),
    Binding([Key(.backspace), .control("h")], .deleteBackward, in: .input, "delete before the cursor"),
    Binding([Key(.delete), .control("d")], .deleteForward, in: .input, "delete behind the cursor"),
    Binding([.control("w"), Key(.backspace, alt: true)], .deleteWord, in: .input, "delete the word before the cursor"),
    Binding([.control("u")], .deleteToLineStart, in: .input, "delete to the start of the line"),
    Binding([.control("e"), Key(.end)], .cursorLineEnd, in: .input, "to the end of the line"),
    Binding([.control("a"), Key(.home)], .cursorLineStart, in: .input, "to the start of the line"),
    Binding([.control("x")], .deleteToLineEnd, in: .input, "delete to the end of the line"),
    Binding([Key(.left), .control("b")], .cursorLeft, in: .input, "left"),
    Binding([Key(.right), .control("f")], .cursorRight, in: .input, "right"),
    Binding([Key(.up), .control("p")], .cursorUp, in: .input, "line up; in the first line, older input"),
    Binding([Key(.down)], .cursorDown, in: .input, "line down; in the last line, newer input"),
  ]

  private static let conversation: [Binding] = [
    Binding([Key(.up), .plain("k")], .moveUp, in: .chat, "scroll up a line"),
    Binding([Key(.down), .plain("j")], .moveDown, in: .chat, "scroll down a line"),
    Binding([Key(.home), .plain("g")], .moveToTop, in: .chat, "to the start"),
    Binding([Key(.end), .plain("G")], .moveToBottom, in: .chat, "to the end; follow what comes"),
    Binding([.plain("y")], .copyAnswer, in: .chat, "copy the last answer's text", footer: "copy"),
    Binding([.plain("m")], .showGiven, in: .chat, "what the answer in sight was given of memory", footer: "memory"),
    Binding([.plain("d")], .decision, in: .chat, "the last answer's decision", footer: "decision"),
    Binding([.plain("r")], .askAgain, in: .chat, "ask the other model the same", footer: "other model"),
    Binding([.plain(":")], .commandLine, in: .chat, "command word"),
    Binding([.plain("?")], .help, in: .chat, "help"),
  ]

  private static let lists: [Binding] = [
    Binding([Key(.up), .plain("k")], .moveUp, in: .list, "up"),
    Binding([Key(.down), .plain("j")], .moveDown, in: .list, "down"),
    Binding([Key(.home), .plain("g")], .moveToTop, in: .list, "first"),
    Binding([Key(.end), .plain("G")], .moveToBottom, in: .list, "last"),
    Binding([.plain("/")], .filter, in: .list, "filter: words, node: status: type: tag:", footer: "filter"),
    Binding(
      [Key(.enter)], .openSelected, in: .list, "show the selected row; an event becomes a question in the input line"),
    Binding([.plain("s")], .openShell, in: .list, "a shell on the row's node, in this terminal", footer: "shell"),
    Binding([.plain(":")], .commandLine, in: .list, "command word"),
    Binding([.plain("?")], .help, in: .list, "help"),
  ]

  private static let memory: [Binding] = [
    Binding([.plain("f")], .findMemory, in: .memory, "find by meaning, name or time", footer: "find"),
    Binding([Key(.enter)], .openSelected, in: .memory, "the selected memory in full"),
    Binding([.plain("e")], .editMemory, in: .memory, "put other words in its place", footer: "edit"),
    Binding([.plain("p")], .pinMemory, in: .memory, "keep it beyond its time, or no longer", footer: "pin"),
    Binding([.plain("x"), Key(.delete)], .forgetMemory, in: .memory, "forget it for good", footer: "forget"),
    Binding([.plain("f")], .findMemory, in: .conversations, "find by what was said, or by title", footer: "find"),
    Binding([Key(.enter)], .openSelected, in: .conversations, "go on with the selected conversation", footer: "open"),
    Binding([.plain("x"), Key(.delete)], .forgetMemory, in: .conversations, "delete it for good", footer: "delete"),
  ]

  private static let card: [Binding] = [
    Binding([.plain("y")], .approve, in: .card, "approve a YELLOW call", footer: "yes", dangerous: true),
    Binding([.plain("Y")], .approveCapital, in: .card, "approve a RED call", dangerous: true),
    Binding([.plain("n")], .refuse, in: .card, "refuse, and say why", footer: "no, and say why"),
    Binding(
      [.plain("a")], .allow, in: .card, "approve, and allow this tool on this target while attached: twice",
      dangerous: true),
    Binding([.plain("s")], .snapshotFirst, in: .card, "with the snapshot that is offered, or without", dangerous: true),
    Binding([.plain("r")], .proposeAgain, in: .card, "ask an expired card afresh, on the state of now"),
    Binding([Key(.up), .plain("k")], .moveUp, in: .card, "scroll the card up"),
    Binding([Key(.down), .plain("j")], .moveDown, in: .card, "scroll the card down"),
    Binding([.plain(":")], .commandLine, in: .card, "command word"),
    Binding([.plain("?")], .help, in: .card, "help"),
  ]
}
