import JarvisAPI

/// Checks arguments against a tool's JSON Schema, with errors that a model or a person can act on. Pure.
///
/// Knows what the tools' schemas use: an object with `properties`, `required`, `additionalProperties: false`; of its
/// properties `type`, `enum`, `minimum`, `maximum`, `minLength`, `maxLength`.
struct SchemaCheck {
  let tool: String
  let schema: JSONValue

  /// The arguments as the tool gets them: a number given as text, or text given as a number, becomes what the schema says.
  func check(_ arguments: JSONValue) throws(UserFacingError) -> JSONValue {
    guard let given = arguments == .null ? [:] : arguments.object else {
      throw error("the arguments are not a JSON object", "give an object such as {\(example)}")
    }
    let properties = schema["properties"]?.object ?? [:]
    for name in given.keys.sorted() where properties[name] == nil {
      let known = properties.keys.sorted()
      let all = known.isEmpty ? "it takes no arguments" : "it takes \(known.joined(separator: ", "))"
      throw error(
        "it has no argument \"\(String(name.prefix(64)))\"", Suggestion.phrase(for: name, among: known) ?? all)
    }
    var checked: [String: JSONValue] = [:]
    for (name, value) in given where value != .null {
      checked[name] = try conform(value, name: name, to: properties[name] ?? .null)
    }
    for name in (schema["required"]?.array ?? []).compactMap(\.string) where checked[name] == nil {
      throw error("its argument \"\(name)\" is missing", properties[name]?["description"]?.string ?? "")
    }
    return .object(checked)
  }

  private func conform(_ value: JSONValue, name: String, to property: JSONValue) throws(UserFacingError) -> JSONValue {
    switch property["type"]?.string {
    case "string": .string(try text(value, name, property))
    case "integer": .int(try integer(value, name, property))
    case "boolean": .bool(try flag(value, name))
    case "array": .array(try list(value, name, property))
    case "object": .object(try table(value, name))
    default: value
    }
  }

  private func text(_ value: JSONValue, _ name: String, _ property: JSONValue) throws(UserFacingError) -> String {
    let text: String
    switch value {
    case .string(let given): text = given
    // A vmid is given as a number as often as not.
    case .int(let number): text = "\(number)"
    default: throw wrongType(name, "text", value)
    }
    if let choices = property["enum"]?.array?.compactMap(\.string) {
      if let choice = choices.first(where: { $0.lowercased() == text.lowercased() }) { return choice }
      throw error(
        "its argument \"\(name)\" cannot be \"\(text.prefix(64))\"", "it is one of \(choices.joined(separator: ", "))")
    }
    if text.count < property["minLength"]?.int ?? 0 {
      throw error("its argument \"\(name)\" is empty", property["description"]?.string ?? "")
    }
    if let maximum = property["maxLength"]?.int, text.count > maximum {
      throw error("its argument \"\(name)\" has \(text.count) characters", "at most \(maximum) are allowed")
    }
    return text
  }

  private func integer(_ value: JSONValue, _ name: String, _ property: JSONValue) throws(UserFacingError) -> Int {
    guard let number = value.int else { throw wrongType(name, "a whole number", value) }
    let low = property["minimum"]?.int ?? .min
    let high = property["maximum"]?.int ?? .max
    guard number >= low, number <= high else {
      throw error("its argument \"\(name)\" is \(number)", "it must be between \(low) and \(high)")
    }
    return number
  }

  private func flag(_ value: JSONValue, _ name: String) throws(UserFacingError) -> Bool {
    switch value {
    case .bool(let flag): flag
    case .string("true"), .int(1): true
    case .string("false"), .int(0): false
    default: throw wrongType(name, "true or false", value)
    }
  }

  /// A list of texts, also as one text with commas.
  private func list(_ value: JSONValue, _ name: String, _ property: JSONValue) throws(UserFacingError) -> [JSONValue] {
    let given: [JSONValue]
    switch value {
    case .array(let values): given = values
    case .string(let text):
      given = text.split { $0 == "," || $0 == " " }.map { .string(String($0)) }
    case .int: given = [value]
    default: throw wrongType(name, "a list of texts", value)
    }
    let most = property["maxItems"]?.int ?? .max
    guard !given.isEmpty, given.count <= most else {
      throw error("its argument \"\(name)\" has \(given.count) entries", "it may have 1 to \(most)")
    }
    var checked: [JSONValue] = []
    for entry in given { checked.append(.string(try text(entry, name, property["items"] ?? .null))) }
    return checked
  }

  /// Names with a plain value each; also as one text of JSON.
  private func table(_ value: JSONValue, _ name: String) throws(UserFacingError) -> [String: JSONValue] {
    // What is no JSON is told as a wrong type just below.
    let given = value.string.flatMap { try? JSONValue(parsing: $0) } ?? value
    guard let fields = given.object, !fields.isEmpty else {
      throw wrongType(name, "an object that is not empty", value)
    }
    for (key, field) in fields {
      switch field {
      case .string, .int, .double, .bool, .null: break
      case .array, .object: throw error("\"\(key)\" in its argument \"\(name)\" is no plain value", "")
      }
    }
    return fields
  }

  private func wrongType(_ name: String, _ wanted: String, _ value: JSONValue) -> UserFacingError {
    error("its argument \"\(name)\" must be \(wanted), not \(String(value.text.prefix(64)))", "")
  }

  private func error(_ reason: String, _ advice: String) -> UserFacingError {
    UserFacingError(
      .usage, attempted: "call \(tool)", reason: Sanitiser.clean(reason, keepingNewlines: false),
      advice: Sanitiser.clean(advice, keepingNewlines: false))
  }

  private var example: String {
    (schema["required"]?.array ?? []).compactMap(\.string).map { "\"\($0)\": …" }.joined(separator: ", ")
  }
}
