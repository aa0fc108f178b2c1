import Foundation
import JarvisTestSupport

@testable import JarvisSSH

extension SSHServer {
  func node(
    _ name: String, key: TestKey? = nil, port: Int? = nil, user: String? = nil, jump: String? = nil
  ) -> SSHNode {
    SSHNode(
      name: name, address: "127.0.0.1", port: port ?? self.port, user: user ?? self.user, keyPath: key?.path,
      jump: jump)
  }
}

/// A server, a key that it takes, and a shell whose known hosts already hold it.
struct Fixture {
  let folder: TemporaryDirectory
  let key: TestKey
  let server: SSHServer
  let shell: SSHShell

  init(
    times: SSHTimes = SSHTimes(), bounds: SSHBounds = SSHBounds(), options: [String] = []
  ) async throws {
    folder = try TemporaryDirectory()
    key = try TestKey(in: folder)
    server = try await SSHServer(authorised: [key], options: options)
    shell = try await Self.shell([server.node("pve1", key: key)], folder, times: times, bounds: bounds)
  }

  /// A shell that trusts whatever the nodes show now.
  static func shell(
    _ nodes: [SSHNode], _ folder: TemporaryDirectory, times: SSHTimes = SSHTimes(), bounds: SSHBounds = SSHBounds(),
    agent: String? = nil
  ) async throws -> SSHShell {
    let shell = try SSHShell(
      settings: SSHSettings(
        nodes: nodes, knownHostsPath: folder.path + "/known_hosts", agentSocket: agent, times: times, bounds: bounds))
    for node in nodes { try await trust(node.name, shell) }
    return shell
  }

  static func trust(_ node: String, _ shell: SSHShell) async throws {
    do throws(SSHError) {
      try await shell.connect(to: node)
    } catch .hostKeyUnknown(let offer) {
      try await shell.trust(offer)
    }
  }
}

extension ShellResult {
  var text: String { String(decoding: standardOutput, as: UTF8.self) }
  var errorText: String { String(decoding: standardError, as: UTF8.self) }
}

/// Looks until something holds, for at most 20 seconds.
func eventually(_ holds: () async throws -> Bool) async throws -> Bool {
  let deadline = ContinuousClock.now + .seconds(20)
  while ContinuousClock.now < deadline {
    if try await holds() { return true }
    try await Task.sleep(for: .milliseconds(10))
  }
  return false
}
