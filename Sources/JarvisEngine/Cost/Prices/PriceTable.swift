import Foundation
import JarvisAPI

/// What models cost (`models.md`, money). Built from the embedded list and an optional file of the operator's.
public struct PriceTable: Sendable, Hashable {
  private var models: [String: ModelPrice] = [:]
  private var aliases: [String: String] = [:]

  /// Without any price: everything but the local model is unpriced.
  public init() {}

  /// The list that is part of the program.
  /// - Throws: `PriceError`, which the tests rule out.
  public static func embedded() throws(PriceError) -> PriceTable {
    var table = PriceTable()
    try table.add(yaml: String(decoding: PackageResources.prices_yaml, as: UTF8.self), file: "prices.yaml (built in)")
    return table
  }

  /// Lays a file's models over those that are here: each replaces the model of its name whole.
  /// - Parameter file: its name, for messages.
  /// - Throws: `PriceError` with line and key; the table is then unchanged.
  public mutating func add(yaml: String, file: String) throws(PriceError) {
    for model in try PriceFile.parse(yaml, file: file) {
      models[model.id] = model.price
      // An id that had been another one's alias is now a model of its own.
      aliases[model.id] = nil
      for alias in model.aliases { aliases[alias] = model.id }
    }
  }

  /// Ids with a price, sorted; without aliases.
  public var priced: [String] { models.keys.sorted() }

  /// The price of a model under any of its names.
  public subscript(model: String) -> ModelPrice? { models[model] ?? aliases[model].flatMap { models[$0] } }

  /// What a call cost.
  ///
  /// Answers by code are free. The local route is free because the operator declared its server a local one, unless the
  /// table prices its model. Any other model without a price is unpriced.
  public func price(of usage: TokenUsage, model: String, route: Route, at date: Date) -> Price {
    switch route {
    case .live, .command: return .known(.zero)
    case .qwen, .claude:
      if let entry = self[model]?.entry(at: date, prompt: usage.prompt) { return .known(entry.cost(of: usage)) }
      return route == .qwen && self[model] == nil ? .known(.zero) : .unpriced(model: model)
    }
  }
}
