import JarvisAPI
import JarvisCost

/// What the gates know about a provider at the moment of deciding.
public enum ProviderGate: Sendable, Hashable {
  case open
  /// Out, for this reason: "no key", "rate-limited", "budget used up".
  case closed(String)
  /// Out, and nobody takes its place: a budget is used up and the operator chose to stop there.
  case stopped(String)

  /// Why it is not open; "" where it is.
  var reason: String {
    switch self {
    case .open: ""
    case .closed(let why), .stopped(let why): why
    }
  }
}

/// One earlier message of the conversation, as far as deciding needs it.
public struct PastMessage: Sendable, Hashable {
  public enum Role: String, Sendable, Hashable, Codable { case user, assistant }
  public var role: Role
  public var text: String
  public init(role: Role, text: String) {
    self.role = role
    self.text = text
  }
}

/// What else the decision depends on.
public struct RoutingContext: Sendable {
  public var inventory: Inventory
  /// Who answered the turn before, where there was one.
  public var previous: Route?
  public var claude: ProviderGate
  public var qwen: ProviderGate
  /// The last messages, oldest first; what a short message leans on. Those beyond `maximumPast` are not read.
  public var past: [PastMessage]
  /// The conversation's pin: every message goes there.
  public var pin: RouteChoice?
  /// The operator's stored rules, in the order in which they are tried.
  public var rules: [RoutingRule]
  /// The class of work of the task that is under way: a follow-up stays with it.
  public var task: WorkClass?
  /// The tools that code would ask about the message: what the operator's rules for tools are tried on.
  public var lookups: [String]
  /// What is known for an estimate of the cost; nil for no estimate.
  public var estimates: RouteEstimates?

  /// Messages of the past that a decision looks at.
  public static let maximumPast = 6

  public init(
    inventory: Inventory, previous: Route? = nil, claude: ProviderGate = .open, qwen: ProviderGate = .open,
    past: [PastMessage] = [], pin: RouteChoice? = nil, rules: [RoutingRule] = [], task: WorkClass? = nil,
    lookups: [String] = [], estimates: RouteEstimates? = nil
  ) {
    self.inventory = inventory
    self.previous = previous
    self.claude = claude
    self.qwen = qwen
    self.past = past
    self.pin = pin
    self.rules = rules
    self.task = task
    self.lookups = lookups
    self.estimates = estimates
  }
}
