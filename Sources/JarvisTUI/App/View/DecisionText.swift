import JarvisAPI
import JarvisTerminal

/// A decision in words: who answered and why, how sure the router was, what spoke for it, what it cost and would have cost.
enum DecisionText {
  private static let labelWidth = 12

  static func lines(_ answer: ChatMessage, _ state: AppState, width: Int) -> [StyledLine] {
    guard let badge = answer.badge else { return [] }
    let (decision, theme) = (badge.decision, state.theme)
    var lines: [StyledLine] = []
    func row(_ label: String, _ text: String, _ scope: String = "text") {
      let wrapped = Wrap.lines(
        of: StyledLine(text.sanitisedLine, theme.style(scope)), width: max(8, width - labelWidth))
      for (index, line) in wrapped.enumerated() {
        let head = Span(TextFit.pad(index == 0 ? label : "", to: labelWidth), theme.style("text.dim"))
        lines.append(StyledLine([head] + line.spans))
      }
    }
    row("answered", badge.title + (decision.model.map { " (\($0))" } ?? ""), "text.bright")
    row("because", decision.reason)
    if let evidence = decision.evidence {
      row("decided by", words(evidence))
      row("confidence", Format.percent(decision.confidence))
      row("work", words(evidence.work) + (evidence.sticks ? "; the task began there and stays" : ""))
      for (index, feature) in evidence.features.enumerated() { row(index == 0 ? "evidence" : "", feature) }
    } else {
      row("decided by", "not kept for this answer", "text.dim")
    }
    let usage = badge.usage
    row("cost", Format.price(badge.price, estimated: badge.estimated) + (badge.estimated ? ", an estimate" : ""))
    if usage.prompt + usage.output > 0 {
      row(
        "tokens",
        "\(Format.count(usage.input)) new, \(Format.count(usage.cacheRead)) from the cache, "
          + "\(Format.count(usage.cacheWrite5m + usage.cacheWrite1h)) written to it, \(Format.count(usage.output)) out")
    }
    if let elsewhere = badge.elsewhere {
      row("elsewhere", words(elsewhere) + ", for the same tokens")
    } else if let estimate = decision.evidence?.estimate {
      row("elsewhere", "about " + words(estimate))
    }
    lines.append(
      StyledLine("r asks the other model   Esc closes", theme.style("text.dim")))
    return lines
  }

  private static func words(_ evidence: RouteEvidence) -> String {
    switch evidence.step {
    case .word: "your word in the message"
    case .pin: "the pin of this conversation"
    case .rule: "your rule" + (evidence.rule.map { " \($0)" } ?? "")
    case .live: "the live picture: a clear question"
    case .intent: "the intent model"
    }
  }

  private static func words(_ work: WorkClass) -> String {
    switch work {
    case .talk: "talk"
    case .read: "reading: the fast model's"
    case .strong: "diagnosis or change: the strong model's"
    }
  }

  private static func words(_ estimate: RouteEstimate) -> String {
    func amount(_ amount: MicroDollars?) -> String { amount.map(Format.money) ?? "unpriced" }
    return "\(amount(estimate.fast)) fast, \(amount(estimate.strong)) strong, \(amount(estimate.local)) Qwen"
  }
}
