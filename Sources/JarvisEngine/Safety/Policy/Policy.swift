import JarvisAPI

/// What the operator's `policy.yaml` says: other tiers for some tools, and what nothing may cut off.
public struct Policy: Sendable, Hashable {
  public struct TierLine: Sendable, Hashable {
    public var tool: String
    public var tier: SafetyTier
    /// In the file, from 1.
    public var line: Int
  }

  /// Protected beside what Jarvis lives on.
  public struct Protected: Sendable, Hashable {
    public var guests: Set<Int> = []
    public var guestNames: Set<String> = []
    public var nodes: Set<String> = []
    /// On any node.
    public var services: Set<String> = []
    public init() {}

    public var isEmpty: Bool { guests.isEmpty && guestNames.isEmpty && nodes.isEmpty && services.isEmpty }

    mutating func formUnion(_ other: Protected) {
      guests.formUnion(other.guests)
      guestNames.formUnion(other.guestNames)
      nodes.formUnion(other.nodes)
      services.formUnion(other.services)
    }
  }

  public var tiers: [TierLine] = []
  public var protected = Protected()
  public init() {}
}

/// What is wrong with the policy file, and where.
public struct PolicyError: Error, Sendable, Hashable {
  public var file: String
  /// From 1; nil where it concerns the file as a whole.
  public var line: Int?
  public var problem: String
  public var advice: String

  public init(file: String, line: Int?, problem: String, advice: String = "") {
    self.file = file
    self.line = line
    self.problem = problem
    self.advice = advice
  }

  /// "policy.yaml, line 4: …".
  public var place: String { line.map { "\(file), line \($0)" } ?? file }

  public var userFacing: UserFacingError {
    UserFacingError(.configuration, attempted: "read the policy", reason: "\(place): \(problem)", advice: advice)
  }
}
