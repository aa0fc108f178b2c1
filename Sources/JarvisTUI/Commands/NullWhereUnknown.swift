/// Writes `null` where there is no value: a key that comes and goes is no stable key.
@propertyWrapper struct NullWhereUnknown<Value: Encodable>: Encodable {
  var wrappedValue: Value?

  init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    if let wrappedValue { try box.encode(wrappedValue) } else { try box.encodeNil() }
  }
}

extension NullWhereUnknown: Sendable where Value: Sendable {}
