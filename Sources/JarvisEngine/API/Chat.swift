import Foundation

/// A conversation's identity.
public struct ConversationID: Codable, Sendable, Hashable, RawRepresentable, CodingKeyRepresentable {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init() { rawValue = UUID().uuidString.lowercased() }
}

/// A message's identity.
public struct MessageID: Codable, Sendable, Hashable, RawRepresentable {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init() { rawValue = UUID().uuidString.lowercased() }
}

/// A conversation as the list and the tabs show it.
public struct ConversationInfo: Codable, Sendable, Hashable, Identifiable {
  public var id: ConversationID
  public var title: String
  public var createdAt: Date
  public var updatedAt: Date
  public var messages: Int
  /// Where its messages go whatever they say; nil leaves it to the router.
  public var pin: RouteChoice?
  public init(
    id: ConversationID, title: String, createdAt: Date, updatedAt: Date, messages: Int, pin: RouteChoice? = nil
  ) {
    self.id = id
    self.title = title
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.messages = messages
    self.pin = pin
  }
}

/// Who answers: decided per message, shown on its badge (ROUTE-01, ROUTE-03).
public enum Route: String, Codable, Sendable, Hashable, CaseIterable {
  /// Code, from the live picture; no model.
  case live
  /// The local model.
  case qwen
  /// Claude with tools.
  case claude
  /// A typed command; no model.
  case command
}

/// A routing decision: stored with the message, shown on its badge.
public struct RouteDecision: Codable, Sendable, Hashable {
  public var route: Route
  /// The model asked, where one was.
  public var model: String?
  /// One short phrase for the badge: "needs live data", "talk", "Claude out: no key".
  public var reason: String
  /// 0…1.
  public var confidence: Double
  /// What stood behind it; nil for typed commands and in messages of earlier versions.
  public var evidence: RouteEvidence?
  public init(
    route: Route, model: String? = nil, reason: String, confidence: Double, evidence: RouteEvidence? = nil
  ) {
    self.route = route
    self.model = model
    self.reason = reason
    self.confidence = confidence
    self.evidence = evidence
  }
}

/// Who answered, why and for how much (ROUTE-03).
public struct Badge: Codable, Sendable, Hashable {
  public var decision: RouteDecision
  public var price: Price
  /// True where a stream broke before its usage arrived.
  public var estimated: Bool
  public var usage: TokenUsage
  /// What the same tokens would have cost by each route; nil where no model was asked.
  public var elsewhere: RouteEstimate?
  public init(
    decision: RouteDecision, price: Price, estimated: Bool = false, usage: TokenUsage = .init(),
    elsewhere: RouteEstimate? = nil
  ) {
    self.decision = decision
    self.price = price
    self.estimated = estimated
    self.usage = usage
    self.elsewhere = elsewhere
  }
}

/// One tool call inside an answer, as the chat shows it.
public struct ToolActivity: Codable, Sendable, Hashable, Identifiable {
  public enum State: Codable, Sendable, Hashable {
    case waitingForApproval(ApprovalID)
    case running
    /// A read ended; the text says in a few words what came: "14 guests".
    case done(String)
    /// A mutation ended, was followed to its end and read back; the text says what was read: "running, up 4 s".
    case verified(String)
    case failed(String)
    case refused(String)
    case cancelled
  }
  public var id: String
  public var tool: String
  /// The arguments in a person's words, already sanitised: "pihole (102)".
  public var summary: String
  public var tier: SafetyTier
  public var startedAt: Date
  public var endedAt: Date?
  public var state: State
  public init(
    id: String, tool: String, summary: String, tier: SafetyTier, startedAt: Date, endedAt: Date? = nil, state: State
  ) {
    self.id = id
    self.tool = tool
    self.summary = summary
    self.tier = tier
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.state = state
  }
}

/// One message of a conversation as a person sees it.
public struct ChatMessage: Codable, Sendable, Hashable, Identifiable {
  public enum Role: String, Codable, Sendable { case user, assistant, notice }
  public enum State: String, Codable, Sendable {
    /// Waiting behind a running turn.
    case queued
    case streaming
    case complete
    /// Stopped by the person; what was shown stays.
    case interrupted
    case failed
  }
  public var id: MessageID
  public var conversation: ConversationID
  public var role: Role
  /// Markdown for an assistant; sanitised, secrets redacted.
  public var text: String
  public var at: Date
  public var state: State
  public var badge: Badge?
  /// In order of their start; drawn above the text.
  public var tools: [ToolActivity]
  public init(
    id: MessageID = MessageID(), conversation: ConversationID, role: Role, text: String, at: Date,
    state: State = .complete, badge: Badge? = nil, tools: [ToolActivity] = []
  ) {
    self.id = id
    self.conversation = conversation
    self.role = role
    self.text = text
    self.at = at
    self.state = state
    self.badge = badge
    self.tools = tools
  }
}
