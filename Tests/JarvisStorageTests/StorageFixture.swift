import Foundation
import GRDB
import JarvisStorage

/// A schema of notes, in as many steps as a test wants.
enum Notes {
  static func migrations(_ versions: Int = 1) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for version in 1...versions {
      migrator.registerMigration("notes \(version)") { db in
        try db.create(table: "note_\(version)") { table in
          table.autoIncrementedPrimaryKey("id")
          table.column("text", .text).notNull()
        }
      }
    }
    return migrator
  }
}

extension DataStore {
  static func notes(
    in path: String, versions: Int = 1, damage: DamagePolicy = .refuse
  ) throws(StorageError) -> DataStore {
    try openForEngine(
      in: DataDirectory(path: path), migrations: Notes.migrations(versions), damage: damage,
      now: { Date(timeIntervalSince1970: 1_795_397_700) })
  }

  func addNotes(_ count: Int, bytes: Int = 10) async throws(StorageError) {
    try await write("add notes") { db in
      for number in 0..<count {
        let text = "\(number) " + String(repeating: "x", count: bytes)
        try db.execute(sql: "INSERT INTO note_1 (text) VALUES (?)", arguments: [text])
      }
    }
  }

  func countNotes() async throws(StorageError) -> Int {
    try await read("count notes") { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM note_1") ?? 0 }
  }
}

func mode(of path: String) -> Int? {
  (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
}
