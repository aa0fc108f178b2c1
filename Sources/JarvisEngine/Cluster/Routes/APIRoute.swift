/// One method of the Proxmox API as Jarvis uses it: a value, so that a test can hold the whole table against the
/// published schema.
public struct APIRoute<Answer: Sendable>: Sendable {
  /// "GET", "POST", "PUT" or "DELETE".
  public let method: String
  /// As in the schema: "/nodes/{node}/qemu/{vmid}/status/current".
  public let template: String
  /// Names of the parameters that may be sent beside those in the path.
  public let parameters: [String]
  let decode: @Sendable (AnswerBody) throws(AnswerFault) -> Answer

  init(
    _ method: String, _ template: String, parameters: [String] = [],
    decode: @escaping @Sendable (AnswerBody) throws(AnswerFault) -> Answer
  ) {
    self.method = method
    self.template = template
    self.parameters = parameters
    self.decode = decode
  }

  /// A call of this method. Values go through percent-encoding when the call becomes a request.
  /// - Parameters:
  ///   - path: a value for each name in braces.
  ///   - parameters: only those that the route names; query of a GET, form of a POST.
  ///   - attempted: for error messages: "read node pve".
  func call(
    _ path: [String: String] = [:], parameters: [(name: String, value: String)] = [], attempted: String
  ) -> APICall {
    APICall(
      method: method, template: template, path: path,
      parameters: parameters.filter { self.parameters.contains($0.name) }, attempted: attempted)
  }
}

/// A route whose answer's type is forgotten: for the table, the schema test and `jarvis-bench decode`.
package struct AnyAPIRoute: Sendable {
  /// "GET", "POST", "PUT" or "DELETE".
  package let method: String
  /// As in the schema.
  package let template: String
  /// Names of what may be sent beside the path.
  package let parameters: [String]
  /// Decodes an answer and throws it away.
  package let check: @Sendable (AnswerBody) throws(AnswerFault) -> Void
  private let segments: [Substring]

  init<Answer>(_ route: APIRoute<Answer>) {
    method = route.method
    template = route.template
    parameters = route.parameters
    let decode = route.decode
    check = { body throws(AnswerFault) in _ = try decode(body) }
    segments = route.template.split(separator: "/")
  }

  /// True where `path` (without `/api2/json` and query) is an instance of the template.
  package func matches(method: String, path: String) -> Bool {
    let given = path.split(separator: "/")
    return method == self.method && given.count == segments.count
      && zip(segments, given).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
  }
}
