import JarvisAPI
import JarvisSafety

/// The same change on several targets: one card for all of them, then one after the other, each with its own result.
struct ChangeBatch {
  let context: ToolContext
  let action: String
  /// Vmids, in the order in which they are worked through.
  let targets: [String]
  /// Prepares the change on one of them.
  let prepare: @Sendable (String) async throws(UserFacingError) -> Change

  /// Targets of one card, at most: more than a person reads.
  static let maximumTargets = 20

  /// One assessment for all: the highest tier, every target with its state, and each of them bound by the state key.
  func assess() async throws(UserFacingError) -> CallAssessment {
    var parts: [CallAssessment] = []
    for target in targets { parts.append(try await prepare(target).assessment) }
    guard let first = parts.first else {
      throw UserFacingError(.usage, attempted: action, reason: "no guest was named", advice: "name at least one")
    }
    if parts.count == 1 { return first }
    let gravest = parts.max { $0.tier < $1.tier } ?? first
    let count = "\(parts.count) guests"
    var whole = CallAssessment(
      tier: gravest.tier, rule: gravest.rule, target: "\(count): \(parts.map(\.target).joined(separator: ", "))",
      targetState: parts.map { "\($0.target): \($0.targetState)" }.joined(separator: "; "),
      stateKey: parts.map(\.stateKey).joined(separator: "\n"),
      plan: ["one after the other, ending at a freeze:"] + parts.flatMap(\.plan), impact: parts.flatMap(\.impact),
      undo: parts.map(\.undo).joined(separator: "; "),
      // More than one target at once is typed, where it disrupts anybody.
      typedWord: gravest.tier > .yellow ? count : nil)
    whole.targets = parts.map {
      CallAssessment.Target(name: $0.target, state: $0.targetState, stateKey: $0.stateKey)
    }
    return whole
  }

  /// - Parameters:
  ///   - weighed: what consent was given to; nil where nobody had to be asked.
  ///   - safePoint: passed before each target but the first, before which the gate has looked.
  func run(as weighed: CallAssessment?, passing safePoint: SafePoint) async throws(UserFacingError) -> ToolReport {
    if targets.count == 1 {
      let change = try await prepare(targets[0])
      if let weighed { try change.require(weighed) }
      return try await ChangeRun(context: context, change: change).run()
    }
    var results: [ToolReport] = []
    var halted: String?
    for (index, target) in targets.enumerated() {
      do throws(UserFacingError) {
        if !results.isEmpty { try await safePoint.pass() }
      } catch {
        halted = error.reason
        break
      }
      let shown = weighed?.targets ?? []
      results.append(await one(target, as: shown.indices.contains(index) ? shown[index] : nil))
    }
    return report(results, halted: halted)
  }

  /// The result on one target; what cannot be done there is one, too.
  private func one(_ target: String, as shown: CallAssessment.Target?) async -> ToolReport {
    do throws(UserFacingError) {
      let change = try await prepare(target)
      if let shown { try change.require(shown) }
      return try await ChangeRun(context: context, change: change).run()
    } catch {
      return ToolReport(
        content: [
          "action": .string(action), "target": .string(target), "done": false, "verified": false,
          "detail": .string("not done: \(error.reason)"),
        ], summary: error.reason, text: "\(action) \(target): not done – \(error.reason)", verified: false)
    }
  }

  private func report(_ results: [ToolReport], halted: String?) -> ToolReport {
    let left = Array(targets.dropFirst(results.count))
    let verified = results.count { $0.verified == true }
    let all = verified == targets.count
    var summary = "\(verified) of \(targets.count) verified"
    if let halted { summary += "; \(halted), \(CountWords.of(left.count, "guest")) not begun" }
    var content: [String: JSONValue] = [
      "action": .string(action), "target": .string("\(targets.count) guests"),
      "done": .bool(left.isEmpty && results.allSatisfy { $0.content["done"] == true }), "verified": .bool(all),
      "results": .array(results.map(\.content)), "detail": .string(all ? "" : summary),
    ]
    if !left.isEmpty { content["not_begun"] = .array(left.map { .string($0) }) }
    return ToolReport(
      content: .object(content), summary: summary,
      text: (results.map(\.text) + (halted.map { ["stopped: \($0); not begun: \(left.joined(separator: ", "))"] } ?? []))
        .joined(separator: "\n"), verified: all)
  }
}
