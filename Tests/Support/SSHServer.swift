import Foundation

/// A real `sshd` on a loopback port, with its own configuration, host keys and authorised keys in a temporary folder.
public final class SSHServer: Sendable {
  public static let program = "/usr/sbin/sshd"

  /// Why no server can be started here; nil where it can. sshd for one's own account only needs no root, but its
  /// folder for privilege separation must be there.
  public static let obstacle: String? = {
    guard FileManager.default.isExecutableFile(atPath: program) else {
      return "no \(program): install openssh-server (scripts/install-packages test)"
    }
    if geteuid() == 0 {
      // What Debian's service does when it starts.
      mkdir("/run/sshd", 0o755)
    }
    guard FileManager.default.fileExists(atPath: "/run/sshd") || geteuid() != 0 else { return "no /run/sshd" }
    return nil
  }()

  public let port: Int
  public let folder: TemporaryDirectory
  private let process: ChildProcess

  public var user: String { NSUserName() }
  public var hostKeyPath: String { folder.path + "/host_ed25519" }

  /// - Parameters:
  ///   - authorised: public keys, as `ssh-keygen` writes them.
  ///   - hostKeys: kinds, the first being the one that is preferred.
  ///   - options: further lines of `sshd_config`.
  public init(
    authorised: [TestKey], port wanted: Int? = nil, hostKeys: [String] = ["ed25519"], hostKeyFile: String? = nil,
    options: [String] = []
  ) async throws {
    folder = try TemporaryDirectory()
    let port = try wanted ?? LoopbackPort.free()
    self.port = port
    var lines = [
      "ListenAddress 127.0.0.1:\(port)", "PidFile none", "UsePAM no", "PasswordAuthentication no",
      "KbdInteractiveAuthentication no", "StrictModes no", "AuthorizedKeysFile \(folder.path)/authorized",
      "PermitRootLogin yes", "MaxStartups 100", "LogLevel INFO",
      // Keeps bash from reading the account's own ~/.bashrc, which is neither tested nor measured here.
      "SetEnv SHLVL=2",
    ]
    for kind in hostKeys {
      let path = folder.path + "/host_" + kind
      if let hostKeyFile {
        try FileManager.default.copyItem(atPath: hostKeyFile, toPath: path)
        try FileManager.default.copyItem(atPath: hostKeyFile + ".pub", toPath: path + ".pub")
      } else {
        try Program.run("/usr/bin/ssh-keygen", ["-q", "-t", kind, "-N", "", "-C", "", "-f", path])
      }
      lines.append("HostKey \(path)")
    }
    try Self.write(authorised.map { $0.publicLine }.joined(separator: "\n") + "\n", to: folder.path + "/authorized")
    try Self.write((lines + options).joined(separator: "\n") + "\n", to: folder.path + "/config")
    process = try ChildProcess(Self.program, ["-D", "-e", "-f", folder.path + "/config"])
    try await process.line { $0.contains("Server listening") }
  }

  private static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// Lines that sshd has logged so far.
  public var log: [String] { process.lines }

  /// Ends the server with all its connections.
  public func stop() { process.killTree() }

  deinit { process.killTree() }
}

/// A key pair made by `ssh-keygen`.
public struct TestKey: Sendable {
  public let path: String
  public let publicLine: String

  public init(_ kind: String = "ed25519", in folder: TemporaryDirectory, passphrase: String = "", more: [String] = [])
    throws
  {
    path = folder.path + "/key-" + UUID().uuidString
    try Program.run(
      "/usr/bin/ssh-keygen", ["-q", "-t", kind, "-N", passphrase, "-C", "test", "-f", path] + more)
    publicLine = try String(contentsOfFile: path + ".pub", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// Ports that were free a moment ago.
public enum LoopbackPort {
  public static func free() throws -> Int {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(file) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let done = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(file, $0, size) == 0 && getsockname(file, $0, &size) == 0
      }
    }
    guard file >= 0, done else { throw POSIXError(.EADDRNOTAVAIL) }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
