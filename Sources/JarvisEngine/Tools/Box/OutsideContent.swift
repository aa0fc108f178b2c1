import JarvisAPI
import JarvisSafety

/// A tool's result on its way to a model: free text from outside goes between marks that say where it came from, and nothing
/// else in the result can look like those marks. Pure.
///
/// Tools put such text under keys that begin with `untrusted_`, beside a `source`. Names and figures stay bare: they are
/// cleaned, and too many to be wrapped one by one.
enum OutsideContent {
  static let prefix = "untrusted_"

  /// - Parameter tool: where a text came from whose source is not named.
  static func wrapped(_ content: JSONValue, tool: String) -> JSONValue { wrapped(content, source: tool) }

  private static func wrapped(_ value: JSONValue, source: String) -> JSONValue {
    switch value {
    case .string(let text): return .string(UntrustedText.withoutMarks(text))
    case .array(let values): return .array(values.map { wrapped($0, source: source) })
    case .object(let fields):
      let source = fields["source"]?.string ?? source
      return .object(
        Dictionary(
          fields.map { key, value in
            let isOutside = key.hasPrefix(prefix)
            return (
              UntrustedText.withoutMarks(key), isOutside ? outside(value, source) : wrapped(value, source: source)
            )
          }, uniquingKeysWith: { first, _ in first }))
    case .null, .bool, .int, .double: return value
    }
  }

  private static func outside(_ value: JSONValue, _ source: String) -> JSONValue {
    switch value {
    case .null: .null
    case .string(""): .string("")
    case .string(let text): .string(UntrustedText.wrap(text, from: source))
    default: .string(UntrustedText.wrap(value.text, from: source))
    }
  }
}
