import Foundation
import JarvisStorage

/// The random salt of a data directory: placeholders of secrets stay the same over restarts and say nothing about them.
enum RedactionSalt {
  static let length = 16

  /// Reads the salt of this directory, or makes one. Where it cannot be kept, a fresh one serves this run.
  static func load(_ directory: DataDirectory) -> [UInt8] {
    let path = directory.path + "/redaction.salt"
    if let kept = FileManager.default.contents(atPath: path), kept.count == length { return Array(kept) }
    var random = SystemRandomNumberGenerator()
    let salt = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    // Where the directory takes no file, the salt of this run is as good; the database tells what is wrong there.
    _ = FileManager.default.createFile(atPath: path, contents: Data(salt), attributes: [.posixPermissions: 0o600])
    return salt
  }
}
