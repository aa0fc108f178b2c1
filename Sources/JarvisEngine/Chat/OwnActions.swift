import Foundation
import JarvisAPI
import JarvisMemory

/// "What did you do on your own last night?" is answered from the record of actions, all of it in that time, and from
/// nothing that merely sounds like it (MEM-08).
enum OwnActions {
  /// Without a time in the question, in seconds back from now.
  static let standardReach: TimeInterval = 86_400

  /// The time that a question about Jarvis's own doing asks for; nil for every other question.
  static func range(askedFor question: String, now: Date, zone: TimeZone) -> TimeRange? {
    let words = " " + question.lowercased().split { !$0.isLetter }.joined(separator: " ") + " "
    guard phrases.contains(where: { words.contains(" \($0) ") }) else { return nil }
    return TimeExpression.find(in: question, now: now, zone: zone)?.range
      ?? TimeRange(from: now - standardReach, to: now)
  }

  private static let phrases = [
    "what did you do", "what have you done", "what have you been doing", "did you do anything", "what did jarvis do",
    "what has jarvis done", "done on your own", "do on your own", "was hast du gemacht", "was hast du getan",
    "was hast du letzte", "was hast du gestern", "was hast du heute", "hast du etwas gemacht", "qu as tu fait",
    "qu est ce que tu as fait", "que hiciste", "qué hiciste", "que has hecho", "qué has hecho",
  ]

  /// The record in words, the latest first, as much of it as fits; where there is none, that there is none.
  static func note(_ actions: [MemoryItem], _ range: TimeRange, zone: TimeZone, budget: MemoryBudget) -> MemoryNote {
    let tokens = budget.facts + budget.events + budget.preferences
    let span = "\(stamp(range.from, zone)) to \(stamp(range.to, zone))"
    guard !actions.isEmpty else {
      let text = MemoryContext(
        text: "The record of Jarvis's actions has none from \(span).", given: [], tokens: 0, leftOut: 0, widened: false)
      return tokens > 0 ? MemoryNote(text, of: []) : .none
    }
    let whole = MemoryBudget(opening: 0, facts: 0, events: tokens, preferences: 0)
    let found = Recalled(hits: actions.reversed().map { Recalled.Hit(item: $0, score: 1) }, range: range)
    var context = ContextBuilder(zone: zone).recall(found, budget: whole)
    if context.leftOut > 0 { context.text += "(and \(context.leftOut) earlier)\n" }
    return MemoryNote(context, of: actions)
  }

  private static func stamp(_ date: Date, _ zone: TimeZone) -> String {
    var format = Date.ISO8601FormatStyle(timeZone: zone)
    format = format.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false)
    return String(date.formatted(format).prefix(16))
  }
}
