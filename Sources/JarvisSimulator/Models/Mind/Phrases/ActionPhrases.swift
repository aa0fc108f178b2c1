import JarvisAPI

/// What came of an action, spoken strictly from its result: "verified" is said only where the result says it.
enum ActionPhrases {
  static func speak(_ verb: ActionVerb, target: String, finding: MindBench.Finding) -> String {
    speak(
      DeedWords(noun: verb.noun, phrase: { verb.phrase($0) }, past: { past(verb, $0) }), target: target,
      finding: finding)
  }

  /// Several behind one card: each with its own result.
  static func speak(batch verb: ActionVerb, targets: [String], finding: MindBench.Finding) -> String {
    guard let results = finding.value?["results"]?.array else {
      return speak(verb, target: MindFigures.list(targets), finding: finding)
    }
    var lines = results.map { speak(verb, target: MindFigures.name($0["target"]), finding: .value($0)) }
    let left = (finding.value?["not_begun"]?.array ?? []).map { MindFigures.name($0) }
    if !left.isEmpty {
      lines.append("Not begun: \(MindFigures.list(left)). \(MindFigures.name(finding.value?["detail"])).")
    }
    return lines.joined(separator: "\n")
  }

  static func speak(_ deed: DeedWords, target: String, finding: MindBench.Finding) -> String {
    switch finding {
    case .value(let result): speak(deed, target: target, result: result)
    case .failed(let error, let advice): refusal(deed, target: target, error: error, advice: advice)
    case .notOffered: "I have no tool to \(deed.phrase(target)) in this conversation, so nothing was done."
    }
  }

  private static func speak(_ deed: DeedWords, target: String, result: JSONValue) -> String {
    let name = result["target"]?.string.map { MindFigures.name(.string($0)) } ?? target
    let state = result["state"]?.string.map { MindFigures.name(.string($0)) }
    let task = result["task_status"]?.string.map { MindFigures.name(.string($0)) }
    let detail = result["detail"]?.string.map { MindFigures.name(.string($0)) } ?? ""
    let done = result["done"]?.bool == true
    let verified = done && result["verified"]?.bool == true

    if verified {
      var text = "Done and verified: \(deed.past(name))"
      if let state { text += ", and its state now reads **\(state)**" }
      return text + "." + (detail == state ? "" : sentence(detail))
    }
    if done {
      var text = "The \(deed.noun) of \(name) was carried out"
      if let task { text += " (the task ended with “\(task)”)" }
      text += ", but I could not confirm its effect"
      if let state { text += ": the state I read is **\(state)**" }
      return withoutClaim(text + "." + sentence(detail))
    }
    var text = "The \(deed.noun) of \(name) did **not** work"
    if let task { text += ": the task ended with “\(task)”" }
    text += "."
    if let state { text += " Its state now: **\(state)**." }
    return withoutClaim(text + sentence(detail) + " I have not tried again.")
  }

  /// A refusal is respected, an error told; neither is tried again.
  private static func refusal(_ deed: DeedWords, target: String, error: String, advice: String) -> String {
    let reason = Self.bare(MindFigures.name(.string(error)))
    let hint = sentence(MindFigures.name(.string(advice)))
    let folded = MindWords.fold(reason)
    if [
      "refus", "declin", "denied", "rejected", "not approved", "said no", "freeze", "frozen", "kill switch", "cancel",
    ]
    .contains(where: folded.contains) {
      // What to do after a person's no is advice for the model, not for that person.
      let frozen = ["freeze", "frozen", "kill switch"].contains(where: folded.contains)
      return withoutClaim("Understood, I left \(target) alone: \(stopped(reason))" + (frozen ? hint : ""))
    }
    return withoutClaim("I could not \(deed.phrase(target)): \(stopped(reason))" + hint)
  }

  /// "could not reboot pihole (102): it is locked" without its beginning, which the sentence says itself.
  private static func bare(_ reason: String) -> String {
    guard reason.hasPrefix("could not "), let colon = reason.firstRange(of: ": ") else { return reason }
    return String(reason[colon.upperBound...])
  }

  private static func past(_ verb: ActionVerb, _ name: String) -> String {
    switch verb {
    case .start: "\(name) was started"
    case .reboot: "\(name) was rebooted"
    case .shutdown: "\(name) was shut down"
    case .stop: "\(name) was stopped"
    }
  }

  private static func sentence(_ text: String) -> String {
    text.isEmpty ? "" : " " + MindFigures.sentence(stopped(text))
  }

  private static func stopped(_ text: String) -> String {
    ".!?".contains(text.last ?? " ") ? text : text + "."
  }

  /// Where the result does not say it, quoted text must not seem to say it either.
  private static func withoutClaim(_ text: String) -> String {
    text.replacing("verified", with: "confirmed").replacing("Verified", with: "Confirmed")
  }
}
