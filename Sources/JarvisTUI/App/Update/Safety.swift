import Foundation
import JarvisAPI

/// The kill switch, allowances, maintenance, and the person's own shell: what a key or a word asks of them.
extension AppState {
  mutating func performSafety(_ action: Action, now: Date, effects: inout [Effect]) {
    switch action {
    case .freeze where mirror.freeze == nil: open(.freeze(""))
    case .freeze, .unfreeze: askUnfreeze(now: now)
    case .safety: open(.safety(selected: 0))
    case .audit: openAudit(now: now, effects: &effects)
    case .openShell: openShellOfSelected(now: now, effects: &effects)
    default: break
    }
  }

  // MARK: Freeze

  /// Lifting a freeze lets things happen again: it takes the approval key, and a yes.
  private mutating func askUnfreeze(now: Date) {
    guard let freeze = mirror.freeze else { return say("nothing is frozen", now: now) }
    if let why = mirror.whyUndecidable { return say("\(why): the freeze is lifted elsewhere", .warning, now: now) }
    let text = "Lift the freeze of \(clock.short(freeze.since, now: now)) (\(freeze.reason.sanitisedLine))?"
    open(.question(Question(text: text, yes: .command(.unfreeze))))
  }

  /// Enter in the line that asks for a freeze's reason.
  mutating func freeze(_ line: String, now: Date, effects: inout [Effect]) {
    let (seconds, rest) = TimeSpan.leading(line)
    let reason = rest.isEmpty ? "no reason given" : rest
    let command = Command.freeze(reason: reason, until: seconds.map { now.addingTimeInterval($0) })
    _ = perform(command, .change, now: now, effects: &effects)
  }

  // MARK: Allowances

  /// The allowance in the selected row of the overlay.
  mutating func revoke(at index: Int, now: Date, effects: inout [Effect]) {
    guard mirror.allowances.indices.contains(index) else { return say("there is no allowance to take back", now: now) }
    _ = perform(.revokeAllowance(mirror.allowances[index].id), .change, now: now, effects: &effects)
  }

  // MARK: Shell

  private mutating func openShellOfSelected(now: Date, effects: inout [Effect]) {
    guard let content = ListContent(shownView, state: self, now: now),
      let index = lists[shownView, default: ListState()].index(in: content.ids),
      let node = content.row(index).node
    else {
      return say(
        "a row of \(shownView.title) is no node: a shell is opened from NODES or GUESTS, F4, F3", .warning, now: now)
    }
    openShell(on: node, now: now, effects: &effects)
  }

  /// Asks the engine for a shell on a node; where everything is frozen, the person first.
  mutating func openShell(on node: String, now: Date, effects: inout [Effect]) {
    if let why = mirror.whyNoShell { return say(why, .warning, now: now) }
    guard let known = mirror.cluster.nodes.first(where: { $0.name == node }) else {
      return say("there is no node \(node.sanitisedLine)", .warning, now: now)
    }
    guard known.status != .offline else { return say("node \(known.name) is offline", .warning, now: now) }
    guard mirror.freeze == nil else {
      let text = "Everything is frozen. Open a shell on \(known.name) nevertheless?"
      return open(.question(Question(text: text, yes: .shell(node: known.name))))
    }
    _ = perform(.openShell(node: known.name, whileFrozen: false), .shell, now: now, effects: &effects)
  }

  mutating func endShell(_ visit: ShellVisit, failure: String?, now: Date, effects: inout [Effect]) {
    _ = perform(.closeShell(visit), .change, now: now, effects: &effects)
    if let failure {
      say("no shell on \(visit.node.sanitisedLine): \(failure.sanitisedLine)", .warning, now: now)
    } else {
      say("back from \(visit.node.sanitisedLine)", now: now)
    }
  }

  /// A yes to a question of this screen's own.
  mutating func answer(_ answer: Question.Answer, now: Date, effects: inout [Effect]) {
    switch answer {
    case .action(let action): perform(action, now: now, effects: &effects)
    case .command(let command):
      overlays.removeLast()
      _ = perform(command, .change, now: now, effects: &effects)
    case .shell(let node):
      overlays.removeLast()
      _ = perform(.openShell(node: node, whileFrozen: true), .shell, now: now, effects: &effects)
    }
  }
}
