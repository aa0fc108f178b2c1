import Foundation
import JarvisStorage

/// A small file that only its owner may touch: read whole and bounded, replaced whole or not at all.
///
/// Two processes may write at once; a reader sees one or the other, never a mixture.
struct OwnerOnlyFile: Sendable {
  /// Bytes that are read at most; what is longer is not ours.
  static let maximumSize = 64 * 1024

  enum Fault: Error, Hashable, CustomStringConvertible {
    case missing(String)
    case unreadable(String, reason: String)
    case exposed(String, mode: String)
    case notOurs(String)
    case tooLong(String)

    var description: String {
      switch self {
      case .missing(let path): "\(path) is missing"
      case .unreadable(let path, let reason): "\(path): \(reason)"
      case .exposed(let path, let mode): "others may write \(path) (mode \(mode)): chmod 600 \(path)"
      case .notOurs(let path): "\(path) is no plain file of the user who runs Jarvis"
      case .tooLong(let path): "\(path) is longer than \(OwnerOnlyFile.maximumSize) bytes"
      }
    }
  }

  let path: String

  /// The whole file.
  func read() throws(Fault) -> [UInt8] {
    // Non-blocking: a pipe put in the file's place must not hold the gate up.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if file < 0 {
      throw errno == ENOENT ? .missing(path) : .unreadable(path, reason: String(cString: strerror(errno)))
    }
    defer { close(file) }
    var status = stat()
    if fstat(file, &status) != 0 { throw .unreadable(path, reason: String(cString: strerror(errno))) }
    if status.st_mode & S_IFMT != S_IFREG || status.st_uid != geteuid() { throw .notOurs(path) }
    if status.st_mode & 0o022 != 0 { throw .exposed(path, mode: String(status.st_mode & 0o777, radix: 8)) }
    var bytes = [UInt8](repeating: 0, count: Self.maximumSize + 1)
    var count = 0
    while count < bytes.count {
      let more = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress! + count, $0.count - count, off_t(count)) }
      if more < 0 {
        if errno == EINTR { continue }
        throw .unreadable(path, reason: String(cString: strerror(errno)))
      }
      if more == 0 { break }
      count += more
    }
    if count > Self.maximumSize { throw .tooLong(path) }
    return Array(bytes[..<count])
  }

  /// Replaces the file: written beside its name, forced to the disk, then renamed.
  func replace(with bytes: [UInt8]) throws(StorageError) {
    let attempted = "write \(path)"
    let partial = "\(path).\(UUID().uuidString)"
    let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { throw Self.error(errno, attempted, path) }
    var code: Int32 = 0
    var written = 0
    while code == 0, written < bytes.count {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress! + written, $0.count - written) }
      if count < 0 {
        if errno != EINTR { code = errno }
      } else {
        written += count
      }
    }
    if code == 0, fsync(file) != 0 { code = errno }
    close(file)
    if code == 0, rename(partial, path) != 0 { code = errno }
    if code != 0 {
      unlink(partial)
      throw Self.error(code, attempted, path)
    }
    Self.forceDirectory(of: path)
  }

  /// The rename itself survives a power failure only once the directory is on the disk.
  private static func forceDirectory(of path: String) {
    let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let file = open(directory.isEmpty ? "/" : directory, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    if file < 0 { return }
    // Some file systems refuse to sync a directory; the file itself is safe already.
    _ = fsync(file)
    close(file)
  }

  private static func error(_ code: Int32, _ attempted: String, _ path: String) -> StorageError {
    StorageError(
      code == ENOSPC || code == EDQUOT ? .diskFull : .unwritable, attempted: attempted,
      reason: "\(path): \(String(cString: strerror(code)))",
      advice: "make its directory writable for the user who runs Jarvis, and see that the disk has room")
  }
}
