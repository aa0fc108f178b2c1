import Foundation
import JarvisAPI
import JarvisSafety
import JarvisStorage
import Logging

/// What is trusted, in the audit.
extension SafetyDesk {
  /// Rows about pins that are looked through for the last whole one, at most.
  private static let maximumRows = 500

  /// Bytes of `known_hosts` that are looked at, at most: some ten thousand keys.
  private static let maximumKnownHosts = 4 << 20

  /// nil where the file is not there or cannot be read: then it pins nothing.
  private static func beginning(ofFile path: String) -> [UInt8]? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    do {
      return Array(try file.read(upToCount: maximumKnownHosts) ?? Data())
    } catch {
      return nil
    }
  }

  /// Records what is trusted where it is not what the last row says: after `init`, a changed configuration, an edited
  /// `known_hosts`, and after each key that a person agreed to.
  func notePins() async {
    // What the demo trusts is made anew at each start.
    guard !options.simulated else { return }
    let cluster = options.configuration.cluster
    let path = options.configuration.ssh.map { $0.knownHosts ?? foundation.directory.path + "/known_hosts" }
    let record = PinRecord(
      entrances: (cluster?.entrances ?? []).map { ($0.url, $0.fingerprint) }, authority: cluster?.authority,
      // No file: no host key is pinned.
      knownHosts: path.flatMap(Self.beginning))
    do throws(StorageError) {
      let rows = try await foundation.audit.latestRows([.pin], limit: Self.maximumRows)
      // A body that is not JSON is none of ours.
      let last = rows.lazy.compactMap { row in row.body.flatMap { try? JSONValue(parsing: $0) } }
        .first { $0["certificates"] != nil }
      if let body = record.row(after: last) { await note(.pin, body) }
    } catch {
      log.error("the audit could not be read", metadata: ["error": "\(error)"])
    }
  }
}
