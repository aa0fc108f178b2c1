/// What the door tells a person when something failed: what was tried, on what, why it failed, what to do.
///
/// Every module has typed errors of its own; the engine turns them into this one.
public struct UserFacingError: Error, Codable, Sendable, Hashable {
  /// Where the fault lies; decides the exit code of a command (`cli.md`).
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// The answer is "no", or trouble was found (exit 1).
    case negative
    /// Wrong use: bad argument or bad input (exit 2).
    case usage
    /// Configuration is missing, malformed or unsafe (exit 3).
    case configuration
    /// Something that is needed cannot be reached (exit 4).
    case unreachable
    /// The safety gate refused (exit 5).
    case refused
    /// A defect of Jarvis itself (exit 1).
    case fault
  }

  public var kind: Kind
  /// What was attempted, on what: "read guest 102 on agent".
  public var attempted: String
  /// Why it failed, in the words of whoever refused: "Permission check failed (/vms/102, VM.Audit)".
  public var reason: String
  /// What the person can do next; empty where nothing helps.
  public var advice: String

  public init(_ kind: Kind, attempted: String, reason: String, advice: String = "") {
    self.kind = kind
    self.attempted = attempted
    self.reason = reason
    self.advice = advice
  }

  /// The process exit code that stands for `kind`.
  public var exitCode: Int32 {
    switch kind {
    case .negative, .fault: 1
    case .usage: 2
    case .configuration: 3
    case .unreachable: 4
    case .refused: 5
    }
  }
}

extension UserFacingError: CustomStringConvertible {
  /// One or two lines: "Could not ATTEMPTED: REASON." and the advice.
  public var description: String {
    let first = "could not \(attempted): \(reason)"
    return advice.isEmpty ? first : first + "\n  → " + advice
  }
}
