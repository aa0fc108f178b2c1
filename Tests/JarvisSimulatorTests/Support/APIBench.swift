import Foundation
import JarvisAPI

@testable import JarvisSimulator

/// A cluster and its API without a network: calls go straight to the service.
struct APIBench {
  let clock: ManualClock
  let cluster: LiveCluster
  let shared: ProxmoxShared
  let service: ProxmoxService

  struct Answer {
    let status: Int
    let reason: String
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    let hasBody: Bool

    var json: JSONValue? { try? JSONValue(parsing: String(decoding: body, as: UTF8.self)) }
    var data: JSONValue? { json?["data"] }
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  init(_ configuration: SimulatedCluster.Configuration = .recorded(), seed: UInt64 = 7, entrance: String = "pve") throws
  {
    let clock = ManualClock()
    self.clock = clock
    cluster = LiveCluster(try SimulatedCluster(configuration, seed: seed, at: clock.now), clock: { clock.now })
    shared = ProxmoxShared(cluster: cluster)
    service = ProxmoxService(entrance: entrance, shared: shared)
  }

  /// The header of one of the configuration's tokens, by the part after its `!`.
  func header(_ id: String) -> String? {
    cluster.update { $0.tokens.first { $0.id == id } }.flatMap { token in
      token.secret.map { "PVEAPIToken=\(token.name)=\($0)" }
    }
  }

  /// Sends one request; `path` is below `/api2/json`, `form` becomes the query of a GET and the body of a POST.
  func send(
    _ method: String, _ path: String, _ form: [String: String] = [:], as token: String = "full"
  ) async -> Answer {
    let pairs = form.map { (name: $0.key, value: $0.value) }
    let writes = method == "POST" || method == "PUT"
    let body = writes ? pairs.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&") : ""
    return await send(
      method, raw: "/api2/json" + path, query: writes ? [] : pairs, body: body, authorization: header(token))
  }

  func send(
    _ method: String, raw: String, query: [(name: String, value: String)] = [], body: String = "",
    contentType: String = "application/x-www-form-urlencoded", authorization: String?
  ) async -> Answer {
    var headers: [(name: String, value: String)] = []
    if let authorization { headers.append(("Authorization", authorization)) }
    if !body.isEmpty { headers.append(("Content-Type", contentType)) }
    let response = await service.respond(
      to: SimulatedRequest(
        method: method, path: raw.removingPercentEncoding ?? raw, rawPath: raw, query: query, headers: headers,
        body: Array(body.utf8)))
    var bytes: [UInt8] = []
    var has = false
    if case .bytes(let found) = response.body { (bytes, has) = (found, true) }
    return Answer(
      status: response.status, reason: response.reason, headers: response.headers, body: bytes, hasBody: has)
  }

  private func encode(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
  }
}
