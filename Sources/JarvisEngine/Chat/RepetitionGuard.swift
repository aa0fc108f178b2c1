import JarvisAPI
import JarvisModels

/// Notices a model that asks the same thing again and again and learns nothing new.
struct RepetitionGuard: Sendable {
  let limit: Int
  private struct Exchange: Hashable { let name, arguments, content: String }
  /// Bounded by the calls of one turn.
  private var seen: [Exchange: Int] = [:]

  init(limit: Int) { self.limit = limit }

  /// - Returns: the name of a tool that was called more than `limit` times with the same arguments and result.
  mutating func note(_ calls: [ToolCallRequest], _ results: [ToolResult]) -> String? {
    for (call, result) in zip(calls, results) {
      let exchange = Exchange(name: call.name, arguments: call.arguments, content: Self.news(in: result.content))
      seen[exchange, default: 0] += 1
      if seen[exchange, default: 0] > limit { return call.name }
    }
    return nil
  }

  /// Figures that are others at every look and tell nothing by that.
  private static let restless: Set<String> = ["uptime_seconds", "cpu_percent"]

  /// A result without the time it was made at and without what never stands still. Text that is no JSON is taken as it is.
  private static func news(in content: String) -> String {
    guard case .object(var fields)? = try? JSONValue(parsing: content) else { return content }
    fields["at"] = nil
    return still(.object(fields)).text
  }

  private static func still(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let fields): .object(fields.filter { !restless.contains($0.key) }.mapValues(still))
    case .array(let values): .array(values.map(still))
    default: value
    }
  }
}
