import Foundation
import JarvisAPI
import JarvisCost
import JarvisRouting

/// Replays a conversation's turns on models with a prompt cache, and adds up what each call would cost.
///
/// The sizes of turns are assumptions (`TurnShape`, `docs/routing.md`), the same for every policy; prices, cache classes and
/// life times are the vendor's. A local answer and an answer by code are free and stay in the conversation as text.
struct WorkloadReplay {
  enum Model: Hashable { case strong, fast }

  /// Who answers a turn, and who has to answer it again because the first could not.
  struct Answer {
    /// Nil: the local model, or code.
    var model: Model?
    /// True where tools were needed and nobody with tools was asked: the turn is asked again on the strong model.
    var askedAgain = false
  }

  struct Turn {
    var minutes: Double
    /// True for the first of a conversation: nothing of it is cached, only the fixed prefix may be.
    var begins: Bool
    var shape: TurnShape
  }

  /// Tokens of system text and tool schemas (`llm.md`, 3.2).
  static let prefixTokens = 8_000
  /// Minutes that the API keeps what was written for an hour, and what was not (`llm.md`, 1.5).
  static let longMinutes = 60.0
  static let shortMinutes = 5.0

  /// How the conversation is written to the cache; the fixed prefix is written for an hour in any case.
  enum Caching: Sendable {
    case none
    /// For five minutes: the API's own default.
    case short
    /// For five minutes in a conversation's first turn, for an hour from its second on: what Jarvis does.
    case long
  }
  /// Tokens that a free answer leaves in the conversation besides the question.
  static let freeAnswer = 350

  let strong: ModelPrice
  let fast: ModelPrice
  let at: Date
  let caching: Caching

  func cost(_ turns: [Turn], _ answers: [Answer]) -> MicroDollars {
    var total = MicroDollars.zero
    var minute = 0.0
    var history = 0
    var turnsHere = 0
    var caches: [Model: (at: Double, minutes: Double, tokens: Int)] = [:]
    func ask(_ model: Model, _ shape: TurnShape) {
      let isLong = caching == .long && turnsHere > 0
      for _ in 0..<shape.calls {
        var usage = TokenUsage(output: shape.output)
        if caching != .none {
          let cache = caches[model]
          let prefixWarm = cache.map { minute - $0.at <= Self.longMinutes } ?? false
          let warm = cache.map { minute - $0.at <= $0.minutes } ?? false
          let kept = warm ? min(history, cache?.tokens ?? 0) : 0
          if prefixWarm { usage.cacheRead += Self.prefixTokens } else { usage.cacheWrite1h += Self.prefixTokens }
          usage.cacheRead += kept
          let written = history - kept + shape.newTokens
          if isLong { usage.cacheWrite1h += written } else { usage.cacheWrite5m += written }
        } else {
          usage.input = Self.prefixTokens + history + shape.newTokens
        }
        let price = model == .strong ? strong : fast
        if let entry = price.entry(at: at, prompt: usage.prompt) { total = total + entry.cost(of: usage) }
        history += shape.newTokens
        caches[model] = (minute, isLong ? Self.longMinutes : Self.shortMinutes, history)
        history += shape.output
      }
    }
    for (turn, answer) in zip(turns, answers) {
      minute += turn.minutes
      if turn.begins {
        history = 0
        turnsHere = 0
        for model in Array(caches.keys) { caches[model]?.tokens = 0 }
      }
      if let model = answer.model {
        ask(model, turn.shape)
      } else {
        history += TurnShape.talk.newTokens + Self.freeAnswer
        if answer.askedAgain { ask(.strong, turn.shape) }
      }
      turnsHere += 1
    }
    return total
  }
}
