import JarvisAPI

/// What became of a call at the gate.
public enum GateOutcome<Value: Sendable>: Sendable {
  /// It ran; the value says how it went.
  case ran(Value)
  /// It could not be assessed, or broke off with this error.
  case failed(UserFacingError)
  case refused(GateRefusal)
  /// Its caller was stopped before anything ran.
  case cancelled
}

/// What a call gives back to the gate besides its value, for the receipt and the record.
public struct GatedResult<Value: Sendable>: Sendable {
  public var value: Value
  /// True where it did what it was to do, and that was read back.
  public var succeeded: Bool
  /// A few words: "running, up 4 s".
  public var summary: String
  public init(value: Value, succeeded: Bool, summary: String) {
    self.value = value
    self.succeeded = succeeded
    self.summary = summary
  }
}

/// How far a call has come.
public enum GateProgress: Sendable, Hashable {
  /// The target was read; this is what the call would do.
  case assessed(CallAssessment)
  /// A person is asked.
  case waiting(Approval)
  case running
}
