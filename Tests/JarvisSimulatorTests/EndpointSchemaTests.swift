import JarvisAPI
import Testing

@testable import JarvisSimulator

/// The simulator's own table of methods against the published schema.
@Suite(.enabled(if: RecordedData.available, Comment(rawValue: RecordedData.missing)))
struct EndpointSchemaTests {
  @Test("TEST-04 every method exists, takes what the schema takes, and demands what it demands")
  func table() throws {
    var schema: [String: JSONValue] = [:]
    for method in try RecordedData.schema() {
      schema["\(method["method"]?.string ?? "") \(method["path"]?.string ?? "")"] = method
    }
    var wrong: [String] = []
    for endpoint in EndpointTable.all {
      let name = "\(endpoint.method) \(endpoint.template)"
      guard let method = schema[name], let parameters = method["params"]?.object else {
        wrong.append("\(name): not in the schema")
        continue
      }
      let ours = Set(endpoint.rules.map(\.name))
      for missing in Set(parameters.keys).subtracting(ours).sorted() { wrong.append("\(name): \(missing) is refused") }
      for invented in ours.subtracting(parameters.keys).sorted() { wrong.append("\(name): \(invented) is invented") }
      for rule in endpoint.rules {
        guard let parameter = parameters[rule.name] else { continue }
        wrong += differences(rule, parameter).map { "\(name) \(rule.name): \($0)" }
      }
      // Methods whose rights are told in words ("user": "all" with a description) check them themselves.
      if let need = endpoint.need {
        let check = method["permissions"]?["check"]?.array ?? []
        if check.first != "perm" || check.dropFirst().first?.string != need.path {
          wrong.append("\(name): checks \(need.path), the schema says \(check)")
        }
        if Set(check.dropFirst(2).first?.array?.compactMap(\.string) ?? []) != Set(need.privileges) {
          wrong.append("\(name): asks \(need.privileges), the schema says \(check)")
        }
      } else if let check = method["permissions"]?["check"]?.array, !["and", "or"].contains(check.first) {
        // Those of several parts are checked by their handlers.
        wrong.append("\(name): asks for no right, the schema does")
      }
      if endpoint.proxied != (method["proxyto"]?.string == "node") { wrong.append("\(name): proxied is wrong") }
    }
    #expect(wrong.isEmpty, Comment(rawValue: wrong.joined(separator: "\n")))
    #expect(EndpointTable.all.count > 50)
  }

  private func differences(_ rule: ParameterRule, _ schema: JSONValue) -> [String] {
    var found: [String] = []
    let optional = schema["optional"]?.bool ?? false
    // A call without its node is another call, whatever the schema says of it.
    if rule.required == optional, rule.name != "node" {
      found.append(rule.required ? "must not be demanded" : "must be demanded")
    }
    let values = schema["enum"]?.array?.compactMap(\.string)
    switch (rule.kind, schema["type"]?.string) {
    case (.boolean, "boolean"): break
    case (.integer(let low, let high), "integer"):
      if low != schema["minimum"]?.int || high != schema["maximum"]?.int { found.append("other limits") }
    case (.number(let low, let high), "number"):
      if low != schema["minimum"]?.number || high != schema["maximum"]?.number { found.append("other limits") }
    case (.list, "array"): break
    case (.oneOf(let ours), "string"): if ours != values { found.append("other values than \(values ?? [])") }
    case (.string(_, let length), "string"):
      if values != nil { found.append("is an enumeration") }
      if length != schema["maxLength"]?.int { found.append("other length") }
    default: found.append("has type \(schema["type"]?.string ?? "none")")
    }
    return found
  }
}
