import JarvisAPI
import JarvisSSH

/// Which node a name or an address means, as `ssh` on a node is given it. Pure.
enum NodeNames {
  /// - Parameter ssh: the nodes as they are set up, for their addresses.
  /// - Returns: nil for a machine that is none of the cluster's.
  static func node(of host: String, among nodes: [Node], ssh: [SSHNode]) -> String? {
    let wanted = host.lowercased()
    if let node = nodes.first(where: { $0.name.lowercased() == wanted || $0.address?.lowercased() == wanted }) {
      return node.name
    }
    // "pve.example" may be anybody's: only what is set up counts.
    guard let name = ssh.first(where: { $0.address.lowercased() == wanted })?.name else { return nil }
    return nodes.first { $0.name == name }?.name
  }
}
