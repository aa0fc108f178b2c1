import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport

@testable import JarvisApp

/// The door's; the helpers for child processes have another one.

/// A scripted session of the real screen.
typealias Session = ScriptedDriver<AppState, AppInput, Effect>

extension ScriptedDriver where State == AppState, Message == AppInput, Effect == JarvisApp.Effect {
  /// A screen before the engine is attached.
  init(
    _ columns: Int = 140, _ rows: Int = 42, theme: Theme = .plain, ascii: Bool = false, boot: Bool = false,
    now: Date = Sample.now
  ) {
    let environment = AppEnvironment(
      timeZone: TimeZone(secondsFromGMT: 0) ?? .current, reducedMotion: !boot, asciiOnly: ascii, showsBoot: boot)
    let state = AppState(
      size: Size(columns: columns, rows: rows), theme: theme, environment: environment, now: now)
    self.init(state, now: now, update: JarvisApp.update, view: JarvisApp.view, terminal: { .terminal($0) })
  }

  /// A screen with the sample world on it, after some polls so that graphs have a history.
  static func attached(
    _ columns: Int = 140, _ rows: Int = 42, ascii: Bool = false, snapshot: Snapshot = Sample.snapshot(),
    polls: Int = 24
  ) -> Session {
    let began = Sample.now - Double(polls) * 12
    var session = Session(columns, rows, ascii: ascii, now: began)
    var first = snapshot
    first.cluster = Sample.cluster(step: 0, at: began)
    first.cluster.simulated = snapshot.cluster.simulated
    session.send(.attached(first))
    for step in 1..<max(2, polls) {
      session.wait(12)
      session.send(
        .event(.monitoring(.cluster(Sample.cluster(step: step, at: began + Double(step) * 12)))))
    }
    session.wait(12)
    session.send(.event(.monitoring(.cluster(snapshot.cluster))))
    session.send(.tick)
    return session
  }

  var commands: [Command] {
    effects.compactMap { if case .perform(let command, _) = $0 { command } else { nil } }
  }

  /// The decisions that were sent.
  var decisions: [Command] { commands.filter { if case .decide = $0 { true } else { false } } }

  mutating func event(_ event: ChatEvent) { send(.event(.chat(event))) }
  mutating func approval(_ approval: Approval) { send(.event(.monitoring(.approval(approval)))) }

  /// The frame with a ruler of its size above it: what golden files hold.
  var picture: String {
    "\(state.size.columns)x\(state.size.rows)\n" + frame.joined(separator: "\n")
  }
}
