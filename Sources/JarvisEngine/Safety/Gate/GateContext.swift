import JarvisAPI

/// What the gate asks the rest of the engine about, each time anew.
public struct GateContext: Sendable {
  /// nil where the cluster did not tell.
  public var quorate: @Sendable () async -> Bool?
  public var home: @Sendable () async -> HomeStanding
  public var level: @Sendable () async -> AutonomyLevel
  /// A guest's name and kind by its vmid.
  public var guest: @Sendable () async -> @Sendable (Int) -> (name: String, isContainer: Bool)?
  /// The node of a name or address; nil for a machine that is none of the cluster's.
  public var node: @Sendable () async -> @Sendable (String) -> String?
  /// The gate's own look at a shell command and the rule that decided; nil leaves it to the tool alone.
  public var classify: (@Sendable (String) -> CommandReading)?
  /// What the operator once said about calls like this one; its arguments are canonical.
  public var demand: @Sendable (GatedCall) async -> OperatorDemand?

  public init(
    quorate: @escaping @Sendable () async -> Bool? = { nil },
    home: @escaping @Sendable () async -> HomeStanding = { .unknown("nobody has looked") },
    level: @escaping @Sendable () async -> AutonomyLevel = { .act },
    guest: @escaping @Sendable () async -> @Sendable (Int) -> (name: String, isContainer: Bool)? = { { _ in nil } },
    node: @escaping @Sendable () async -> @Sendable (String) -> String? = { { _ in nil } },
    classify: (@Sendable (String) -> CommandReading)? = nil,
    demand: @escaping @Sendable (GatedCall) async -> OperatorDemand? = { _ in nil }
  ) {
    self.quorate = quorate
    self.home = home
    self.level = level
    self.guest = guest
    self.node = node
    self.classify = classify
    self.demand = demand
  }
}
