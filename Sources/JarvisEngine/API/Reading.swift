/// A figure together with how far it can be trusted.
///
/// What a token may not see is `withheld`, what nobody reported is `unknown`; neither is ever shown as zero.
public enum Reading<Value: Sendable>: Sendable {
  case known(Value)
  /// The token lacks this right, e.g. "Sys.Audit /nodes/pve".
  case withheld(right: String)
  case unknown

  /// The value where there is one.
  public var value: Value? { if case .known(let value) = self { value } else { nil } }

  public init(_ value: Value?) {
    if let value { self = .known(value) } else { self = .unknown }
  }

  public func map<Other: Sendable>(_ transform: (Value) -> Other) -> Reading<Other> {
    switch self {
    case .known(let value): .known(transform(value))
    case .withheld(let right): .withheld(right: right)
    case .unknown: .unknown
    }
  }
}

extension Reading: Equatable where Value: Equatable {}
extension Reading: Hashable where Value: Hashable {}
extension Reading: Codable where Value: Codable {}
