import Foundation
import JarvisLock

/// The owner-only file with the host keys that a person agreed to.
final class KnownHostsFile: Sendable {
  /// A longer file is refused. Bytes.
  static let limit = 4 << 20

  let path: String
  /// Two consents at once must not lose one another's line.
  private let writing = Guarded(())

  init(path: String) { self.path = path }

  /// An absent file is an empty one.
  /// - Throws: `SSHError.knownHosts`.
  func read() throws(SSHError) -> KnownHosts {
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(atPath: path)
    } catch {
      if FileManager.default.fileExists(atPath: path) { throw problem("cannot be read") }
      return KnownHosts("")
    }
    let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    guard mode & 0o022 == 0 else { throw problem("has mode \(String(mode, radix: 8)): others may write to it") }
    let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard size <= Self.limit else { throw problem("is longer than \(Self.limit) bytes") }
    guard let data = FileManager.default.contents(atPath: path) else { throw problem("cannot be read") }
    return KnownHosts(String(decoding: data, as: UTF8.self))
  }

  /// Makes the offered key the host's only one, by a new file in the old one's place.
  /// - Throws: `SSHError.knownHosts`.
  func trust(_ offer: HostKeyOffer) throws(SSHError) {
    let failure = writing.withLock { _ -> SSHError? in
      do throws(SSHError) {
        let text = try read().pinning(offer.key, of: offer.host)
        return replace(with: text)
      } catch { return error }
    }
    if let failure { throw failure }
  }

  private func replace(with text: String) -> SSHError? {
    let folder = (path as NSString).deletingLastPathComponent
    let new = path + ".new"
    do {
      if !folder.isEmpty {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      }
    } catch { return problem("its folder cannot be made") }
    let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return problem(String(cString: strerror(errno))) }
    // A left-over of an earlier try keeps its mode; 0600 is what the next reading insists on.
    fchmod(file, 0o600)
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
      try handle.synchronize()
    } catch { return problem("cannot be written") }
    guard rename(new, path) == 0 else { return problem(String(cString: strerror(errno))) }
    return nil
  }

  private func problem(_ reason: String) -> SSHError { .knownHosts(path: path, reason: reason) }
}
