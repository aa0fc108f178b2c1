import Foundation
import JarvisAPI
import JarvisCluster
import JarvisHTTP

/// Makes a Proxmox client out of a configuration.
public enum ClusterAssembly {
  /// - Throws: `UserFacingError` for a token or address that cannot be used.
  public static func client(
    _ configuration: ClusterConfiguration, transport: any HTTPTransport, now: @escaping @Sendable () -> Date
  ) throws(UserFacingError) -> ProxmoxClient {
    let (token, endpoints) = try entrances(configuration)
    return ProxmoxClient(transport: transport, token: token, endpoints: endpoints, now: now)
  }

  /// What the configuration says of the way into the cluster, read without asking anybody.
  /// - Throws: `UserFacingError` for a token or address that cannot be used.
  public static func entrances(
    _ configuration: ClusterConfiguration
  ) throws(UserFacingError) -> (token: APIToken, endpoints: [ClusterEndpoint]) {
    do {
      let token = try APIToken(parsing: configuration.token)
      let endpoints = try configuration.entrances.map { entrance in
        try ClusterEndpoint(node: entrance.node, address: entrance.url, trust: trust(entrance, configuration))
      }
      return (token, endpoints)
    } catch {
      throw UserFacingError(
        .configuration, attempted: "use the configured cluster", reason: "\(error)", advice: "run `jarvis-tui init`")
    }
  }

  /// The cluster's own authority before a pin before the system's authorities.
  private static func trust(_ entrance: ClusterConfiguration.Entrance, _ configuration: ClusterConfiguration)
    -> TLSTrust
  {
    if let fingerprint = entrance.fingerprint.flatMap(CertificateFingerprint.init) {
      return .pinned(sha256: fingerprint.bytes)
    }
    if let authority = configuration.authority { return .authority(pem: authority) }
    return .system
  }
}
