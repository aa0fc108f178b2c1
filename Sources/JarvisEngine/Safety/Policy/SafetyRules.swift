import JarvisAPI
import JarvisLock

/// The rules in force: the compiled table with the policy laid over it.
///
/// At start the policy may make named tools milder; from then on it can only make things stricter. A class, because the
/// gate, the tool box and the watcher of the file share it; its state is behind a lock.
public final class SafetyRules: Sendable {
  private struct State {
    var table: TierTable
    var protected: Policy.Protected
  }

  private let state: Guarded<State>
  private let standard: TierTable

  public init(table: TierTable = .standard, policy: Policy? = nil) {
    standard = table
    var table = table
    for line in policy?.tiers ?? [] { table.set(line.tier, for: line.tool, because: Self.because(line)) }
    state = Guarded(State(table: table, protected: policy?.protected ?? .init()))
  }

  public var table: TierTable { state.withLock { $0.table } }
  public var protected: Policy.Protected { state.withLock { $0.protected } }

  /// Of all tools, tiers and what is protected; eight hexadecimal digits.
  public var shortHash: String {
    let (table, protected) = state.withLock { ($0.table, $0.protected) }
    let words =
      protected.guests.sorted().map(String.init) + protected.guestNames.sorted() + protected.nodes.sorted()
      + protected.services.sorted()
    return String(SHA256.hexadecimal(table.shortHash + words.joined(separator: "\n")).prefix(8))
  }

  /// Takes over what is stricter in `policy`; what is milder waits for the next start.
  /// - Returns: what changed, and what waits, a sentence each.
  public func tighten(_ policy: Policy) -> (changed: [String], waiting: [String]) {
    state.withLock { state in
      var changed: [String] = []
      var waiting: [String] = []
      let named = Dictionary(policy.tiers.map { ($0.tool, $0) }, uniquingKeysWith: { $1 })
      for tool in standard.allTools {
        let wanted = named[tool]?.tier ?? standard.rule(for: tool).tier
        let present = state.table.rule(for: tool).tier
        if wanted > present {
          let reason = named[tool].map(Self.because) ?? "the policy no longer makes it milder"
          state.table.set(wanted, for: tool, because: reason)
          changed.append("\(tool) is \(wanted.rawValue) now")
        } else if wanted < present {
          waiting.append("\(tool) becomes \(wanted.rawValue) at the next start")
        }
      }
      var protected = state.protected
      protected.formUnion(policy.protected)
      if protected != state.protected { changed.append("more is protected now") }
      if protected != policy.protected { waiting.append("what is no longer protected stays so until the next start") }
      state.protected = protected
      return (changed, waiting)
    }
  }

  /// The tier of a call whose tool says `tier` for these arguments.
  ///
  /// What the tool says as a matter of course (its tier in the compiled table) becomes what the policy made of it; what
  /// it says because of its arguments stands, and nothing is milder than the table.
  func tier(of tool: String, assessed tier: SafetyTier) -> (tier: SafetyTier, byTable: Bool) {
    let rule = table.rule(for: tool)
    if tier == .black { return (.black, false) }
    if tier <= standard.rule(for: tool).tier { return (rule.tier, tier != rule.tier) }
    return tier >= rule.tier ? (tier, false) : (rule.tier, true)
  }

  /// The tier in the compiled table.
  func standardTier(of tool: String) -> SafetyTier { standard.rule(for: tool).tier }

  private static func because(_ line: Policy.TierLine) -> String { "the policy file says so (line \(line.line))" }
}
