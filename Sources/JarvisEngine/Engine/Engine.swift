import Foundation
import JarvisAPI
import JarvisChat
import JarvisCluster
import JarvisCost
import JarvisMemory
import JarvisSSH
import JarvisSafety
import JarvisStorage
import JarvisTools
import Logging

/// The engine behind the door: wires storage, cluster, models, tools, gate and chat, and carries commands in and events out.
public actor Engine: JarvisService {
  /// Events that a newly attached screen is given.
  static let shownEvents = 200
  /// Messages of a conversation that a screen is given.
  static let shownMessages = 500
  /// How long stopping may take before what is left is abandoned (DOCK-11).
  static let stopPatience: Duration = .seconds(8)

  let parts: EngineParts
  private var keyHolder: AttachmentID?
  private var current: ConversationID
  private var stopped = false

  init(parts: EngineParts, current: ConversationID) {
    self.parts = parts
    self.current = current
  }

  // MARK: The door

  public func attach(wantsApprovalKey: Bool) async throws(UserFacingError) -> Attachment {
    let id = AttachmentID()
    guard !stopped, let events = parts.hub.attach(id) else {
      throw UserFacingError(
        .negative, attempted: "attach a screen",
        reason: stopped ? "Jarvis is stopping" : "\(EventHub.maximumAttachments) screens are attached already",
        advice: stopped ? "start it again" : "close one of them")
    }
    var holds = false
    if wantsApprovalKey, keyHolder == nil, !parts.options.readOnly {
      keyHolder = id
      holds = true
      await parts.gate.setKeyHolder(attached: true)
      await parts.safety.visitBegins()
    }
    do {
      return Attachment(id: id, snapshot: try await snapshot(for: id, holdsApprovalKey: holds), events: events)
    } catch {
      await detach(id)
      throw error.userFacing
    }
  }

  public func detach(_ id: AttachmentID) async {
    parts.hub.detach(id)
    if keyHolder == id {
      keyHolder = nil
      await parts.gate.setKeyHolder(attached: false)
      await parts.safety.visitEnds()
    }
  }

  public func perform(_ command: Command, from id: AttachmentID) async throws(UserFacingError) -> Reply {
    switch command {
    case .send(let text, let conversation):
      current = conversation
      try await parts.chat.send(text, in: conversation)
    case .typed(let line, let conversation):
      current = conversation
      try await parts.chat.typed(line, in: conversation)
    case .stop(let conversation): await parts.chat.stop(conversation)
    case .decide(let approval, let decision):
      try await parts.gate.decide(approval, decision, fromKeyHolder: keyHolder == id)
    case .refresh:
      do { _ = try await parts.cluster.refresh() } catch { throw error.userFacing }
    case .newConversation, .openConversation, .renameConversation, .deleteConversation, .pin, .askAgain, .learnRoute:
      return try await conversationCommand(command)
    case .proposeAgain, .freeze, .unfreeze, .revokeAllowance, .maintain, .endMaintenance, .openShell, .closeShell,
      .trustHostKey, .readAudit:
      return try await safetyCommand(command, fromKeyHolder: keyHolder == id)
    case .memory(let request): return .memory(try await memoryCommand(request, fromKeyHolder: keyHolder == id))
    }
    return .done
  }

  private func conversationCommand(_ command: Command) async throws(UserFacingError) -> Reply {
    let store = parts.store
    do {
      switch command {
      case .newConversation:
        let info = try await store.create(title: ChatService.untitled)
        current = info.id
        parts.hub.emit(.chat(.conversation(info)))
        return .conversation(info, messages: [])
      case .openConversation(let id):
        guard let info = try await store.info(id) else {
          throw UserFacingError(.usage, attempted: "open a conversation", reason: "it is no longer there")
        }
        current = id
        let (stored, running) = try await messages(of: id)
        return .conversation(info, messages: running.mergedBesideEvents(into: stored))
      case .renameConversation(let id, let title):
        try await store.rename(id, title: Sanitiser.clean(title, keepingNewlines: false))
        if let info = try await store.info(id) { parts.hub.emit(.chat(.conversation(info))) }
      case .askAgain(let answer, let conversation):
        current = conversation
        try await parts.chat.askAgain(answer, in: conversation)
      case .learnRoute(let answer, let conversation): try await parts.chat.learnRoute(from: answer, in: conversation)
      case .pin(let id, let choice): try await parts.money.pin(id, to: choice)
      case .deleteConversation(let id):
        await parts.chat.discard(id)
        // Memory first: where it fails, the conversation is still there to be deleted again.
        try await parts.memory.store.forgetConversation(id)
        try await store.delete(id)
        if current == id { current = try await Self.currentConversation(store) }
        parts.hub.emit(.chat(.conversationDeleted(id)))
      default: break
      }
    } catch let error as UserFacingError {
      throw error
    } catch let error as StorageError {
      throw error.userFacing
    } catch {
      throw UserFacingError(.fault, attempted: "change a conversation", reason: "\(error)")
    }
    return .done
  }

  /// - Parameter id: attached to the hub already, so that nothing falls between the snapshot and its events.
  private func snapshot(for id: AttachmentID, holdsApprovalKey: Bool) async throws(StorageError) -> Snapshot {
    let store = parts.store
    let current = current
    let conversations = try await store.list()
    let (stored, running) = try await messages(of: current)
    let messages = running.merged(into: stored) { parts.hub.forget($0, for: id) }
    return Snapshot(
      cluster: await picture(), conversations: conversations, current: current, messages: messages,
      approvals: await parts.gate.approvals, events: Array(await parts.cluster.recentEvents().suffix(Self.shownEvents)),
      cost: await parts.costs.report(), providers: await parts.desk.all, notices: await parts.desk.notices,
      holdsApprovalKey: holdsApprovalKey, readOnly: parts.options.readOnly,
      typedCommands: parts.tools.typedCommands + MoneyCommands.infos + MemoryWords.infos,
      freeze: await parts.safety.freeze, allowances: await parts.gate.currentAllowances,
      safety: await parts.safety.stamp(), maintenance: try await parts.safety.maintenance(),
      hostKeys: await hostKeys)
  }

  /// A conversation's stored messages, and what is being said in it now.
  private func messages(of id: ConversationID) async throws(StorageError) -> ([ChatMessage], RunningMessages) {
    // Asked before and after: an answer that ends while the store is read is in neither reading alone.
    let before = await parts.chat.running(in: id)
    var stored = try await parts.store.messages(of: id, limit: Self.shownMessages)
    if stored.isEmpty { stored = try await remains(of: id) }
    return (stored, before.joined(await parts.chat.running(in: id)))
  }

  /// Gives back what a screen held that was let go because it read nothing any more.
  func followDropped() {
    let dropped = parts.hub.dropped
    // Ends with the hub's stream, at the latest when the engine stops.
    Task { [weak self] in
      for await id in dropped { await self?.detach(id) }
    }
  }

  // MARK: For commands without a screen

  /// The live picture after a first answer of the cluster.
  public func status() async throws(UserFacingError) -> ClusterSnapshot {
    do {
      return marked(try await parts.cluster.refresh())
    } catch {
      throw error.userFacing
    }
  }

  /// Waits until no turn runs in `conversation`.
  public func finished(_ conversation: ConversationID) async { await parts.chat.finished(conversation) }

  /// How the models are, asked now.
  public func checkModels() async -> [ProviderHealth] {
    await parts.desk.check()
    return await parts.desk.all
  }

  /// Calls a tool for a person at the command line; it passes the gate like every call.
  /// - Parameter limit: bytes of the outcome's `content` at most.
  public func call(tool: String, arguments: JSONValue, why: String, limit: Int) async -> ToolOutcome {
    await parts.tools.call(
      GatedCall(tool: tool, arguments: arguments, caller: .human, why: why), id: "command-line", limit: limit)
  }

  /// SSH host keys that wait for a person.
  public var hostKeys: [HostKeyQuestion] {
    get async { await parts.shells?.questions ?? [] }
  }

  /// Hands a terminal to the login shell of the visit's node, as `Command.openShell` allowed it.
  /// - Throws: where the visit was not granted, was used before, or is older than a minute.
  public func runShell(_ visit: ShellVisit, terminal: RemoteTerminal) async throws(UserFacingError) {
    try await parts.safety.beginShell(visit)
    guard let shells = parts.shells else {
      throw UserFacingError(
        .configuration, attempted: "open a shell on \(visit.node)",
        reason: parts.options.simulated ? "the simulated nodes have no login shells" : "SSH is not set up",
        advice: parts.options.simulated ? "" : "see `ssh` in docs/configuration.md")
    }
    _ = try await shells.run(on: visit.node, terminal: terminal)
  }

  private func picture() async -> ClusterSnapshot { marked(await parts.cluster.live()) }

  func marked(_ snapshot: ClusterSnapshot) -> ClusterSnapshot {
    var copy = snapshot
    copy.simulated = parts.options.simulated
    return copy
  }

  // MARK: The end

  /// Stops turns, polls and storage in this order; what runs is recorded first. Safe to call twice.
  public func stop(reason: String) async {
    guard !stopped else { return }
    stopped = true
    parts.log.notice("stopping", metadata: ["reason": "\(reason)"])
    parts.hub.emit(.system(.stopping(reason: reason)))
    for task in parts.tasks { task.cancel() }
    let chat = parts.chat
    await Patience.wait(atMost: Self.stopPatience, clock: parts.options.clock) { await chat.stopAll() }
    parts.hub.closeAll()
    await parts.shells?.close()
    if keyHolder != nil { await parts.safety.visitEnds() }
    do {
      try await parts.data.close()
    } catch {
      parts.log.error("the database did not close cleanly", metadata: ["error": "\(error)"])
    }
  }
}
