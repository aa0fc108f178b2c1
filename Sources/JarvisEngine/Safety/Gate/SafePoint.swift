import JarvisAPI

/// What a call that runs passes between two steps: where a freeze stops it (FOUND-08).
///
/// A batch passes it before each target, a plan before each step that changes something.
public struct SafePoint: Sendable {
  private let look: @Sendable () async -> GateRefusal?

  init(_ look: @escaping @Sendable () async -> GateRefusal?) {
    self.look = look
  }

  /// For calls that change nothing.
  public static let open = SafePoint { nil }

  /// Goes on, or stops here.
  /// - Throws: why it must not go on; what was done so far stays done, and the tool says so.
  public func pass() async throws(UserFacingError) {
    guard let refusal = await look() else { return }
    throw UserFacingError(
      .refused, attempted: "go on with \(refusal.tool)", reason: "stopped at a safe point: \(refusal.reason)",
      advice: refusal.advice)
  }
}
