import Foundation
import JarvisAPI
import JarvisCost

/// Everything that can be set, read from YAML and environment (`docs/configuration.md`).
public struct Configuration: Sendable, Equatable {
  public var cluster: ClusterConfiguration?
  public var claude: ClaudeConfiguration?
  public var local: LocalModelConfiguration?
  /// nil: nothing is asked over SSH.
  public var ssh: SSHConfiguration?
  public var budget: BudgetLimits
  public var screen: ScreenConfiguration
  public var log: LogConfiguration
  /// The operator's zone: budgets and times follow it. nil is the system's (`TZ`).
  public var timeZone: TimeZone?

  public init(
    cluster: ClusterConfiguration? = nil, claude: ClaudeConfiguration? = nil, local: LocalModelConfiguration? = nil,
    ssh: SSHConfiguration? = nil, budget: BudgetLimits = .init(), screen: ScreenConfiguration = .init(),
    log: LogConfiguration = .init(),
    timeZone: TimeZone? = nil
  ) {
    self.cluster = cluster
    self.claude = claude
    self.local = local
    self.ssh = ssh
    self.budget = budget
    self.screen = screen
    self.log = log
    self.timeZone = timeZone
  }
}

/// How the Proxmox API is reached and whom to believe.
public struct ClusterConfiguration: Sendable, Equatable {
  /// One entrance: `https://host:8006`, with the pinned leaf's SHA-256 where the authority does not vouch for it.
  public struct Entrance: Sendable, Equatable {
    public var url: String
    /// "AA:BB:…", 32 bytes.
    public var fingerprint: String?
    /// The node behind it, where `init` learned it.
    public var node: String?
    public init(url: String, fingerprint: String? = nil, node: String? = nil) {
      self.url = url
      self.fingerprint = fingerprint
      self.node = node
    }
  }
  public var entrances: [Entrance]
  /// `USER@REALM!ID=UUID`; a secret.
  public var token: String
  /// The cluster's own certificate authority (PEM); nil trusts the system's.
  public var authority: String?
  /// Seconds between polls of `/cluster/resources`.
  public var pollInterval: TimeInterval
  public init(entrances: [Entrance], token: String, authority: String? = nil, pollInterval: TimeInterval = 12) {
    self.entrances = entrances
    self.token = token
    self.authority = authority
    self.pollInterval = pollInterval
  }
}

public struct ClaudeConfiguration: Sendable, Equatable {
  /// A secret; nil means Claude is out: "no key".
  public var apiKey: String?
  public var url: String
  /// For read-only questions.
  public var fast: String
  /// For diagnosis and changes.
  public var strong: String
  public init(
    apiKey: String? = nil, url: String = "https://api.anthropic.com", fast: String = "claude-haiku-5-5",
    strong: String = "claude-sonnet-5-5"
  ) {
    self.apiKey = apiKey
    self.url = url
    self.fast = fast
    self.strong = strong
  }
}

/// A local OpenAI-compatible server.
public struct LocalModelConfiguration: Sendable, Equatable {
  public var url: String
  /// nil takes the first model that the server lists.
  public var model: String?
  /// A secret, where the server wants one.
  public var apiKey: String?
  /// Tokens; nil asks the server.
  public var window: Int?
  public init(url: String, model: String? = nil, apiKey: String? = nil, window: Int? = nil) {
    self.url = url
    self.model = model
    self.apiKey = apiKey
    self.window = window
  }
}

public struct ScreenConfiguration: Sendable, Equatable {
  /// A shipped theme's name or a file's path.
  public var theme: String
  public var reducedMotion: Bool
  /// nil decides by the locale and the terminal.
  public var ascii: Bool?
  public var mouse: Bool
  /// Ring the terminal's bell for each new approval.
  public var bell: Bool
  public init(
    theme: String = "jarvis", reducedMotion: Bool = false, ascii: Bool? = nil, mouse: Bool = true, bell: Bool = false
  ) {
    self.theme = theme
    self.reducedMotion = reducedMotion
    self.ascii = ascii
    self.mouse = mouse
    self.bell = bell
  }
}

public struct LogConfiguration: Sendable, Equatable {
  public enum Level: String, Sendable, CaseIterable { case debug, info, notice, warning, error }
  public var level: Level
  public init(level: Level = .info) { self.level = level }
}
