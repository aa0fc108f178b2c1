/// What goes wrong on purpose, and where. Settable while the simulation runs.
public struct SimulatedFaults: Sendable {
  public enum Effect: Sendable {
    /// The answer comes, but later.
    case delay(Duration)
    /// 595 with an empty body: the node cannot be reached by its peer.
    case unreachable
    /// 596 with an empty body: the node's TLS or answer failed.
    case broken
    /// 401 "Authentication failed!".
    case unauthenticated
    /// 500 with this message.
    case failed(String)
    /// 503 with an empty body.
    case unavailable
    /// The body ends before its announced length.
    case cut
    /// The connection closes without an answer.
    case hangUp
    /// No answer ever comes.
    case silence
    /// 200, and a body that is not JSON.
    case garbage
  }

  /// Where and how often an effect strikes. What is nil does not matter.
  public struct Rule: Sendable {
    public var effect: Effect
    /// The node in the request's path.
    public var node: String?
    /// The node whose port was asked.
    public var entrance: String?
    public var method: String?
    /// Beginning of the path behind `/api2/json`, e.g. "/cluster/resources".
    public var path: String?
    /// How many requests it strikes; nil for all.
    public var times: Int?

    public init(
      _ effect: Effect, node: String? = nil, entrance: String? = nil, method: String? = nil, path: String? = nil,
      times: Int? = nil
    ) {
      self.effect = effect
      self.node = node
      self.entrance = entrance
      self.method = method
      self.path = path
      self.times = times
    }
  }

  /// Asked in order; the first that fits strikes. At most `limit` are looked at.
  public var rules: [Rule]
  /// True while no port lets anybody in.
  public var apiDown: Bool
  /// Rules looked at.
  public static let limit = 64

  public init(rules: [Rule] = [], apiDown: Bool = false) {
    self.rules = rules
    self.apiDown = apiDown
  }

  /// Takes the effect that strikes this request, and counts it.
  mutating func strike(method: String, path: String, entrance: String) -> Effect? {
    let parts = path.split(separator: "/")
    let node = parts.count > 1 && parts[0] == "nodes" ? String(parts[1]) : nil
    for index in rules.indices.prefix(Self.limit) {
      let rule = rules[index]
      guard rule.times != 0, rule.node == nil || rule.node == node, rule.entrance == nil || rule.entrance == entrance,
        rule.method == nil || rule.method == method, rule.path == nil || path.hasPrefix(rule.path ?? "")
      else { continue }
      if let times = rule.times { rules[index].times = times - 1 }
      return rule.effect
    }
    return nil
  }
}
