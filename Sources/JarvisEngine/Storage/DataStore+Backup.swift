import Foundation
import GRDB

extension DataStore {
  /// Writes a compact copy of the database, as it is at one moment, to an owner-only file; work goes on meanwhile.
  ///
  /// The copy is complete or absent: it is written beside its name first.
  /// - Throws: `.unwritable` where `path` exists already or cannot be written.
  public func backup(to path: String) async throws(StorageError) {
    let attempted = "copy the database to \(path)"
    if access(path, F_OK) == 0 {
      throw StorageError(
        .unwritable, attempted: attempted, reason: "the file exists already", advice: "choose another name")
    }
    let partial = path + ".partial"
    // What an interrupted copy left behind; where there is none, unlink has nothing to do.
    unlink(partial)
    try DataDirectory.createOwnerOnly(partial, attempted: attempted)
    do {
      // SQLite writes into an empty file and refuses any other.
      try await pool.unsafeRead { db in try db.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
    } catch {
      unlink(partial)
      throw StorageError(error, attempted: attempted, path: path)
    }
    try Self.forceToDisk(partial, attempted: attempted)
    if rename(partial, path) != 0 {
      let code = errno
      unlink(partial)
      throw StorageError(code: code, attempted: attempted, path: path)
    }
  }

  private static func forceToDisk(_ path: String, attempted: String) throws(StorageError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { throw StorageError(code: errno, attempted: attempted, path: path) }
    defer { closeFile(file) }
    if fsync(file) != 0 { throw StorageError(code: errno, attempted: attempted, path: path) }
  }
}
