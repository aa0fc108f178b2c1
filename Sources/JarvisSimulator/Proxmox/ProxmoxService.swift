import JarvisAPI

/// The Proxmox VE API of a simulated cluster, as the port 8006 of one of its nodes shows it.
///
/// Held to recordings of the real server: the order of checks, the statuses, the text in the reason phrase.
public final class ProxmoxService: SimulatedService {
  /// A longer request body is refused as Proxmox refuses it.
  public static let limits = ServerLimits(bodyBytes: 512 << 10, oversize: (501, "for data too large"))

  /// The node whose port this is.
  public let entrance: String
  let shared: ProxmoxShared

  init(entrance: String, shared: ProxmoxShared) {
    self.entrance = entrance
    self.shared = shared
  }

  public var reachable: Bool {
    !shared.faults.apiDown && shared.cluster.update { $0.isOnline(entrance) }
  }

  public func respond(to request: SimulatedRequest) async -> SimulatedResponse {
    guard reachable else { return Self.ending(.hangUp) }
    guard let effect = shared.strike(method: request.method, path: APIPath(request).display, entrance: entrance) else {
      return answer(request)
    }
    return await suffer(effect, request)
  }

  private func suffer(_ effect: SimulatedFaults.Effect, _ request: SimulatedRequest) async -> SimulatedResponse {
    switch effect {
    case .delay(let time):
      // A client that leaves cancels this task: then nobody waits for the answer any more.
      guard (try? await shared.sleep(time)) != nil else { return Self.ending(.hangUp) }
      return answer(request)
    case .unreachable: return APIFailure.silent(status: 595, "Connection refused").response
    case .broken:
      return APIFailure.silent(status: 596, "tls_process_server_certificate: certificate verify failed").response
    case .unauthenticated: return APIFailure.unauthenticated("Authentication failed!").response
    case .failed(let text): return APIFailure.failed(text).response
    case .unavailable: return APIFailure.silent(status: 503, "Service Unavailable").response
    case .cut:
      guard case .bytes(let bytes) = answer(request).body else { return Self.ending(.hangUp) }
      return SimulatedResponse(
        status: 200, reason: "OK",
        headers: [("Content-Type", APIReply.contentType), ("Content-Length", "\(bytes.count)")],
        body: .cut(Array(bytes.prefix(bytes.count / 2))))
    case .hangUp: return Self.ending(.hangUp)
    case .silence: return Self.ending(.silence)
    case .garbage:
      return SimulatedResponse(
        status: 200, reason: "OK", headers: [("Content-Type", APIReply.contentType)],
        body: .bytes(Array("{\"data\":[{\"vmid\":1\u{1B}[31m \u{FFFD}<html>".utf8)))
    }
  }

  private static func ending(_ body: SimulatedResponse.Body) -> SimulatedResponse {
    SimulatedResponse(status: 200, reason: "OK", body: body)
  }

  private func answer(_ request: SimulatedRequest) -> SimulatedResponse {
    do throws(APIFailure) {
      return try carryOut(request).response
    } catch {
      return error.response
    }
  }

  /// Takes a request through the checks in Proxmox's own order.
  private func carryOut(_ request: SimulatedRequest) throws(APIFailure) -> APIReply {
    guard ["GET", "POST", "PUT", "DELETE"].contains(request.method) else {
      throw .silent(status: 501, "method '\(request.method)' not available")
    }
    let path = APIPath(request)
    guard let format = path.format else { throw path.outside }
    let caller = try shared.authenticate(request.header("Authorization"))
    guard format == "json" else { throw .bare(status: 501, "no formatter for uri \(path.display), \(format)") }
    var parameters = try Parameters.read(request)
    guard let (endpoint, found) = EndpointTable.find(request.method, path.parts) else {
      throw .noSuchMethod("Method '\(request.method) \(path.display)' not implemented")
    }
    for (name, value) in found { try parameters.addPath(name, value) }
    try endpoint.need?.check(caller, parameters)
    let call = shared.call(caller, parameters, entrance: entrance)
    let entrance = self.entrance
    return try shared.cluster.update { (cluster) throws(APIFailure) in
      if endpoint.proxied, let node = call.parameters["node"], node != entrance, node != "localhost" {
        try Self.reach(node, cluster)
      }
      try call.parameters.check(endpoint.rules)
      return try endpoint.handler(call, &cluster)
    }
  }

  /// - Throws: what comes back when a call is handed on to a node that is not there.
  static func reach(_ node: String, _ cluster: SimulatedCluster) throws(APIFailure) {
    guard let state = cluster.nodes.first(where: { $0.name == node }) else {
      throw .failed(
        "hostname lookup '\(node)' failed - failed to get address info for: \(node): Name or service not known")
    }
    guard state.online else { throw .silent(status: 595, "Connection refused") }
  }
}
