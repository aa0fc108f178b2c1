import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension MemoryItem {
  init(row: Row) throws {
    guard let tier = TierIndex(rawValue: row["tier"])?.tier, let kind = MemoryKind(rawValue: row["kind"]) else {
      throw StorageError(
        .failed, attempted: "read memory \(row["uid"] as String)", reason: "its tier or kind is unknown",
        advice: "it may have been written by a newer Jarvis")
    }
    func date(_ column: String) -> Date? {
      (row[column] as Double?).map(Date.init(timeIntervalSince1970:))
    }
    let preference: String? = row["preference"]
    self.init(
      id: MemoryID(rawValue: row["uid"]), tier: tier, kind: kind, role: row["role"],
      at: Date(timeIntervalSince1970: row["at"]), session: row["session"], source: row["source"], text: row["text"],
      entities: (row["entities"] as String).split(separator: "\n").map(String.init), expiresAt: date("expires_at"),
      pinned: row["pinned"], uses: row["uses"], usedAt: date("used_at"), validFrom: date("valid_from"),
      validTo: date("valid_to"),
      preference: try preference.map { try JSONDecoder().decode(Preference.self, from: Data($0.utf8)) })
  }
}

extension Preference {
  /// One line with sorted keys, as the database and exports hold it.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
