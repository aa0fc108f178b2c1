import Foundation
import JarvisAPI
import JarvisSafety
import JarvisTestSupport
import Testing

@testable import JarvisEngine

/// What is trusted stands in the audit, whoever changed it and when.
@Suite struct TrustTests {
  /// The row of each start, for a configuration with this pin. Nothing listens there, and nothing has to.
  private func start(_ directory: TemporaryDirectory, pin: String?, authority: String? = nil) async throws
    -> [JSONValue]
  {
    var options = EngineOptions(
      configuration: Configuration(
        cluster: ClusterConfiguration(
          entrances: [.init(url: "https://127.0.0.1:9", fingerprint: pin)],
          token: "jarvis@pve!console=12345678-1234-1234-1234-123456789abc", authority: authority)),
      dataDirectory: directory.path + "/data", zone: .gmt)
    options.configuration.ssh = SSHConfiguration(nodes: [], knownHosts: directory.path + "/known_hosts")
    let engine = try await Engine.start(options) { _ in }
    let rows = try await engine.parts.safety.foundation.audit.latestRows([.pin])
    await engine.stop(reason: "test")
    return rows.compactMap(\.body).compactMap { try? JSONValue(parsing: $0) }
  }

  @Test("FOUND-01 a pin that init or a hand has changed is recorded at the next start, with what stood there before")
  func certificates() async throws {
    let directory = try TemporaryDirectory()
    let first = "AA" + String(repeating: ":AA", count: 31)
    let second = "BB" + String(repeating: ":BB", count: 31)
    #expect(try await start(directory, pin: first).count == 1)
    #expect(try await start(directory, pin: first).count == 1, "no news, no row")
    let rows = try await start(directory, pin: second)
    #expect(rows.count == 2 && rows[0]["added"] == [.string("https://127.0.0.1:9 sha256 \(second)")])
    #expect(rows[0]["removed"] == [.string("https://127.0.0.1:9 sha256 \(first)")])
    try Data("pve ssh-ed25519 AAAA\n".utf8).write(to: URL(fileURLWithPath: directory.path + "/known_hosts"))
    let hosts = try await start(directory, pin: second)
    #expect(hosts.count == 3 && hosts[0]["known_hosts_changed"] == true && hosts[0]["added"] == [])
  }
}
