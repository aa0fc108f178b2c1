import Foundation
import JarvisAPI
import JarvisCluster
import JarvisMemory
import JarvisModels
import JarvisTools

/// What a turn needs of the rest of the engine.
public struct ChatSurroundings: Sendable {
  public var store: ConversationStore
  public var tools: ToolBox
  public var cluster: any ClusterAPI
  public var providers: Providers
  /// Enters a call in the ledger and says what it cost.
  public var book: @Sendable (BookedCall) async -> BookedPrice
  public var routing = RoutingMemory()
  public var commands = OwnCommands()
  /// What was spent, for questions about it; nil where no figures are known.
  public var cost: @Sendable () async -> CostReport?
  /// Takes secrets out of what a person typed, before anything keeps or sends it.
  public var redact: @Sendable (String) -> String
  public var emit: @Sendable (Event) -> Void
  public var now: @Sendable () -> Date
  /// Paces the savings of a streaming answer.
  public var clock: any Clock<Duration>
  public var zone: TimeZone
  public var limits: LoopLimits
  /// nil where nothing is remembered.
  public var memory: ChatMemory?
  public init(
    store: ConversationStore, tools: ToolBox, cluster: any ClusterAPI, providers: Providers,
    book: @escaping @Sendable (BookedCall) async -> BookedPrice,
    cost: @escaping @Sendable () async -> CostReport? = { nil }, redact: @escaping @Sendable (String) -> String,
    emit: @escaping @Sendable (Event) -> Void, now: @escaping @Sendable () -> Date,
    clock: any Clock<Duration>, zone: TimeZone, limits: LoopLimits = .init(), memory: ChatMemory? = nil
  ) {
    self.store = store
    self.tools = tools
    self.cluster = cluster
    self.providers = providers
    self.book = book
    self.cost = cost
    self.redact = redact
    self.emit = emit
    self.now = now
    self.clock = clock
    self.zone = zone
    self.limits = limits
    self.memory = memory
  }
}

/// All conversations: one turn at a time in each, what is typed meanwhile waits in line.
public actor ChatService {
  /// Messages that may wait behind a running turn.
  public static let maximumQueued = 8
  /// Characters of one message; a longer paste is refused with its size.
  public static let maximumMessage = 200_000
  /// A conversation's title before its first message.
  public static let untitled = "new conversation"

  /// Bytes of Claude's system text: part of what each of its calls carries.
  public static var systemPromptBytes: Int { SystemPrompt.claude.utf8.count }

  private struct Line: Sendable {
    var message: ChatMessage
    var typed: Bool
  }
  private struct Running {
    var question: ChatMessage
    var task: Task<Void, Never>
    var waiting: [Line] = []
  }

  let around: ChatSurroundings
  private var running: [ConversationID: Running] = [:]
  private var stopping = false
  private let live = LiveAnswers()

  public init(_ surroundings: ChatSurroundings) { around = surroundings }

  /// Takes a message to a model.
  public func send(_ text: String, in conversation: ConversationID) async throws(UserFacingError) {
    try await take(text, typed: false, in: conversation)
  }

  /// Takes a typed command without its slash.
  public func typed(_ line: String, in conversation: ConversationID) async throws(UserFacingError) {
    try await take("/" + line, typed: true, in: conversation)
  }

  /// Stops the running turn, model and tools at once, and what waits behind it: whoever presses Esc wants silence.
  /// What was shown stays; what was not sent is marked as that.
  public func stop(_ conversation: ConversationID) async {
    let waiting = running[conversation]?.waiting ?? []
    running[conversation]?.waiting = []
    running[conversation]?.task.cancel()
    for line in waiting {
      var message = line.message
      message.state = .interrupted
      around.emit(.chat(.message(message)))
      // It stands in the store as queued; the next start would mark it the same way.
      try? await around.store.save(message)
    }
  }

  /// Stops the running turn, forgets what waits behind it, and waits until it is over: for a conversation that goes.
  public func discard(_ conversation: ConversationID) async {
    await stop(conversation)
    await finished(conversation)
  }

  /// Stops everything and waits until it is recorded.
  public func stopAll() async {
    stopping = true
    let tasks = running.values.map(\.task)
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }

  /// Waits until no turn runs in this conversation: for `ask`.
  public func finished(_ conversation: ConversationID) async {
    while let task = running[conversation]?.task { await task.value }
  }

  /// True while any turn runs.
  public var isBusy: Bool { !running.isEmpty }

  /// What is being said in this conversation now: for a screen that comes in the middle of it.
  public func running(in conversation: ConversationID) -> RunningMessages {
    let turn = running[conversation]
    return RunningMessages(
      sent: turn.map { [$0.question] + $0.waiting.map(\.message) } ?? [], answers: live.all(in: conversation))
  }

  private func take(_ text: String, typed: Bool, in conversation: ConversationID) async throws(UserFacingError) {
    let clean = around.redact(Sanitiser.clean(text)).trimmingCharacters(in: .whitespacesAndNewlines)
    guard !clean.isEmpty else { return }
    guard clean.count <= Self.maximumMessage else {
      throw UserFacingError(
        .usage, attempted: "send a message of \(clean.count) characters", reason: "at most \(Self.maximumMessage) fit",
        advice: "paste the part that matters, or name the file's path")
    }
    guard !stopping else {
      throw UserFacingError(.negative, attempted: "send a message", reason: "Jarvis is stopping")
    }
    var message = ChatMessage(conversation: conversation, role: .user, text: clean, at: around.now())
    if running[conversation] != nil {
      guard (running[conversation]?.waiting.count ?? 0) < Self.maximumQueued else {
        throw UserFacingError(
          .negative, attempted: "send a message",
          reason: "\(Self.maximumQueued) messages already wait in this conversation",
          advice: "Esc stops the running turn")
      }
      message.state = .queued
      around.emit(.chat(.message(message)))
      // A `kill -9` must not lose it. Where this fails its own turn tells: that saves it again.
      try? await around.store.save(message)
      if running[conversation] != nil {
        running[conversation]?.waiting.append(Line(message: message, typed: typed))
        return
      }
      // The turn before it ended while it was stored.
      message.state = .complete
    }
    around.emit(.chat(.message(message)))
    start(Line(message: message, typed: typed))
  }

  private func start(_ line: Line) {
    let conversation = line.message.conversation
    let (around, live) = (around, live)
    around.emit(.chat(.running(conversation, true)))
    let waiting = running[conversation]?.waiting ?? []
    let task = Task {
      await Turn(around: around, question: line.message, typed: line.typed, live: live).run()
      self.next(conversation)
    }
    running[conversation] = Running(question: line.message, task: task, waiting: waiting)
  }

  private func next(_ conversation: ConversationID) {
    guard var state = running[conversation] else { return }
    if state.waiting.isEmpty || stopping {
      running[conversation] = nil
      around.emit(.chat(.running(conversation, false)))
      return
    }
    var line = state.waiting.removeFirst()
    running[conversation] = state
    line.message.state = .complete
    around.emit(.chat(.message(line.message)))
    start(line)
  }
}
