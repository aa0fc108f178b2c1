/// What a simulated model API does wrong, on demand.
public enum ModelFault: Sendable, Hashable {
  // Refused at the door.
  /// 401: the key is not known.
  case unauthorised
  /// 403: the key may not do this.
  case forbidden
  /// 429, with `retry-after` in seconds where given.
  case rateLimited(retryAfter: Int?)
  /// 500.
  case serverError
  /// 529 of Anthropic's API.
  case overloaded
  /// 503: the server is still loading its model.
  case loading
  /// 400: the own spend limit is reached.
  case spendLimit
  /// 402.
  case billing

  // The transfer goes wrong.
  /// The connection closes without a status line.
  case hangUp
  /// No answer at all, until the client leaves.
  case silence
  /// The stream falls silent after this many bytes and stays open.
  case silenceAfter(bytes: Int)
  /// The connection is cut after this many bytes of the stream.
  case cutStream(bytes: Int)
  /// The connection is cut inside a word of the answer.
  case cutMidWord
  /// The connection is cut between two bytes of one character of the answer.
  case cutMidCharacter
  /// The stream ends in good order, but before its last events.
  case endEarly
  /// Every piece of the stream waits this long.
  case slow(Duration)
  /// 200, then an `error` event in the stream.
  case errorAfterStart
  /// 200, then bytes that are no JSON and no events.
  case garbage

  // The model does something odd.
  /// Tool arguments that are no JSON.
  case brokenToolArguments
  /// An answer without text.
  case emptyAnswer
  /// The model declines; `category` as Anthropic's API names it ("cyber").
  case refusal(category: String?)
  /// `pause_turn`: the reply is to be sent back as it is.
  case pauseTurn
  /// The answer ends at the limit of its tokens.
  case maximumTokens
  /// `model_context_window_exceeded`.
  case windowExceeded
  /// The same tool call at every step, for ever.
  case loop
  /// Thinking that never comes to an answer.
  case endlessThinking
}

/// The fault that is set, and for how many requests.
public struct ModelFaults: Sendable, Hashable {
  public private(set) var fault: ModelFault?
  /// Requests it still strikes; nil for every one.
  public private(set) var remaining: Int?
  /// Requests that it lets pass before.
  private var spared: Int

  public init(_ fault: ModelFault? = nil, times: Int? = nil, after spared: Int = 0) {
    self.fault = fault
    remaining = times
    self.spared = spared
  }

  /// The fault for the next request, which uses one of its times up.
  mutating func take() -> ModelFault? {
    guard let fault else { return nil }
    guard spared == 0 else {
      spared -= 1
      return nil
    }
    if let remaining {
      if remaining <= 0 {
        self.fault = nil
        return nil
      }
      self.remaining = remaining - 1
    }
    return fault
  }
}
