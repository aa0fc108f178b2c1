import JarvisHTTP

extension HTTPRequest {
  /// A request that a busy test machine does not time out: what is measured here is the answer, not its speed.
  static func patient(
    _ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
    trust: TLSTrust = .system
  ) -> HTTPRequest {
    let long = Duration.seconds(120)
    return HTTPRequest(
      method, url, headers: headers, body: body,
      timeouts: HTTPTimeouts(connect: long, firstByte: long, idle: long, total: .seconds(240)), trust: trust)
  }
}
