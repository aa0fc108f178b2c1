import Foundation

/// Reads a private key's file after a look at who else may.
struct PrivateKeyFile {
  /// A longer file is no key. Bytes.
  static let limit = 64 << 10
  /// Secrets that a container runtime mounts; their modes are not ours to change.
  static let secretMounts = "/run/secrets/"

  var path: String

  /// - Throws: `SSHError.keyFile`, `.keyMode`, `.keyType`.
  func read() throws(SSHError) -> PrivateKey {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .keyFile(path: path, reason: String(cString: strerror(errno))) }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw .keyFile(path: path, reason: "is no regular file")
    }
    if facts.st_mode & 0o077 != 0, !isMountedSecret(file) {
      throw .keyMode(path: path, mode: String(facts.st_mode & 0o7777, radix: 8))
    }
    guard facts.st_size <= Self.limit else {
      throw .keyFile(path: path, reason: "is longer than \(Self.limit) bytes")
    }
    let data: Data?
    do { data = try handle.read(upToCount: Self.limit) } catch { throw .keyFile(path: path, reason: "cannot be read") }
    guard let key = PrivateKey(Array(data ?? Data())) else {
      throw .keyFile(path: path, reason: "holds no private key that can be read")
    }
    if let problem = key.problem { throw .keyType(path: path, problem) }
    return key
  }

  private func isMountedSecret(_ file: Int32) -> Bool {
    var mount = statvfs()
    return path.hasPrefix(Self.secretMounts) && fstatvfs(file, &mount) == 0 && mount.f_flag & UInt(ST_RDONLY) != 0
  }
}
