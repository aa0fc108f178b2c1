import JarvisAPI

/// What may be spent, and what happens at the end of it (`models.md`, money; ROUTE-07).
public struct BudgetLimits: Sendable, Hashable, Codable {
  /// What happens when a budget is used up.
  public enum AtLimit: String, Sendable, Hashable, Codable, CaseIterable {
    /// The local model answers.
    case qwen
    /// Nothing that costs is asked; typed commands and the live picture go on.
    case stop
  }
  /// Nil: no limit.
  public var day: MicroDollars?
  public var week: MicroDollars?
  public var month: MicroDollars?
  public var atLimit: AtLimit

  /// Percent of a budget from which on a person is warned.
  public static let warningPercent = 80
  /// The budget of a day where the operator sets none: ten dollars.
  public static let defaultDay = MicroDollars(10_000_000)

  public init(
    day: MicroDollars? = BudgetLimits.defaultDay, week: MicroDollars? = nil, month: MicroDollars? = nil,
    atLimit: AtLimit = .qwen
  ) {
    self.day = day
    self.week = week
    self.month = month
    self.atLimit = atLimit
  }
}
