import Foundation
import JarvisAPI
import JarvisTerminal

/// The one way in which the screen's state changes. Pure: time comes in, wishes go out as effects.
public func update(_ state: inout AppState, _ input: AppInput, now: Date) -> [Effect] {
  var effects: [Effect] = []
  switch input {
  case .terminal(let input): state.take(input, now: now, effects: &effects)
  case .tick: state.tick(now: now)
  case .clockSet(let seconds): state.moveSpans(by: seconds)
  case .boot(let step): state.boot.add(step.sanitised)
  case .attached(let snapshot): state.attach(snapshot, now: now)
  case .event(let event): state.take(event, now: now, effects: &effects)
  case .detached(let error): state.detach(error, now: now)
  case .reply(let id, let reply): state.take(reply, to: id, now: now, effects: &effects)
  case .failed(let id, let error): state.take(error, to: id, now: now)
  case .copied(let failure):
    if let failure {
      state.say("not copied: " + failure, .warning, now: now)
    } else {
      state.say("sent to the terminal's clipboard", .good, now: now)
    }
  case .themed(let theme):
    state.change(theme: theme, now: now)
    state.say("theme \(theme.name)", .good, now: now)
  case .ask(let question): state.open(.trust(question))
  case .shellEnded(let visit, let failure): state.endShell(visit, failure: failure, now: now, effects: &effects)
  case .themeRefused(let reason): state.say(Sanitiser.clean(reason, keepingNewlines: false), .warning, now: now)
  }
  state.settleCard(now: now)
  return effects
}

extension AppState {
  /// Everything that is measured from a moment on this screen's clock moves with the clock. What the engine told bears
  /// the engine's times and stays.
  mutating func moveSpans(by seconds: TimeInterval) {
    boot.move(by: seconds)
    remark?.until += seconds
    quitArmedAt? += seconds
    desk.moveSpans(by: seconds)
    tabs.changeAll { $0.runningSince? += seconds }
  }

  mutating func tick(now: Date) {
    boot.tick(now: now)
    if let remark, now >= remark.until { self.remark = nil }
    if let armed = quitArmedAt, now.timeIntervalSince(armed) >= AppLimits.quitSeconds { quitArmedAt = nil }
    let typesetter = typesetter
    if tabs.hasUnwrapped { tabs.changeAll { $0.wrapMore(typesetter) } }
  }

  /// A card that came to the screen, changed or went never has the focus: it goes to the input line.
  mutating func settleCard(now: Date) {
    desk.settle(now: now)
    let isNew = desk.takeNewFace()
    if focus == .card, isNew || desk.current == nil { focus = .input }
  }

  /// Sends a command; where too many are unanswered, says so instead.
  mutating func perform(
    _ command: Command, _ purpose: Requests.Purpose, now: Date, effects: inout [Effect]
  ) -> Bool {
    guard link == .attached else {
      say(link == .starting ? "the engine is still starting" : "the engine has gone", .warning, now: now)
      return false
    }
    guard let id = requests.begin(purpose) else {
      say("the engine has not answered \(AppLimits.requestsOpen) commands yet; wait for it", .warning, now: now)
      return false
    }
    effects.append(.perform(command, id))
    return true
  }

  mutating func resize(to size: Size, now: Date) {
    guard size != self.size else { return }
    let old = typesetter
    self.size = size
    rewrap(from: old, now: now)
  }

  mutating func change(theme: Theme, now: Date) {
    let old = typesetter
    self.theme = environment.fitted(theme)
    look += 1
    rewrap(from: old, now: now)
  }

  private mutating func rewrap(from old: Typesetter, now: Date) {
    let new = typesetter
    guard new.edition != old.edition else { return }
    let height = size.rows
    tabs.changeAll { $0.rewrap(from: old, to: new, height: height, now: now) }
  }
}

extension BootStep {
  /// The step without anything that a terminal could take for a command.
  var sanitised: BootStep { BootStep(Sanitiser.clean(text, keepingNewlines: false), ok: ok) }
}
