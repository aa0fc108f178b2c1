import NIOHTTP1

extension SimulatedRequest {
  /// Takes a request as NIO read it apart.
  init(_ head: HTTPRequestHead, body: [UInt8]) {
    let target = Self.originForm(head.uri)
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let rawPath = String(parts[0])
    self.init(
      method: head.method.rawValue, path: PercentCoding.decode(rawPath, plusIsSpace: false), rawPath: rawPath,
      query: parts.count > 1 ? PercentCoding.form(String(parts[1])) : [],
      headers: head.headers.map { (name: $0.name, value: $0.value) }, body: body)
  }

  /// The target without scheme and host, where a client sent the absolute form.
  private static func originForm(_ uri: String) -> String {
    guard let scheme = uri.firstRange(of: "://"), uri.first != "/" else { return uri }
    guard let slash = uri[scheme.upperBound...].firstIndex(of: "/") else { return "/" }
    return String(uri[slash...])
  }
}
