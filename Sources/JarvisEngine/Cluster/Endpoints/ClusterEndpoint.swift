import JarvisHTTP

/// One way into the cluster: a node's API, and whom to believe there.
public struct ClusterEndpoint: Sendable, Hashable {
  /// The node's name, where it is known.
  public var node: String?
  /// "https://10.40.0.11:8006", without a slash at the end.
  public let base: String
  /// nil where nothing was agreed yet: then it is never asked.
  public var trust: TLSTrust?

  /// Why an address cannot be used.
  public struct BadAddress: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
  }

  /// The port of Proxmox's API.
  public static let defaultPort = 8006

  /// - Parameter address: a name or address, with or without `https://` and port: "pve", "10.40.0.11",
  ///   "https://[fd00::1]:8006".
  /// - Throws: `BadAddress`, saying what is wrong.
  public init(node: String? = nil, address: String, trust: TLSTrust?) throws(BadAddress) {
    var rest = Substring(address.filter { !$0.isWhitespace })
    if rest.lowercased().hasPrefix("http://") {
      throw BadAddress(description: "\(address): the API speaks only TLS; write https://")
    }
    if rest.lowercased().hasPrefix("https://") { rest = rest.dropFirst(8) }
    while rest.last == "/" { rest.removeLast() }
    var port = Self.defaultPort
    let host: Substring
    if rest.first == "[" {
      guard let close = rest.firstIndex(of: "]") else { throw BadAddress(description: "\(address): \"]\" is missing") }
      host = rest[...close]
      port = try Self.port(rest[rest.index(after: close)...], in: address)
    } else if rest.filter({ $0 == ":" }).count > 1 {
      host = "[" + rest + "]"
    } else {
      let colon = rest.firstIndex(of: ":") ?? rest.endIndex
      host = rest[..<colon]
      port = try Self.port(rest[colon...], in: address)
    }
    let allowed = host.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["),
        UInt8(ascii: "]"),
        UInt8(ascii: "%"):
        true
      default: false
      }
    }
    guard !host.isEmpty, allowed else { throw BadAddress(description: "\(address): not a host name or address") }
    self.node = node
    base = "https://\(host):\(port)"
    self.trust = trust
  }

  private static func port(_ text: Substring, in address: String) throws(BadAddress) -> Int {
    guard !text.isEmpty else { return defaultPort }
    guard text.first == ":", let port = Int(text.dropFirst()), (1...65_535).contains(port) else {
      throw BadAddress(description: "\(address): \"\(text.dropFirst())\" is not a port")
    }
    return port
  }

  /// The port in `base`.
  var port: Int { base.lastIndex(of: ":").flatMap { Int(base[base.index(after: $0)...]) } ?? Self.defaultPort }

  /// For messages: the node's name where known, else the address.
  public var label: String { node.map { "node \($0) (\(base))" } ?? base }
}
