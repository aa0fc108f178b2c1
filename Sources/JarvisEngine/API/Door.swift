import Foundation

/// What a front end may ask for. Commands cross the door; nothing else does.
public enum Command: Codable, Sendable, Hashable {
  /// A line of the input: a message to a model.
  case send(text: String, conversation: ConversationID)
  /// A typed command without its slash: "start 102", "status".
  case typed(line: String, conversation: ConversationID)
  /// Stop the running turn of this conversation.
  case stop(ConversationID)
  case newConversation
  /// Read a stored conversation; the reply carries its messages.
  case openConversation(ConversationID)
  case renameConversation(ConversationID, title: String)
  case deleteConversation(ConversationID)
  /// Send all messages of a conversation to one model; nil leaves it to the router again.
  case pin(ConversationID, RouteChoice?)
  /// Ask another model what this answer answered (ROUTE-07); counted as a misroute.
  case askAgain(answer: MessageID, conversation: ConversationID)
  /// Remember, as a rule, that messages like the one behind this answer belong to the other model.
  case learnRoute(answer: MessageID, conversation: ConversationID)
  case decide(ApprovalID, ApprovalDecision)
  /// Ask afresh what an expired or void card asked, on the target's state of now.
  case proposeAgain(ApprovalID)
  /// Stop every mutation, from every caller, at once; any screen may.
  case freeze(reason: String, until: Date?)
  /// Lift it; only the screen that holds the approval key.
  case unfreeze
  case revokeAllowance(AllowanceID)
  /// Silence findings and runbooks of a node (its name) or guest (its vmid or name).
  case maintain(target: String, until: Date, reason: String)
  case endMaintenance(target: String)
  /// Record that this screen opens a shell on a node; the holder of the approval key only.
  /// - `whileFrozen`: the person was told of the freeze and wants it nevertheless.
  case openShell(node: String, whileFrozen: Bool)
  /// The shell of this visit has ended.
  case closeShell(ShellVisit)
  /// Trust the SSH host key that a node shows; `fingerprint` is the one the person compared.
  case trustHostKey(node: String, fingerprint: String)
  /// Rows of the audit; changes nothing.
  case readAudit(AuditQuery)
  /// Ask the cluster now instead of at the next poll.
  case refresh
  /// Look at what is remembered, or change it.
  case memory(MemoryRequest)
}

/// What a command gives back at once; its consequences come as events.
public enum Reply: Codable, Sendable, Hashable {
  case done
  case conversation(ConversationInfo, messages: [ChatMessage])
  /// The shell may be opened now.
  case shell(ShellVisit)
  case memory(MemoryAnswer)
  case audit(AuditPage)
}

/// What happened, on three live channels (FOUND-05).
public enum Event: Codable, Sendable, Equatable {
  case chat(ChatEvent)
  case monitoring(MonitoringEvent)
  case system(SystemEvent)
}

public enum ChatEvent: Codable, Sendable, Equatable {
  /// A message appeared or changed as a whole: new, finished, interrupted, its tools moved on.
  case message(ChatMessage)
  /// Text to append to a streaming message.
  case delta(MessageID, ConversationID, String)
  /// What was shown of this message is withdrawn: an escalation starts again.
  case restarted(MessageID, ConversationID)
  /// A turn of this conversation runs or has ended.
  case running(ConversationID, Bool)
  case conversation(ConversationInfo)
  case conversationDeleted(ConversationID)
}

public enum MonitoringEvent: Codable, Sendable, Equatable {
  case cluster(ClusterSnapshot)
  case happened(ClusterEvent)
  /// A new or changed approval.
  case approval(Approval)
}

public enum SystemEvent: Codable, Sendable, Equatable {
  case boot(BootStep)
  /// The start-up steps are over; the engine serves.
  case ready
  case cost(CostReport)
  case provider(ProviderHealth)
  case notice(Notice)
  case noticeEnded(id: String)
  /// All SSH host keys that wait for a person.
  case hostKeys([HostKeyQuestion])
  /// The kill switch was set, changed or lifted (nil).
  case freeze(Freeze?)
  /// All allowances of now.
  case allowances([Allowance])
  case safety(SafetyStamp)
  /// All targets in maintenance.
  case maintenance([Maintenance])
  case stopping(reason: String)
}

/// Everything a front end needs to draw its first full frame.
public struct Snapshot: Codable, Sendable, Equatable {
  public var cluster: ClusterSnapshot
  public var conversations: [ConversationInfo]
  public var current: ConversationID
  public var messages: [ChatMessage]
  public var approvals: [Approval]
  /// Newest last; bounded.
  public var events: [ClusterEvent]
  public var cost: CostReport
  public var providers: [ProviderHealth]
  public var notices: [Notice]
  /// False in a screen started with `--read-only` or that only looks.
  public var holdsApprovalKey: Bool
  public var readOnly: Bool
  /// Typed commands the engine understands, for completion and help.
  public var typedCommands: [TypedCommandInfo]
  /// The kill switch where it is on.
  public var freeze: Freeze?
  public var allowances: [Allowance]
  public var safety: SafetyStamp
  public var maintenance: [Maintenance]
  /// SSH host keys that wait for a person.
  public var hostKeys: [HostKeyQuestion]

  public init(
    cluster: ClusterSnapshot = .init(), conversations: [ConversationInfo] = [], current: ConversationID,
    messages: [ChatMessage] = [], approvals: [Approval] = [], events: [ClusterEvent] = [], cost: CostReport = .init(),
    providers: [ProviderHealth] = [], notices: [Notice] = [], holdsApprovalKey: Bool = true, readOnly: Bool = false,
    typedCommands: [TypedCommandInfo] = [], freeze: Freeze? = nil, allowances: [Allowance] = [],
    safety: SafetyStamp = .init(), maintenance: [Maintenance] = [], hostKeys: [HostKeyQuestion] = []
  ) {
    self.cluster = cluster
    self.conversations = conversations
    self.current = current
    self.messages = messages
    self.approvals = approvals
    self.events = events
    self.cost = cost
    self.providers = providers
    self.notices = notices
    self.holdsApprovalKey = holdsApprovalKey
    self.readOnly = readOnly
    self.typedCommands = typedCommands
    self.freeze = freeze
    self.allowances = allowances
    self.safety = safety
    self.maintenance = maintenance
    self.hostKeys = hostKeys
  }
}

/// A typed command as help and completion show it.
public struct TypedCommandInfo: Codable, Sendable, Hashable, Identifiable {
  /// Without the slash: "start".
  public var name: String
  /// "GUEST", "NODE [LINES]".
  public var usage: String
  public var summary: String
  public var tier: SafetyTier
  public var id: String { name }
  public init(name: String, usage: String, summary: String, tier: SafetyTier) {
    self.name = name
    self.usage = usage
    self.summary = summary
    self.tier = tier
  }
}

/// A screen's identity at the engine, from attach to detach.
public struct AttachmentID: Codable, Sendable, Hashable, RawRepresentable {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init() { rawValue = UUID().uuidString.lowercased() }
}

/// What attaching gives: a picture, and every change after it in order.
public struct Attachment: Sendable {
  public var id: AttachmentID
  public var snapshot: Snapshot
  /// Lossless for chat, approvals and events; of cluster pictures only the newest is kept. Ends when the engine stops.
  public var events: AsyncStream<Event>
  public init(id: AttachmentID, snapshot: Snapshot, events: AsyncStream<Event>) {
    self.id = id
    self.snapshot = snapshot
    self.events = events
  }
}

/// The one door: whatever a front end may do or know crosses it.
public protocol JarvisService: Sendable {
  /// Attaches a screen. One attachment at a time holds the approval key; `wantsApprovalKey: false` only looks.
  func attach(wantsApprovalKey: Bool) async throws(UserFacingError) -> Attachment
  func detach(_ id: AttachmentID) async
  /// Carries out a command on behalf of an attachment.
  func perform(_ command: Command, from id: AttachmentID) async throws(UserFacingError) -> Reply
}
