import Foundation
import JarvisStorage

extension DataDirectory {
  /// Whether a start could keep its data here; makes nothing that stays. For commands that find no database: "none yet" is
  /// true only where one can come.
  /// - Throws: `StorageError`, with the cure.
  func requireUsable() throws(StorageError) {
    var status = stat()
    // What is there, and a path that is none, are judged as a start judges them.
    if !path.hasPrefix("/") || stat(path, &status) == 0 { return try prepare() }
    try requireRoom(in: nearestThere)
  }

  /// The closest folder above that exists.
  private var nearestThere: String {
    var folder = (path as NSString).deletingLastPathComponent
    while folder.count > 1, access(folder, F_OK) != 0 { folder = (folder as NSString).deletingLastPathComponent }
    return folder
  }

  /// Permissions alone do not tell (root, read-only mounts, /proc): a folder is made, and removed at once.
  private func requireRoom(in folder: String) throws(StorageError) {
    var template = Array((folder + (folder == "/" ? "" : "/") + ".jarvis-probe-XXXXXX").utf8CString)
    let failure: Int32? = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return ENOMEM }
      guard mkdtemp(start) != nil else { return errno }
      rmdir(start)
      return nil
    }
    guard let failure else { return }
    throw StorageError(
      .unwritable, attempted: "prepare the data directory \(path)",
      reason: "it cannot be made in \(folder): \(String(cString: strerror(failure)))",
      advice: "let JARVIS_DATA name a directory that you may write, e.g. /var/lib/jarvis")
  }
}
