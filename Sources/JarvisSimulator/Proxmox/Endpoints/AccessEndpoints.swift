import JarvisAPI

/// `/access/permissions`: what a token may.
enum AccessEndpoints {
  static let all = [
    Endpoint("GET", "/access/permissions", [.string("path"), .string("userid")], handler: permissions)
  ]

  /// Paths that are always told, besides those with a rule of their own.
  private static let paths = [
    "/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms",
  ]

  private static func permissions(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    var caller = call.caller
    if let asked = call.parameters["userid"], asked != caller.name {
      guard caller.has("Sys.Audit", on: "/access") else { throw .forbidden("/access, Sys.Audit") }
      guard let token = cluster.tokens.first(where: { $0.name == asked }) else { return APIReply([:]) }
      caller = Caller(token: token)
    }
    let ruled = cluster.tokens.flatMap { $0.rights.map(\.path) }
    let wanted = call.parameters["path"].map { [$0] } ?? Array(Set(paths + ruled)).sorted()
    var data: [String: JSONValue] = [:]
    for path in wanted {
      let privileges = caller.privileges(on: path)
      guard !privileges.isEmpty else { continue }
      data[path] = .object(privileges.mapValues { .int($0 ? 1 : 0) })
    }
    return APIReply(.object(data))
  }
}
