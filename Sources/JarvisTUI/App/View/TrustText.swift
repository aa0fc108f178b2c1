import JarvisAPI
import JarvisTerminal

/// A question of trust in words: whose key, which fingerprint, what to compare it with.
enum TrustText {
  static func lines(_ question: TrustQuestion, _ state: AppState, width: Int) -> [StyledLine] {
    let theme = state.theme
    var lines: [StyledLine] = []
    func add(_ text: String, _ scope: String) {
      lines += Wrap.lines(of: StyledLine(text.sanitisedLine, theme.style(scope)), width: max(8, width), indent: 2)
    }
    switch question.kind {
    case .firstContact:
      add("First contact: is this \(question.subject)?", "text.bright")
      add(question.fingerprint, "text")
    case .changed(let old):
      add("\(state.glyphs.critical) CHANGED: \(question.subject) is not the one that was trusted.", "state.critical")
      add("was  " + old, "text.dim")
      add("now  " + question.fingerprint, "text")
      add("Somebody may stand in between. Trust it only if you know why it changed.", "state.warning")
    }
    for detail in question.details { add(detail, "text.dim") }
    add(
      question.kind == .firstContact
        ? "y trust it   n do not   Esc later" : "Y trust the new one   n do not   Esc later", "footer.key")
    return lines
  }
}
