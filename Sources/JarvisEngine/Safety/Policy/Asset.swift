import JarvisAPI

/// Something that a call may cut off: what Jarvis stands on, and what the policy protects, is named by these.
public enum Asset: Sendable, Hashable, Codable {
  case guest(Int)
  case node(String)
  case storage(String)
  case bridge(node: String, name: String)
  /// On one node.
  case service(node: String, name: String)

  /// "guest 102", "service nginx on pve".
  public var words: String {
    switch self {
    case .guest(let vmid): "guest \(vmid)"
    case .node(let name): "node \(name)"
    case .storage(let name): "storage \(name)"
    case .bridge(let node, let name): "bridge \(name) on \(node)"
    case .service(let node, let name): "service \(name) on \(node)"
    }
  }
}
