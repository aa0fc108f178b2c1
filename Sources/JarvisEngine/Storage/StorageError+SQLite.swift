import Foundation
import GRDB

extension StorageError {
  /// The words for whatever GRDB threw while `attempted` was done on the file at `path`.
  init(_ error: any Error, attempted: String, path: String) {
    if let error = error as? StorageError {
      self = error
      return
    }
    if error is CancellationError {
      self.init(.cancelled, attempted: attempted, reason: "it was cancelled")
      return
    }
    guard let error = error as? DatabaseError else {
      self.init(.failed, attempted: attempted, reason: "\(error)")
      return
    }
    let reason = "\(error.message ?? "no reason given") (SQLite error \(error.extendedResultCode.rawValue))"
    switch error.resultCode {
    case .SQLITE_FULL:
      self.init(
        .diskFull, attempted: attempted, reason: "the disk that holds \(path) is full",
        advice: "free some space there; what was saved before is safe")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(.corrupt, attempted: attempted, reason: "\(path) is damaged: \(reason)", advice: Self.corruptAdvice)
    case .SQLITE_READONLY:
      self.init(
        .readOnly, attempted: attempted, reason: "\(path) can only be read",
        advice: "check the permissions of the file and whether its file system is mounted read-only")
    case .SQLITE_CANTOPEN, .SQLITE_PERM:
      self.init(
        .unwritable, attempted: attempted, reason: "\(path) cannot be opened: \(reason)",
        advice: "check that the directory exists and is writable for the user who runs Jarvis")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .busy, attempted: attempted, reason: "another process holds \(path)",
        advice: "close the other program that has it open, e.g. a sqlite3 shell")
    case .SQLITE_IOERR where Self.isNoSpace(error):
      self.init(
        .diskFull, attempted: attempted, reason: "the disk that holds \(path) is full or fails: \(reason)",
        advice: "check the free space and the disk; what was saved before is safe")
    case .SQLITE_MISUSE:
      self.init(.closed, attempted: attempted, reason: "the database is closed")
    case .SQLITE_INTERRUPT:
      self.init(.cancelled, attempted: attempted, reason: "it was cancelled")
    default:
      self.init(.failed, attempted: attempted, reason: reason)
    }
  }

  /// SQLite reports a full disk as an I/O error where the shared memory or the WAL index cannot grow.
  private static func isNoSpace(_ error: DatabaseError) -> Bool {
    error.extendedResultCode == .SQLITE_IOERR_WRITE || error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
  }

  static let corruptAdvice =
    "put a copy back, or start once with `jarvis-tui --set-damaged-aside`: the file is kept under a dated name and a "
    + "new one begun; nothing is deleted"
}

extension StorageError {
  /// For modules that use `DataStore.pool` themselves.
  public init(_ error: any Error, attempted: String, on path: String) {
    self.init(error, attempted: attempted, path: path)
  }
}
