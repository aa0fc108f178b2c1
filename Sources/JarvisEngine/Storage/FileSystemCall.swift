import Foundation

/// The reason of a failed system call in words.
///
/// Where a call needs several C functions, `errno` is read right after the one that failed.
func systemReason(_ code: Int32) -> String {
  String(cString: strerror(code))
}

/// `close(2)`, under a name that a method called `close` does not hide.
func closeFile(_ file: Int32) {
  close(file)
}

extension StorageError {
  /// The error for a system call that failed with `code` on `path`.
  init(code: Int32, attempted: String, path: String) {
    if code == ENOSPC || code == EDQUOT {
      self.init(
        .diskFull, attempted: attempted, reason: "the disk that holds \(path) is full",
        advice: "free some space there; what was saved before is safe")
    } else {
      self.init(
        .unwritable, attempted: attempted, reason: "\(path): \(systemReason(code))",
        advice: "make \(path) writable for the user who runs Jarvis, or name another directory in JARVIS_DATA")
    }
  }
}
