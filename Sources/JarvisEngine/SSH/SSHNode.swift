/// How to reach one host over SSH.
public struct SSHNode: Sendable, Hashable {
  /// The name it is asked for by: a cluster node's, or any for a jump host.
  public var name: String
  /// Host name, IPv4 or IPv6 address.
  public var address: String
  /// 1–65535.
  public var port: Int
  public var user: String
  /// The private key's file; nil takes `SSHSettings.keyPath`.
  public var keyPath: String?
  /// The name of another `SSHNode` through whose connection this one is reached.
  public var jump: String?

  public init(
    name: String, address: String, port: Int = 22, user: String = "root", keyPath: String? = nil, jump: String? = nil
  ) {
    self.name = name
    self.address = address
    self.port = port
    self.user = user
    self.keyPath = keyPath
    self.jump = jump
  }

  /// "root@10.0.0.1", with the port where it is not 22.
  var place: String { "\(user)@\(host)" }

  /// "10.0.0.1" or "[10.0.0.1]:2222", as `known_hosts` names a host.
  var host: String { port == 22 ? address : "[\(address)]:\(port)" }
}
