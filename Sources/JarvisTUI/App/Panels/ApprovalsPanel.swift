import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// Cards that wait for a person.
  static func approvals(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let waiting = state.desk.waiting.filter { !$0.isExpired(now) }
    brush.title(
      "APPROVALS", meta: waiting.isEmpty ? "" : waiting.count == 1 ? "1 waits" : "\(waiting.count) wait", in: rect)
    let allowed = state.mirror.allowances
    if waiting.isEmpty, allowed.isEmpty { return empty("none waits", rect, &brush) }
    let body = body(of: rect)
    for (index, allowance) in allowed.prefix(max(0, body.height - waiting.count)).enumerated() {
      brush.pair(AllowanceText.words(allowance), "text.dim", "allowed", "text.dim", in: body.row(waiting.count + index))
    }
    for (index, card) in waiting.prefix(body.height).enumerated() {
      brush.pair(
        "\(card.id.rawValue) \(card.tool.sanitisedLine) \(card.target.sanitisedLine)", "text", card.tier.rawValue,
        card.tier.scope, in: body.row(index))
    }
  }
}

extension SafetyTier {
  /// The scope that this tier is drawn in; always together with its word.
  var scope: String { "approval." + rawValue.lowercased() }
}
