import Foundation
import JarvisAPI

/// One call on its way through the API: who, with what, at which entrance.
struct APICall {
  let caller: Caller
  let parameters: Parameters
  /// The node whose port was asked.
  let entrance: String
  let certificates: [String: NodeCertificate]
  let authorityPEM: String?

  var node: String { parameters["node"] ?? "" }
  var vmid: Int { parameters.int("vmid") ?? 0 }
}

/// A method of the API: what it takes, whom it lets in, and what it does.
struct Endpoint: Sendable {
  typealias Handler = @Sendable (APICall, inout SimulatedCluster) throws(APIFailure) -> APIReply

  let method: String
  /// "/nodes/{node}/qemu/{vmid}/config", in the schema's own writing.
  let template: String
  let rules: [ParameterRule]
  let need: Need?
  /// True where the entrance hands the call on to the node in the path.
  let proxied: Bool
  let handler: Handler
  private let parts: [Substring]

  init(
    _ method: String, _ template: String, _ rules: [ParameterRule] = [], need: Need? = nil, proxied: Bool? = nil,
    handler: @escaping Handler
  ) {
    self.method = method
    self.template = template
    self.need = need
    self.proxied = proxied ?? template.contains("{node}")
    self.handler = handler
    parts = template.split(separator: "/")
    self.rules =
      parts.compactMap { part in
        switch part {
        case "{node}": .node
        case "{vmid}": .vmid
        case "{storage}": .storage
        case "{upid}": .upid
        default: nil
        }
      } + rules
  }

  /// The path's parameters, where this template fits.
  func match(_ path: [Substring]) -> [(name: String, value: String)]? {
    guard path.count == parts.count else { return nil }
    var found: [(name: String, value: String)] = []
    for (part, given) in zip(parts, path) {
      if part.hasPrefix("{") {
        found.append((name: String(part.dropFirst().dropLast()), value: String(given)))
      } else if part != given {
        return nil
      }
    }
    return found
  }
}
