import COpenSSL
import Foundation

/// A certificate with its key, made for a test.
struct TestCertificate: Sendable {
  var certificate: String
  var key: String

  static func authority(_ name: String = "Test Authority", days: Int32 = 10) throws -> TestCertificate {
    try made { jarvis_make_authority(name, days, $0, $1) }
  }

  func leaf(
    _ name: String = "localhost", names: String = "DNS:localhost,IP:127.0.0.1", days: Int32 = 10
  ) throws -> TestCertificate {
    try Self.made { jarvis_make_leaf(certificate, key, name, names, days, $0, $1) }
  }

  /// SHA-256 over the DER, computed from the PEM's own base64: independent of the code under test.
  var fingerprint: [UInt8] {
    let lines = certificate.split(separator: "\n").filter { !$0.hasPrefix("-----") }
    let der = Data(base64Encoded: lines.joined()) ?? Data()
    var digest = [UInt8](repeating: 0, count: 32)
    der.withUnsafeBytes { jarvis_sha256($0.baseAddress, $0.count, &digest) }
    return digest
  }

  private typealias Text = UnsafeMutablePointer<CChar>?

  private static func made(
    _ make: (UnsafeMutablePointer<Text>, UnsafeMutablePointer<Text>) -> Int32
  ) throws -> TestCertificate {
    var certificate: Text = nil
    var key: Text = nil
    defer {
      jarvis_free(certificate)
      jarvis_free(key)
    }
    guard make(&certificate, &key) == 1, let certificate, let key else { throw CocoaError(.coderInvalidValue) }
    return TestCertificate(certificate: String(cString: certificate), key: String(cString: key))
  }
}

/// `Tests/Support/scripts/tls_server.py` as a child process. Events are its lines.
final class TLSServer: Sendable {
  let port: Int
  let log = EventLog()
  private let input: FileHandle
  private let folder: URL

  var url: String { "https://localhost:\(port)" }

  init(_ certificate: TestCertificate, http2: Bool = false) async throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let paths = try Self.write(certificate, to: folder, as: "first")
    process.arguments = ["python3", Self.script.path] + paths + (http2 ? ["h2"] : [])
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    self.input = input.fileHandleForWriting
    try process.run()
    let log = log
    let reader = output.fileHandleForReading
    Thread {
      var buffered = Data()
      while true {
        let piece = reader.availableData
        guard !piece.isEmpty else { break }
        buffered += piece
        while let end = buffered.firstIndex(of: UInt8(ascii: "\n")) {
          log.record(String(decoding: buffered[buffered.startIndex..<end], as: UTF8.self))
          buffered = Data(buffered[(end + 1)...])
        }
      }
      process.waitUntilExit()
      log.record("exit")
    }.start()
    _ = await log.wait { events in events.contains { $0.hasPrefix("port ") || $0 == "exit" } }
    let line = log.events.first { $0.hasPrefix("port ") }
    guard let port = line.flatMap({ Int($0.dropFirst(5)) }) else { throw CocoaError(.executableLoad) }
    self.port = port
  }

  /// Its input's end is the script's.
  deinit {
    // Closing or removing what is already gone is no failure of the test.
    try? input.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Shows another certificate to connections made from now on.
  func change(to certificate: TestCertificate) async throws {
    let paths = try Self.write(certificate, to: folder, as: UUID().uuidString)
    try input.write(contentsOf: Data("certificate \(paths.joined(separator: " "))\n".utf8))
    _ = await log.wait(for: "changed")
  }

  private static let script = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Support/scripts/tls_server.py")

  private static func write(_ certificate: TestCertificate, to folder: URL, as name: String) throws -> [String] {
    let certificateFile = folder.appendingPathComponent(name + ".pem")
    let keyFile = folder.appendingPathComponent(name + ".key")
    try Data(certificate.certificate.utf8).write(to: certificateFile)
    try Data(certificate.key.utf8).write(to: keyFile)
    return [certificateFile.path, keyFile.path]
  }
}
