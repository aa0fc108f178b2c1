import Foundation

/// Money in integers of a millionth of a US dollar, so that totals are exact.
public struct MicroDollars: Codable, Sendable, Hashable, Comparable, AdditiveArithmetic {
  public var amount: Int64
  public init(_ amount: Int64) { self.amount = amount }
  public static let zero = MicroDollars(0)
  public static func + (left: Self, right: Self) -> Self { .init(left.amount + right.amount) }
  public static func - (left: Self, right: Self) -> Self { .init(left.amount - right.amount) }
  public static func < (left: Self, right: Self) -> Bool { left.amount < right.amount }
  public init(from decoder: any Decoder) throws { amount = try decoder.singleValueContainer().decode(Int64.self) }
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(amount)
  }
}

/// Tokens of one model call by class of price.
public struct TokenUsage: Codable, Sendable, Hashable {
  /// Input tokens that were neither written to nor read from the cache.
  public var input: Int
  public var cacheWrite5m: Int
  public var cacheWrite1h: Int
  public var cacheRead: Int
  /// Output tokens, thinking included.
  public var output: Int
  public init(input: Int = 0, cacheWrite5m: Int = 0, cacheWrite1h: Int = 0, cacheRead: Int = 0, output: Int = 0) {
    self.input = input
    self.cacheWrite5m = cacheWrite5m
    self.cacheWrite1h = cacheWrite1h
    self.cacheRead = cacheRead
    self.output = output
  }
  /// Everything that was sent: the prompt's length.
  public var prompt: Int { input + cacheWrite5m + cacheWrite1h + cacheRead }
  public static func + (left: Self, right: Self) -> Self {
    .init(
      input: left.input + right.input, cacheWrite5m: left.cacheWrite5m + right.cacheWrite5m,
      cacheWrite1h: left.cacheWrite1h + right.cacheWrite1h, cacheRead: left.cacheRead + right.cacheRead,
      output: left.output + right.output)
  }
}

/// What a call cost. A model without a price is `unpriced`, never zero.
public enum Price: Codable, Sendable, Hashable {
  case known(MicroDollars)
  case unpriced(model: String)
  public var amount: MicroDollars? { if case .known(let amount) = self { amount } else { nil } }
}

/// The cost panel's figures, in the operator's time zone.
public struct CostReport: Codable, Sendable, Hashable {
  public var at: Date
  public var today: MicroDollars
  public var week: MicroDollars
  public var month: MicroDollars
  /// Calls of today whose model has no price; shown beside the sum.
  public var unpricedToday: Int
  public var callsToday: Int
  /// Counterfactual minus actual of this month: what all-strong with caching would have cost more.
  public var savedThisMonth: MicroDollars
  public var counterfactualThisMonth: MicroDollars
  /// The daily budget; nil where none is set.
  public var dailyBudget: MicroDollars?
  /// The budgets of the week (from Monday) and of the month; nil where none is set.
  public var weeklyBudget: MicroDollars?
  public var monthlyBudget: MicroDollars?
  /// What the operator added to today's budget.
  public var liftedToday: MicroDollars = .zero
  /// What this month will have cost at its end, from the last days; nil before the first whole day.
  public var forecastMonth: MicroDollars?
  /// Messages of this month that went to the wrong model: asked again, corrected or escalated.
  public var misroutes = 0
  /// Messages of this month that any model answered: what `misroutes` is a share of.
  public var routedMessages = 0
  /// By conversation, for those still listed.
  public var conversations: [ConversationID: MicroDollars]
  /// By model, this month.
  public var models: [String: MicroDollars]

  public init(
    at: Date = .distantPast, today: MicroDollars = .zero, week: MicroDollars = .zero, month: MicroDollars = .zero,
    unpricedToday: Int = 0, callsToday: Int = 0, savedThisMonth: MicroDollars = .zero,
    counterfactualThisMonth: MicroDollars = .zero, dailyBudget: MicroDollars? = nil,
    conversations: [ConversationID: MicroDollars] = [:], models: [String: MicroDollars] = [:]
  ) {
    self.at = at
    self.today = today
    self.week = week
    self.month = month
    self.unpricedToday = unpricedToday
    self.callsToday = callsToday
    self.savedThisMonth = savedThisMonth
    self.counterfactualThisMonth = counterfactualThisMonth
    self.dailyBudget = dailyBudget
    self.conversations = conversations
    self.models = models
  }
}
