import JarvisAPI

/// What came of an action, spoken strictly from its result: "verified" is said only where the result says it.
enum ActionPhrases {
  static func speak(_ verb: ActionVerb, target: String, finding: MindBench.Finding) -> String {
    switch finding {
    case .value(let result): speak(verb, target: target, result: result)
    case .failed(let error, let advice): refusal(verb, target: target, error: error, advice: advice)
    case .notOffered: "I have no tool to \(verb.phrase(target)) in this conversation, so nothing was done."
    }
  }

  private static func speak(_ verb: ActionVerb, target: String, result: JSONValue) -> String {
    let name = result["target"]?.string.map { MindFigures.name(.string($0)) } ?? target
    let state = result["state"]?.string.map { MindFigures.name(.string($0)) }
    let task = result["task_status"]?.string.map { MindFigures.name(.string($0)) }
    let detail = result["detail"]?.string.map { MindFigures.name(.string($0)) } ?? ""
    let done = result["done"]?.bool == true
    let verified = done && result["verified"]?.bool == true

    if verified {
      var text = "Done and verified: \(past(verb, name))"
      if let state { text += ", and its state now reads **\(state)**" }
      return text + "." + (detail == state ? "" : sentence(detail))
    }
    if done {
      var text = "The \(verb.noun) of \(name) was carried out"
      if let task { text += " (the task ended with “\(task)”)" }
      text += ", but I could not confirm its effect"
      if let state { text += ": the state I read is **\(state)**" }
      return withoutClaim(text + "." + sentence(detail))
    }
    var text = "The \(verb.noun) of \(name) did **not** work"
    if let task { text += ": the task ended with “\(task)”" }
    text += "."
    if let state { text += " Its state now: **\(state)**." }
    return withoutClaim(text + sentence(detail) + " I have not tried again.")
  }

  /// A refusal is respected, an error told; neither is tried again.
  private static func refusal(_ verb: ActionVerb, target: String, error: String, advice: String) -> String {
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
    return withoutClaim("I could not \(verb.phrase(target)): \(stopped(reason))" + hint)
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
