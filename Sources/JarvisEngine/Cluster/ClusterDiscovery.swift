import Foundation
import JarvisAPI
import JarvisHTTP

/// What a first contact teaches: for `init`.
public struct ClusterDiscovery: Sendable, Equatable {
  /// A way into the cluster.
  public struct Entrance: Sendable, Equatable {
    /// The node's name.
    public var node: String
    /// Address on the cluster network.
    public var address: String?
    /// SHA-256 of its certificate as told by the cluster, "AA:BB:…": may be offered as a pin.
    public var fingerprint: String?
  }
  /// The cluster's name, or the single node's.
  public var name: String
  /// "9.2.11".
  public var version: String
  /// By node name.
  public var entrances: [Entrance]
  /// The cluster's own certificate authority, to be trusted on consent.
  public var authority: CertificateInfo?
  /// What the token may do.
  public var rights: RightsReport
  /// What could not be learned, in words.
  public var gaps: [String]
}

extension ProxmoxClient {
  /// Learns what a configuration needs: version, all nodes' addresses, the cluster's authority, the token's rights.
  ///
  /// Only version and rights have to answer; the rest may be withheld and is then named in `gaps`.
  public func discover() async throws(ProxmoxError) -> ClusterDiscovery {
    let version = try await version()
    let rights = RightsReport(try await permissions(), tokenID: tokenID, version: version.version)
    var gaps: [String] = []
    var status: ClusterStatus?
    do throws(ProxmoxError) { status = try await clusterStatus() } catch { gaps.append(Self.gap(error)) }
    var rows: [NodeListRow] = []
    do throws(ProxmoxError) { rows = try await nodes() } catch { gaps.append(Self.gap(error)) }
    let names = Set(rows.map(\.name) + (status?.members.map(\.name) ?? [])).sorted()
    let entrances = names.map { name in
      ClusterDiscovery.Entrance(
        node: name, address: status?.members.first { $0.name == name }?.address,
        fingerprint: rows.first { $0.name == name }?.fingerprint)
    }
    var authority: CertificateInfo?
    let first = status?.local?.name ?? names.first
    if let first {
      do throws(ProxmoxError) {
        authority = try await certificates(first).first(where: \.isClusterAuthority)
        if authority?.pem == nil { gaps.append("node \(first) does not show the cluster's authority") }
      } catch { gaps.append(Self.gap(error)) }
    }
    return ClusterDiscovery(
      name: status?.name ?? first ?? "", version: version.version, entrances: entrances, authority: authority,
      rights: rights, gaps: gaps)
  }

  private static func gap(_ error: ProxmoxError) -> String { "could not \(error.attempted): \(error.reason)" }
}
