import Foundation
import JarvisAPI

/// One call to a model, as it is booked.
public struct LedgerEntry: Sendable, Hashable {
  /// When the call ended; kept to the millisecond.
  public var at: Date
  public var conversation: ConversationID?
  public var message: MessageID?
  public var route: Route
  public var model: String
  public var usage: TokenUsage
  /// What it cost; `unpriced` is kept as such.
  public var price: Price
  /// True where the stream broke before its usage arrived.
  public var estimated: Bool
  /// What the strong route would have cost; nil where that is not known.
  public var counterfactual: MicroDollars?
  public init(
    at: Date, conversation: ConversationID?, message: MessageID?, route: Route, model: String, usage: TokenUsage,
    price: Price,
    estimated: Bool = false, counterfactual: MicroDollars? = nil
  ) {
    self.at = at
    self.conversation = conversation
    self.message = message
    self.route = route
    self.model = model
    self.usage = usage
    self.price = price
    self.estimated = estimated
    self.counterfactual = counterfactual
  }
}
