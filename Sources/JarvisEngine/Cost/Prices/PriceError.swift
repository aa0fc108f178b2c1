/// What is wrong with a price file, and where.
public struct PriceError: Error, Sendable, Hashable, CustomStringConvertible {
  public var file: String
  /// From 1; nil where the whole file is meant.
  public var line: Int?
  /// The key in question, e.g. "models.claude-x.prices.input".
  public var key: String
  /// What is wrong with it.
  public var problem: String
  /// What may have been meant; empty where nothing is near.
  public var advice: String

  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    let named = key.isEmpty ? "" : "\(key): "
    return "\(place): \(named)\(problem)" + (advice.isEmpty ? "" : " – \(advice)")
  }
}
