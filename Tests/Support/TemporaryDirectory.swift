import Foundation

/// An owner-only directory that is removed with the value.
public final class TemporaryDirectory: Sendable {
  public let path: String

  public init() throws {
    path = FileManager.default.temporaryDirectory.path + "/jarvis-test-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit {
    // A leftover under the temporary directory harms nobody.
    try? FileManager.default.removeItem(atPath: path)
  }
}
