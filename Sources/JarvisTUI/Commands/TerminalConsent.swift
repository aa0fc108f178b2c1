import Foundation
import JarvisAPI

/// Approvals on a plain terminal: the card as text, the answer as a line. The same consent as on the screen's card.
struct TerminalConsent: Sendable {
  /// Only a person at a terminal can be asked: input and the card both need one.
  let isPossible = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1

  /// Answers every approval of the attachment until its events end or the task is cancelled.
  func answer(_ attachment: Attachment, for service: any JarvisService) async {
    guard isPossible else { return }
    for await event in attachment.events {
      guard case .monitoring(.approval(let approval)) = event, approval.state == .pending else { continue }
      let decision = await onOwnThread { ask(approval) }
      do throws(UserFacingError) {
        _ = try await service.perform(.decide(approval.id, decision), from: attachment.id)
      } catch {
        Output.error(error)
      }
    }
  }

  /// Whether the person has compared a node's host key and trusts it. Another key than before needs the capital Y.
  func trusts(_ question: HostKeyQuestion) async -> Bool {
    guard isPossible else { return false }
    return await onOwnThread {
      let changed = !question.pinned.isEmpty
      Output.errorLine(
        changed
          ? "CHANGED: \(question.node) (\(question.host)) shows another host key than the trusted one, "
            + question.pinned.joined(separator: ", ")
          : "\(question.node) (\(question.host)) shows a host key that nobody has trusted yet")
      Output.errorLine("  \(question.keyType) \(question.fingerprint)")
      Output.errorLine("  compare it on the node's own console: \(question.commandToCompare)")
      return line(after: changed ? "Y (capital) to trust the new one" : "y to trust it") == (changed ? "Y" : "y")
    }
  }

  /// A thread of its own: a person takes their time, and the engine needs the pool's threads.
  private func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { answered in Thread.detachNewThread { answered.resume(returning: body()) } }
  }

  /// What is typed after the question, not before it.
  private func line(after question: String) -> String {
    tcflush(STDIN_FILENO, TCIFLUSH)
    FileHandle.standardError.write(Data("\(question): ".utf8))
    return (readLine(strippingNewline: true) ?? "").trimmingCharacters(in: .whitespaces)
  }

  private func ask(_ approval: Approval) -> ApprovalDecision {
    for line in Self.card(approval) {
      // A line break in a command must not look like a space.
      Output.errorLine(Sanitiser.clean(line).replacing("\n", with: " ⏎ "))
    }
    let (question, wanted) = Self.question(approval.consent)
    let typed = line(after: question)
    switch approval.consent {
    case .yes where typed == wanted, .capitalYes where typed == wanted:
      return .approve(hash: approval.callHash, typed: nil)
    case .typed where !typed.isEmpty: return .approve(hash: approval.callHash, typed: typed)
    default: return .refuse(reason: "")
    }
  }

  /// The card's lines, without its question.
  static func card(_ approval: Approval) -> [String] {
    var lines = [
      "", "APPROVAL \(approval.id.rawValue) · \(approval.tier.rawValue) · \(approval.tool) on \(approval.target)",
      "  state   \(approval.targetState)", "  rule    \(approval.rule)",
    ]
    lines += approval.plan.map { "  then    \($0)" }
    lines += approval.impact.map { "  notice  \($0)" }
    lines.append("  undo    \(approval.undo)")
    return lines
  }

  /// What to type, and what counts as yes where that is fixed.
  static func question(_ consent: Approval.Consent) -> (text: String, wanted: String) {
    switch consent {
    case .yes: ("y to run it, anything else not to", "y")
    case .capitalYes: ("Y (capital) to run it, anything else not to", "Y")
    case .typed(let word): ("type '\(word)' to run it, Enter not to", word)
    }
  }
}
