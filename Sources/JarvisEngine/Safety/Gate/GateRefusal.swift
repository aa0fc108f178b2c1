import Foundation
import JarvisAPI

/// Why the gate did not let a call run.
public struct GateRefusal: Error, Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// BLACK, and with it every tool that is not known.
    case black
    case readOnly
    /// The kill switch is on, or cannot be read.
    case frozen
    case noQuorum
    /// Jarvis does not know what it lives on and would act by itself.
    case homeUnknown
    /// The runbook, or the level, does not let it act or ask.
    case notAutonomous
    /// The operator once said: never.
    case forbidden
    /// No screen holds the approval key.
    case nobodyToAsk
    /// More calls wait than a person can oversee.
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

  init(frozen freeze: Freeze, tool: String) {
    let until = freeze.until.map { ", until \($0.ISO8601Format())" } ?? ""
    self.init(
      .frozen, tool: tool,
      reason: freeze.unreadable ? freeze.reason : "mutations are frozen (\(freeze.reason)\(until))",
      advice: "a person lifts it with `jarvis-tui unfreeze` on this host, or on a screen")
  }

  /// The refusal for the door: exit code 5 for a command.
  public var userFacing: UserFacingError {
    UserFacingError(.refused, attempted: "run \(tool)", reason: reason, advice: advice)
  }
}
