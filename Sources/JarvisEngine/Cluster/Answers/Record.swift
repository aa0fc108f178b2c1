import JarvisAPI

/// A row of a list that Jarvis passes on rather than computes with: named by one field, the rest as it came.
public struct Record: Sendable, Equatable {
  /// The value of the field that names it; empty where it is absent.
  public var id: String
  /// All fields, sanitised.
  public var fields: [String: JSONValue]

  /// A decoder for lists whose rows are named by `key`.
  static func list(key: StaticString) -> @Sendable (AnswerBody) throws(AnswerFault) -> [Record] {
    { body throws(AnswerFault) in
      try body.rows { row in Record(id: row.name(key) ?? "", fields: FreeForm.sanitised(row.value).object ?? [:]) }
    }
  }
}
