import JarvisAPI
import JarvisSafety
import JarvisStorage
import Logging

/// Maintenance that HA begins and ends by itself, taken over as it is.
extension SafetyDesk {
  /// Who began it, in the record.
  static let ha = "HA"

  /// Begins the maintenance of a node that HA has in maintenance, and ends it with HA's. What a person began, or where HA does
  /// not tell, stays as it is.
  func followMaintenance(_ nodes: [Node]) async {
    let told = Dictionary(
      nodes.compactMap { node in node.maintenance.value.map { (node.name, $0) } }, uniquingKeysWith: { $1 })
    guard !told.isEmpty, told != followedMaintenance else { return }
    do throws(StorageError) {
      let current = try await maintenance()
      for node in told.filter(\.value).keys.sorted() where !current.contains(where: { $0.target == node }) {
        try await foundation.maintenance.begin(
          Maintenance(target: node, since: options.now(), until: nil, reason: "HA has it in maintenance", by: Self.ha))
        await note(.maintenance, ["target": .string(node), "by": .string(Self.ha)])
      }
      for entry in current where entry.by == Self.ha && told[entry.target] == false {
        try await foundation.maintenance.end(entry.target)
        await note(.maintenance, ["target": .string(entry.target), "ended": true, "by": .string(Self.ha)])
      }
      followedMaintenance = told
    } catch {
      log.error("the maintenance of HA could not be taken over", metadata: ["error": "\(error)"])
    }
    await tellMaintenance()
  }
}
