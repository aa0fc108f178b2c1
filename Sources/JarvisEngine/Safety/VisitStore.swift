import Foundation
import JarvisAPI
import JarvisStorage

/// What rules and audit were when a person last looked, so that the next look tells what changed meanwhile.
public struct SafetyVisit: Codable, Sendable, Hashable {
  public var tableHash: String
  public var audit: AuditHead
  public init(tableHash: String, audit: AuditHead) {
    self.tableHash = tableHash
    self.audit = audit
  }
}

/// Keeps the last visit in an owner-only file.
public struct VisitStore: Sendable {
  private let file: OwnerOnlyFile

  public init(directory: DataDirectory) {
    file = OwnerOnlyFile(path: directory.path + "/visit.json")
  }

  /// nil where there was none, or where its file says nothing.
  public func last() -> SafetyVisit? {
    // Without a last visit nothing is compared; the audit's own check does not depend on it.
    guard let bytes = try? file.read() else { return nil }
    return try? JSONDecoder().decode(SafetyVisit.self, from: Data(bytes))
  }

  public func save(_ visit: SafetyVisit) throws(StorageError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data: Data
    do {
      data = try encoder.encode(visit)
    } catch {
      throw StorageError(.failed, attempted: "write the last visit", reason: "\(error)")
    }
    try file.replace(with: Array(data))
  }
}
