import Foundation
import JarvisAPI
import JarvisChat
import JarvisCost
import JarvisMemory
import JarvisRouting

/// `/route`, `/budget` and `/pin`: what the operator says about models and money (ROUTE-07).
struct MoneyCommands: Sendable {
  let rules: RoutingRuleStore
  let costs: CostDesk
  let store: ConversationStore
  /// What a rule for a tool may name.
  let tools: [String]
  /// Told that the budget has changed: a notice may go.
  let budgetChanged: @Sendable () async -> Void
  let emit: @Sendable (Event) -> Void
  let now: @Sendable () -> Date

  static let infos = [
    TypedCommandInfo(
      name: "route", usage: "[list|add …|delete N]",
      summary: "your own rules, who answers what: add PATTERN|tool=NAME qwen|claude|fast|strong", tier: .green),
    TypedCommandInfo(
      name: "budget", usage: "[+AMOUNT today]", summary: "how the budgets stand; +2 today lifts them for the day",
      tier: .green),
    TypedCommandInfo(
      name: "pin", usage: "MODEL", summary: "who answers in this conversation: qwen, claude, fast, strong, auto",
      tier: .green),
  ]

  /// - Returns: nil where `line` is none of these.
  func run(_ line: String, _ conversation: ConversationID) async -> OwnCommands.Answer? {
    let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let rest = parts.count > 1 ? String(parts[1]) : ""
    do {
      switch parts.first?.lowercased() {
      case "route": return try await route(rest)
      case "budget": return try await budget(rest)
      case "pin": return try await pin(rest.lowercased(), conversation)
      default: return nil
      }
    } catch {
      return .init("\(error)", failed: true)
    }
  }

  // MARK: Rules

  private func route(_ line: String) async throws -> OwnCommands.Answer {
    switch RuleCommand.parse(line, now: now()) {
    case .failure(let mistake): return .init(mistake.sentence, failed: true)
    case .success(.list): return .init(Self.list(try await rules.all()))
    case .success(.delete(let id)):
      return try await rules.delete(id)
        ? .init("Rule \(id) is deleted.") : .init("There is no rule \(id): `/route list` shows them.", failed: true)
    case .success(.add(let rule)):
      if rule.kind == .tool, !tools.contains(rule.pattern) {
        let near = Suggestion.phrase(for: rule.pattern, among: tools).map { ": \($0)" } ?? ""
        return .init("There is no tool “\(rule.pattern)”\(near).", failed: true)
      }
      guard let kept = try await rules.add(rule) else {
        return .init(
          "There are \(RoutingRuleStore.maximumRules) rules already: `/route delete N` makes room.", failed: true)
      }
      return .init("Rule \(kept.id): “\(kept.words)” goes to \(kept.choice.name).")
    }
  }

  static func list(_ rules: [RoutingRule]) -> String {
    guard !rules.isEmpty else {
      return
        "There are no rules. `/route add backup report qwen` sends messages with these words to Qwen; `*` stands for "
        + "any words, `tool=list_storage` for messages that need this tool."
    }
    let rows = rules.map {
      "| \($0.id) | \($0.words.replacing("|", with: "\\|")) | \($0.choice.name) | \($0.learned ? "a correction" : "you") |"
    }
    return (["| rule | about | goes to | from |", "|---|---|---|---|"] + rows).joined(separator: "\n")
      + "\n\nThe first that fits decides. `/route delete N` takes one back."
  }

  // MARK: Budget

  private func budget(_ line: String) async throws -> OwnCommands.Answer {
    switch BudgetCommand.parse(line) {
    case .failure(let mistake): return .init(mistake.sentence, failed: true)
    case .success(.show): break
    case .success(.lift(let amount)):
      try await costs.lift(amount)
      await budgetChanged()
    }
    return .init(BudgetText.table(await costs.report(), limits: costs.limits))
  }

  // MARK: Pin

  private func pin(_ word: String, _ conversation: ConversationID) async throws -> OwnCommands.Answer {
    if word.isEmpty {
      let pin = try await store.info(conversation)?.pin
      return .init(
        pin.map { "\($0.name) answers here: `/pin auto` leaves it to the router." } ?? "The router decides here.")
    }
    let choice = RouteChoice(word: word)
    guard word == "auto" || choice != nil && choice != .live else {
      return .init(
        "`/pin qwen`, `claude`, `fast` or `strong` names who answers here, `/pin auto` nobody.", failed: true)
    }
    try await pin(conversation, to: choice)
    return .init(
      choice.map { "From now on \($0.name) answers here, where it can." } ?? "The router decides here again.")
  }

  /// Keeps the pin and tells every screen.
  func pin(_ conversation: ConversationID, to choice: RouteChoice?) async throws {
    try await store.pin(conversation, to: choice)
    if let info = try await store.info(conversation) { emit(.chat(.conversation(info))) }
  }
}
