import Foundation

/// A model provider's state, for the status line and `doctor`.
public struct ProviderHealth: Codable, Sendable, Hashable, Identifiable {
  public enum State: Codable, Sendable, Hashable {
    case unknown
    case ready
    /// Not configured: "no key".
    case absent(String)
    /// Configured and not usable now, with the reason.
    case out(String)
    /// Reachable, but not fit for its task, with the reason.
    case unfit(String)
  }
  /// "claude" or "qwen": the route it serves.
  public var route: Route
  public var model: String
  public var state: State
  /// Tokens, where the server tells.
  public var window: Int?
  /// True where it is out because its key is refused: only a person can mend that, so it is told, not worked around.
  public var isKeyRefused: Bool
  /// Why it is out, in a few words for a badge: "unreachable"; empty where nothing shorter is known than the state's.
  public var brief: String
  public var id: Route { route }
  public init(
    route: Route, model: String, state: State, window: Int? = nil, isKeyRefused: Bool = false, brief: String = ""
  ) {
    self.route = route
    self.model = model
    self.state = state
    self.window = window
    self.isKeyRefused = isKeyRefused
    self.brief = brief
  }
}

/// A sentence for the person outside of any conversation, e.g. "Claude is rate-limited; Qwen answers".
public struct Notice: Codable, Sendable, Hashable, Identifiable {
  /// One notice a key: a newer one replaces it, `nil` text ends it.
  public var id: String
  public var severity: ClusterEvent.Severity
  public var text: String
  public init(id: String, severity: ClusterEvent.Severity, text: String) {
    self.id = id
    self.severity = severity
    self.text = text
  }
}

/// One real step of the engine's start, for the boot text.
public struct BootStep: Codable, Sendable, Hashable {
  public var text: String
  public var ok: Bool
  public init(_ text: String, ok: Bool) {
    self.text = text
    self.ok = ok
  }
}
