import JarvisAPI

/// The snapshot that a card offered, as a call of its own: the gate weighs it like any other before it is taken.
public struct PreparedSnapshot: Sendable {
  /// Canonical, as its tool would run it.
  public var arguments: JSONValue
  public var assess: @Sendable () async throws(UserFacingError) -> CallAssessment
  /// Takes it as it was weighed, and says what was taken.
  public var take: @Sendable (CallAssessment) async throws(UserFacingError) -> String

  public init(
    arguments: JSONValue, assess: @escaping @Sendable () async throws(UserFacingError) -> CallAssessment,
    take: @escaping @Sendable (CallAssessment) async throws(UserFacingError) -> String
  ) {
    self.arguments = arguments
    self.assess = assess
    self.take = take
  }
}
