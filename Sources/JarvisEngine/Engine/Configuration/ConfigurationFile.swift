import Foundation
import JarvisAPI

/// Where configuration and data live, and how the file is read and written: owner-only, never half.
public struct ConfigurationFile: Sendable {
  public let path: String
  let environment: [String: String]
  /// Somebody asked for this very file: then it has to be there.
  private let isNamed: Bool

  /// `--config`, else `$JARVIS_CONFIG`, else `~/.config/jarvis/config.yaml`.
  public init(path: String?, environment: [String: String]) {
    self.environment = environment
    isNamed = path != nil || environment["JARVIS_CONFIG"] != nil
    self.path =
      path ?? environment["JARVIS_CONFIG"]
      ?? Self.home(environment) + "/.config/jarvis/config.yaml"
  }

  /// `$JARVIS_DATA`, else `~/.local/share/jarvis`.
  public static func dataDirectory(_ environment: [String: String]) -> String {
    environment["JARVIS_DATA"] ?? home(environment) + "/.local/share/jarvis"
  }

  static func home(_ environment: [String: String]) -> String {
    environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
  }

  /// `policy.yaml` beside the configuration.
  public var policyPath: String { (path as NSString).deletingLastPathComponent + "/policy.yaml" }

  /// `prices.yaml` beside the configuration.
  public var pricesPath: String { (path as NSString).deletingLastPathComponent + "/prices.yaml" }

  public var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// A file with secrets is at most this long.
  static let maximumBytes = 1 << 20

  /// Reads the file, where there is one, and lays the environment over it.
  /// - Throws: `ConfigurationError`.
  public func load() throws -> Configuration {
    var tree = SettingsTree()
    if exists {
      try tree.read(yaml: try readOwnerOnly(path), from: path)
    } else if isNamed {
      throw ConfigurationError(
        source: path, problem: "the file is not there",
        advice: "run `jarvis-tui init` to write it, or name another by --config or JARVIS_CONFIG")
    }
    try tree.overlay(environment: environment) { try readOwnerOnly($0) }
    return try ConfigurationReader(tree: tree).configuration()
  }

  /// A file that holds secrets must be its owner's alone; mounts under `/run/secrets` are taken as they are.
  private func readOwnerOnly(_ file: String) throws -> String {
    var status = stat()
    guard stat(file, &status) == 0 else {
      throw ConfigurationError(
        source: file, problem: String(cString: strerror(errno)), advice: "check the path and its permissions")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw ConfigurationError(source: file, problem: "is a directory", advice: "name the file in it")
    }
    // A file mounted into a container often belongs to the host's user: then a mode alone mends nothing.
    let user = geteuid()
    let handOver = user == 0 || status.st_uid == user ? "" : "chown \(user) \(file) && "
    if status.st_mode & 0o077 != 0, !file.hasPrefix("/run/secrets/") {
      throw ConfigurationError(
        source: file, problem: "others can read this file, and it holds secrets",
        advice: handOver + "chmod 600 \(file)")
    }
    if access(file, R_OK) != 0 {
      throw ConfigurationError(
        source: file, problem: "cannot be read by the user who runs Jarvis: \(String(cString: strerror(errno)))",
        advice: handOver + "chmod 600 \(file)")
    }
    guard status.st_size <= Self.maximumBytes else {
      throw ConfigurationError(
        source: file, problem: "longer than \(Self.maximumBytes) bytes: this is not a configuration")
    }
    do {
      return try String(contentsOfFile: file, encoding: .utf8)
    } catch {
      throw ConfigurationError(
        source: file, problem: "cannot be read as UTF-8 text", advice: "check its contents")
    }
  }

  /// Writes the file whole or not at all, readable by its owner only; what stood there is kept as `config.yaml.before`.
  /// - Throws: `ConfigurationError`.
  public func write(_ text: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    let temporary = path + ".new"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      // A left-over of an interrupted run may have other permissions: begin afresh.
      if FileManager.default.fileExists(atPath: temporary) { try FileManager.default.removeItem(atPath: temporary) }
      guard
        FileManager.default.createFile(
          atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
      else { throw CocoaError(.fileWriteUnknown) }
      if exists {
        let before = path + ".before"
        if FileManager.default.fileExists(atPath: before) { try FileManager.default.removeItem(atPath: before) }
        try FileManager.default.copyItem(atPath: path, toPath: before)
      }
      guard rename(temporary, path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    } catch {
      throw ConfigurationError(
        source: path, problem: "cannot be written: \(error.localizedDescription)",
        advice: "check that you may write in \(folder) and that its disk has room")
    }
  }
}
