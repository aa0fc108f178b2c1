import JarvisAPI

/// Why the gate did not let a call run.
public struct GateRefusal: Error, Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// BLACK, and with it every tool that is not known.
    case black
    case readOnly
    /// The kill switch is on, or cannot be read.
    case frozen
    /// No screen holds the approval key.
    case nobodyToAsk
    /// More approvals wait than a person can oversee.
    case tooMany
    /// A person said no.
    case refused
    /// Nobody answered in time.
    case expired
    /// The target was no longer as shown.
    case void
    /// The safety record could not be written, so nothing may run.
    case unrecorded
  }

  public var kind: Kind
  public var tool: String
  public var reason: String
  public var advice: String

  public init(_ kind: Kind, tool: String, reason: String, advice: String = "") {
    self.kind = kind
    self.tool = tool
    self.reason = reason
    self.advice = advice
  }

  /// The refusal for the door: exit code 5 for a command.
  public var userFacing: UserFacingError {
    UserFacingError(.refused, attempted: "run \(tool)", reason: reason, advice: advice)
  }
}
