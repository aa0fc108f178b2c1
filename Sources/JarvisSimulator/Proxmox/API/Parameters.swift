import Foundation
import JarvisAPI

/// A parameter's value as it came: forms and queries bring text, and may bring it twice.
enum ParameterValue: Sendable, Hashable {
  case one(String)
  case many([String])
}

/// The parameters of one call, after the schema was asked.
struct Parameters: Sendable {
  private(set) var values: [String: ParameterValue] = [:]

  subscript(_ name: String) -> String? {
    if case .one(let text) = values[name] { text } else { nil }
  }
  func int(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
  func bool(_ name: String) -> Bool { self[name] == "1" }
  var names: [String] { values.keys.sorted() }

  /// Adds a value; a second one of the same name makes an array.
  mutating func add(_ name: String, _ value: String) {
    switch values[name] {
    case nil: values[name] = .one(value)
    case .one(let first): values[name] = .many([first, value])
    case .many(let several): values[name] = .many(several + [value])
    }
  }

  /// Adds what the path says. The same name elsewhere must say the same.
  mutating func addPath(_ name: String, _ value: String) throws(APIFailure) {
    if let given = values[name], given != .one(value) {
      throw .parameters([name: "duplicate parameter (already defined in URI) with conflicting values!"])
    }
    values[name] = .one(value)
  }

  /// Asks the schema.
  func check(_ rules: [ParameterRule]) throws(APIFailure) {
    var errors: [String: String] = [:]
    for (name, value) in values {
      guard let rule = rules.first(where: { $0.matches(name) }) else {
        errors[name] = "property is not defined in schema and the schema does not allow additional properties"
        continue
      }
      if let complaint = rule.complaint(value, of: name) { errors[name] = complaint }
    }
    for rule in rules where rule.required && values[rule.name] == nil {
      errors[rule.name] = "property is missing and it is not optional"
    }
    if !errors.isEmpty { throw .parameters(errors) }
  }

  /// Reads a request's query and body as Proxmox does.
  static func read(_ request: SimulatedRequest) throws(APIFailure) -> Parameters {
    var parameters = Parameters()
    let writes = request.method == "POST" || request.method == "PUT"
    guard !request.body.isEmpty else {
      for (name, value) in request.query { parameters.add(name, value) }
      return parameters
    }
    guard writes else { throw .bare(status: 501, "Unexpected content for method '\(request.method)'") }
    let type = request.header("Content-Type") ?? ""
    let kind = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    switch kind {
    case "application/x-www-form-urlencoded":
      for (name, value) in PercentCoding.form(String(decoding: request.body, as: UTF8.self)) {
        parameters.add(name, value)
      }
    case "application/json":
      try parameters.addJSON(String(decoding: request.body, as: UTF8.self))
    default:
      throw .bare(status: 506, "upload 'Content-Type '\(type)' not implemented")
    }
    return parameters
  }

  private mutating func addJSON(_ text: String) throws(APIFailure) {
    guard let value = try? JSONValue(parsing: text), case .object(let fields) = value else {
      // What exactly the parser found is not kept: Proxmox tells a character offset, which nobody reads.
      throw .bare(
        status: 500,
        "malformed JSON string, neither tag, array, object, number, string or atom, at character offset \(text.utf8.count)"
          + " (before \"(end of string)\") at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.\n")
    }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .null: throw .failed("unable to parse value of '\(name)' - got undefined value")
      case .bool(let flag): add(name, flag ? "1" : "0")
      case .string(let text): add(name, text)
      case .array(let items): for item in items { add(name, item.string ?? item.text) }
      default: add(name, value.text)
      }
    }
  }
}
