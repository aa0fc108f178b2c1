import JarvisAPI

/// What the gate asks the rest of the engine about, each time anew.
public struct GateContext: Sendable {
  /// nil where the cluster did not tell.
  public var quorate: @Sendable () async -> Bool?
  public var home: @Sendable () async -> HomeStanding
  public var level: @Sendable () async -> AutonomyLevel
  /// A guest's name and kind by its vmid.
  public var guest: @Sendable () async -> @Sendable (Int) -> (name: String, isContainer: Bool)?
  /// The gate's own look at a shell command and the rule that decided; nil leaves it to the tool alone.
  public var classify: (@Sendable (String) -> (tier: SafetyTier, rule: String))?
  /// What the operator once said about calls like this one; its arguments are canonical.
  public var demand: @Sendable (GatedCall) async -> OperatorDemand?

  public init(
    quorate: @escaping @Sendable () async -> Bool? = { nil },
    home: @escaping @Sendable () async -> HomeStanding = { .unknown("nobody has looked") },
    level: @escaping @Sendable () async -> AutonomyLevel = { .act },
    guest: @escaping @Sendable () async -> @Sendable (Int) -> (name: String, isContainer: Bool)? = { { _ in nil } },
    classify: (@Sendable (String) -> (tier: SafetyTier, rule: String))? = nil,
    demand: @escaping @Sendable (GatedCall) async -> OperatorDemand? = { _ in nil }
  ) {
    self.quorate = quorate
    self.home = home
    self.level = level
    self.guest = guest
    self.classify = classify
    self.demand = demand
  }
}
