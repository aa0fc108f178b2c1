import Foundation

/// By what a file is known to be another one than before, without opening it. A replaced file has another inode, a
/// rewritten one another time.
struct FileMark: Equatable {
  private var size: Int64
  private var seconds: Int
  private var nanoseconds: Int
  private var inode: UInt64

  /// - Returns: nil where there is no such file.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    size = Int64(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    inode = UInt64(status.st_ino)
  }
}
