import Foundation

/// The directory that holds everything Jarvis keeps: owner-only, as are the files in it.
public struct DataDirectory: Sendable, Hashable {
  /// An absolute path without a trailing slash.
  public let path: String

  public init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The database file.
  public var databasePath: String { path + "/jarvis.sqlite" }
  /// The lock of the engine's role.
  var lockPath: String { path + "/engine.lock" }

  /// Makes the directory where it is missing, and refuses one that others may read or that cannot be written.
  public func prepare() throws(StorageError) {
    let attempted = "prepare the data directory \(path)"
    guard path.hasPrefix("/") else {
      throw StorageError(
        .unwritable, attempted: attempted, reason: "it is not an absolute path",
        advice: "name it from the root, e.g. /var/lib/jarvis")
    }
    try makeMissing(attempted)
    try refuseExposed(attempted)
    if access(path, R_OK | W_OK | X_OK) != 0 {
      throw StorageError(code: errno, attempted: attempted, path: path)
    }
  }

  /// Refuses the database and its companions where others may read them.
  func refuseExposedFiles() throws(StorageError) {
    for suffix in ["", "-wal", "-shm"] {
      try Self.refuseExposed(databasePath + suffix, mode: 0o600, attempted: "open \(databasePath)")
    }
  }

  /// Creates an empty owner-only file where none is, before SQLite would create one that others may read.
  static func createOwnerOnly(_ path: String, attempted: String) throws(StorageError) {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { throw StorageError(code: errno, attempted: attempted, path: path) }
    close(file)
  }

  private func makeMissing(_ attempted: String) throws(StorageError) {
    var parent = ""
    let parts = path.split(separator: "/")
    for (index, part) in parts.enumerated() {
      parent += "/" + part
      // The parents get the usual mode, as `mkdir -p` gives it; what is ours is owner-only.
      let mode: mode_t = index == parts.count - 1 ? 0o700 : 0o755
      if mkdir(parent, mode) == 0 || errno == EEXIST { continue }
      let code = errno
      var status = stat()
      // A parent on a read-only file system answers EROFS or EACCES although it is there.
      if stat(parent, &status) == 0 { continue }
      throw StorageError(code: code, attempted: attempted, path: parent)
    }
  }

  private func refuseExposed(_ attempted: String) throws(StorageError) {
    var status = stat()
    if stat(path, &status) != 0 { throw StorageError(code: errno, attempted: attempted, path: path) }
    if status.st_mode & S_IFMT != S_IFDIR {
      throw StorageError(code: ENOTDIR, attempted: attempted, path: path)
    }
    try Self.refuseExposed(path, mode: 0o700, attempted: attempted)
  }

  private static func refuseExposed(_ path: String, mode: mode_t, attempted: String) throws(StorageError) {
    var status = stat()
    // A file that is not there yet exposes nothing.
    if stat(path, &status) != 0 { return }
    if status.st_mode & 0o077 != 0 {
      throw StorageError(
        .exposed, attempted: attempted,
        reason: "other users may enter or read \(path) (mode \(String(status.st_mode & 0o777, radix: 8)))",
        advice: "chmod \(String(mode, radix: 8)) \(path)")
    }
  }
}
