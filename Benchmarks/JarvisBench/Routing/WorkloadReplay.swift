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
  /// Minutes that the API keeps the fixed prefix and the rest (`llm.md`, 1.5).
  static let prefixMinutes = 60.0
  static let historyMinutes = 5.0
  /// Tokens that a free answer leaves in the conversation besides the question.
  static let freeAnswer = 350

  let strong: ModelPrice
  let fast: ModelPrice
  let at: Date
  let caching: Bool

  func cost(_ turns: [Turn], _ answers: [Answer]) -> MicroDollars {
    var total = MicroDollars.zero
    var minute = 0.0
    var history = 0
    var caches: [Model: (prefixAt: Double, historyAt: Double, tokens: Int)] = [:]
    func ask(_ model: Model, _ shape: TurnShape) {
      for _ in 0..<shape.calls {
        var usage = TokenUsage(output: shape.output)
        if caching {
          let cache = caches[model]
          let prefixWarm = cache.map { minute - $0.prefixAt <= Self.prefixMinutes } ?? false
          let warm = prefixWarm && cache.map { minute - $0.historyAt <= Self.historyMinutes } == true
          let kept = warm ? min(history, cache?.tokens ?? 0) : 0
          if prefixWarm { usage.cacheRead += Self.prefixTokens } else { usage.cacheWrite1h += Self.prefixTokens }
          usage.cacheRead += kept
          usage.cacheWrite5m += history - kept + shape.newTokens
        } else {
          usage.input = Self.prefixTokens + history + shape.newTokens
        }
        let price = model == .strong ? strong : fast
        if let entry = price.entry(at: at, prompt: usage.prompt) { total = total + entry.cost(of: usage) }
        history += shape.newTokens
        caches[model] = (minute, minute, history)
        history += shape.output
      }
    }
    for (turn, answer) in zip(turns, answers) {
      minute += turn.minutes
      if turn.begins {
        history = 0
        for model in Array(caches.keys) { caches[model]?.tokens = 0 }
      }
      if let model = answer.model {
        ask(model, turn.shape)
      } else {
        history += TurnShape.talk.newTokens + Self.freeAnswer
        if answer.askedAgain { ask(.strong, turn.shape) }
      }
    }
    return total
  }
}
