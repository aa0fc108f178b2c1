/// The text operations of `${…}` on a known value.
enum ParameterText {
  static func apply(_ operation: String, _ argument: String, to value: String) -> String {
    guard value.utf8.count <= ShellLimits.valueBytes else { return value }
    if operation == "length" { return String(value.count) }
    if operation == ":" { return substring(value, argument) }
    if operation.hasPrefix("^") {
      return operation.hasPrefix("^^") ? value.uppercased() : value.prefix(1).uppercased() + value.dropFirst()
    }
    if operation.hasPrefix(",") {
      return operation.hasPrefix(",,") ? value.lowercased() : value.prefix(1).lowercased() + value.dropFirst()
    }
    if operation.hasPrefix("/") { return replace(value, operation, argument) }
    if operation.hasPrefix("#") { return dropPrefix(value, argument, longest: operation.hasPrefix("##")) }
    if operation.hasPrefix("%") { return dropSuffix(value, argument, longest: operation.hasPrefix("%%")) }
    return value
  }

  private static func substring(_ value: String, _ argument: String) -> String {
    let parts = argument.split(on: ":").map { Int($0.filter { $0 != " " }) }
    guard let first = parts.first, var start = first else { return value }
    if start < 0 { start = max(0, value.count + start) }
    let rest = value.dropFirst(start)
    guard parts.count > 1, let length = parts[1] else { return String(rest) }
    return String(length < 0 ? rest.dropLast(-length) : rest.prefix(length))
  }

  private static func replace(_ value: String, _ operation: String, _ argument: String) -> String {
    let parts = argument.split(on: "/")
    guard let pattern = parts.first, !pattern.isEmpty, value.utf8.count <= ShellLimits.patternBytes else {
      return value
    }
    let with = parts.count > 1 ? String(parts[1]) : ""
    var result = ""
    var rest = Substring(value)
    while !rest.isEmpty {
      if rest.hasPrefix(pattern) {
        result += with
        rest = rest.dropFirst(pattern.count)
        if !operation.hasPrefix("//") { return result + rest }
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  private static func dropPrefix(_ value: String, _ pattern: String, longest: Bool) -> String {
    guard value.utf8.count <= ShellLimits.patternBytes, pattern.utf8.count <= 64 else { return value }
    let lengths = longest ? Array((0...value.count).reversed()) : Array(0...value.count)
    for length in lengths where Glob.matches(pattern.withHoleForStar, String(value.prefix(length))) {
      return String(value.dropFirst(length))
    }
    return value
  }

  private static func dropSuffix(_ value: String, _ pattern: String, longest: Bool) -> String {
    guard value.utf8.count <= ShellLimits.patternBytes, pattern.utf8.count <= 64 else { return value }
    let lengths = longest ? Array((0...value.count).reversed()) : Array(0...value.count)
    for length in lengths where Glob.matches(pattern.withHoleForStar, String(value.suffix(length))) {
      return String(value.dropLast(length))
    }
    return value
  }
}

extension String {
  /// In parameters `*` takes slashes, too.
  fileprivate var withHoleForStar: String { String(map { $0 == "*" ? Arg.hole : $0 }) }
}
