/// A decoded answer of the API: `{"data": …, "total": …}`.
public struct AnswerBody: Sendable {
  let envelope: JSONView

  /// - Throws: `AnswerFault` where the bytes are not a JSON object.
  package init(_ bytes: [UInt8]) throws(AnswerFault) {
    do {
      envelope = try JSONDocument(bytes).root
    } catch {
      throw AnswerFault("not JSON: \(error.reason) at byte \(error.offset)")
    }
    guard envelope.isObject else { throw AnswerFault("not a JSON object") }
  }

  /// What was asked for; nil where the API answers null, as it does for calls that return nothing.
  var data: JSONView? { envelope["data"] }

  /// How many rows there are in all, where a list is cut.
  var total: Int? { envelope["total"]?.int }

  /// The object in `data`.
  func object() throws(AnswerFault) -> JSONView {
    guard let data, data.isObject else { throw AnswerFault("`data` is not an object") }
    return data
  }

  /// The text in `data`, also where it is a number.
  func word() throws(AnswerFault) -> String {
    guard let word = data?.word, !word.isEmpty else { throw AnswerFault("`data` is not a text") }
    return word
  }

  /// More rows than this are not read.
  static let maximumRows = 200_000

  /// The rows of a list. A row that cannot be read is left out; null is an empty list.
  /// - Throws: `AnswerFault` where `data` is no list, or where none of its rows can be read.
  func rows<Row>(_ make: (JSONView) -> Row?) throws(AnswerFault) -> [Row] {
    guard let data else { return [] }
    guard data.isArray else { throw AnswerFault("`data` is not a list") }
    var rows: [Row] = []
    var skipped = 0
    for element in data.elements {
      guard rows.count + skipped < Self.maximumRows else { break }
      if element.isObject, let row = make(element) { rows.append(row) } else { skipped += 1 }
    }
    if rows.isEmpty, skipped > 0 { throw AnswerFault("none of \(skipped) rows has the fields it should have") }
    return rows
  }
}

/// Why an answer with a good status could not be read.
public struct AnswerFault: Error, Sendable, Hashable {
  /// In words: "`data` is not a list".
  public var reason: String
  init(_ reason: String) { self.reason = reason }
}
