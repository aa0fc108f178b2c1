import JarvisModels

/// Claude's models in one turn, one after the other: who goes on where one hands over or declines.
///
/// Ends by itself: only a model that hands over or declines gives way, none that declined is asked again, and all of them
/// together take no more steps than one would.
struct ClaudeRelay: Sendable {
  private let providers: Providers
  /// Calls to all models together.
  private let steps: Int
  /// Who has the turn in hand.
  private(set) var current: any LLMProvider
  /// Models that declined to go on.
  private var declined: Set<String> = []

  init(_ first: any LLMProvider, of providers: Providers, steps: Int) {
    current = first
    self.providers = providers
    self.steps = steps
  }

  /// True while there is a strong model that has not declined: somebody to hand over to.
  var hasStrong: Bool { providers.claude.map { !declined.contains($0.model) } ?? false }

  /// Gives the turn to whoever goes on after `end`.
  /// - Parameter taken: steps taken by all models so far.
  /// - Returns: that model; nil where `end` is the turn's own.
  mutating func next(after end: LoopEnd, taken: Int) -> (any LLMProvider)? {
    let next: (any LLMProvider)?
    switch end {
    case .handedOver: next = hasStrong ? providers.claude : nil
    case .refused:
      declined.insert(current.model)
      next = providers.claude(otherThan: declined)
    case .answered, .stopped, .interrupted: next = nil
    }
    guard let next, next.model != current.model, taken < steps else { return nil }
    current = next
    return next
  }
}
