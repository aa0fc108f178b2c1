import Foundation
import JarvisAPI
import JarvisTerminal

/// The lines above the conversation that must not be missed: a lost cluster, a gone engine, notices.
enum BannerText {
  static func lines(_ state: AppState, width: Int, now: Date) -> [StyledLine] {
    var lines: [StyledLine] = []
    func add(_ text: String, _ scope: String) {
      lines += Wrap.lines(of: StyledLine(text.sanitisedLine, state.theme.style(scope)), width: max(8, width), indent: 2)
        .prefix(3)
    }
    let glyphs = state.glyphs
    if case .detached(let error) = state.link {
      let what = error.map { "could not \($0.attempted): \($0.reason)" } ?? "the engine has gone"
      add("\(glyphs.critical) \(what); Ctrl-Q quits", "error")
      if let advice = error?.advice, !advice.isEmpty { add("  " + advice, "text.dim") }
    } else if let stopping = state.stopping {
      add("\(glyphs.warning) the engine stops: \(stopping)", "state.warning")
    }
    if case .lost(let since, let reason, let advice) = state.mirror.cluster.link {
      let age = Format.age(now.timeIntervalSince(since))
      add("\(glyphs.critical) cluster lost since \(state.clock.minutes(since)) (\(age)): \(reason)", "state.critical")
      if !advice.isEmpty { add("  " + advice, "text") }
    }
    if let freeze = state.mirror.freeze {
      add("\(glyphs.critical) " + FreezeText.sentence(freeze, clock: state.clock), "state.critical")
    }
    let stamp = state.mirror.safety
    if case .broken(let text) = stamp.audit { add("\(glyphs.critical) the audit is broken: \(text)", "state.critical") }
    for text in stamp.warnings.prefix(1) { add("\(glyphs.warning) \(text)", "state.warning") }
    if let first = stamp.changedSinceLastVisit.first {
      add("\(glyphs.warning) changed since your last visit: \(first) (:safety tells all)", "state.warning")
    }
    for notice in state.mirror.notices.suffix(AppLimits.noticesShown) {
      add(glyphs.mark(of: notice.severity) + " " + notice.text, notice.severity.scope)
    }
    return lines
  }
}
