import Foundation
import JarvisAPI

/// The certificates, authorities and host keys that are trusted, as one row of the audit: what `init` or a hand has pinned
/// while no engine ran is recorded at the next start. Pure.
public struct PinRecord: Sendable, Hashable {
  /// "https://pve:8006 sha256 AA:BB:…", a line each, sorted.
  public var certificates: [String]
  /// Of the file of pinned host keys, hexadecimal; empty where there is none.
  public var knownHosts: String

  /// - Parameters:
  ///   - entrances: addresses with the fingerprint each is pinned to; nil for one that another authority vouches for.
  ///   - authority: the cluster's own, PEM.
  ///   - knownHosts: the file's bytes.
  public init(entrances: [(url: String, fingerprint: String?)], authority: String?, knownHosts: [UInt8]?) {
    certificates =
      (entrances.map { "\($0.url) \($0.fingerprint.map { "sha256 \($0)" } ?? "by its authority")" }
      + (authority.map { ["authority, PEM with sha256 \(SHA256.hexadecimal(Self.plain($0)))"] } ?? [])).sorted()
    self.knownHosts = knownHosts.map { SHA256.hexadecimal(String(decoding: $0, as: UTF8.self)) } ?? ""
  }

  /// How a file writes line ends and its last line changes no certificate.
  private static func plain(_ pem: String) -> String {
    pem.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
  }

  /// The row to write; nil where the last one says the same.
  /// - Parameter last: the body of the last such row; rows about one host key have no "certificates".
  public func row(after last: JSONValue?) -> JSONValue? {
    let before = Set((last?["certificates"]?.array ?? []).compactMap(\.string))
    let hostsBefore = last?["known_hosts"]?.string ?? ""
    let added = certificates.filter { !before.contains($0) }
    let removed = before.subtracting(certificates).sorted()
    if last != nil || (certificates.isEmpty && knownHosts.isEmpty) {
      guard !added.isEmpty || !removed.isEmpty || hostsBefore != knownHosts else { return nil }
    }
    return [
      "certificates": Self.list(certificates), "added": Self.list(added), "removed": Self.list(removed),
      "known_hosts": .string(knownHosts), "known_hosts_changed": .bool(hostsBefore != knownHosts),
    ]
  }

  private static func list(_ lines: [String]) -> JSONValue { .array(lines.map { .string($0) }) }
}
