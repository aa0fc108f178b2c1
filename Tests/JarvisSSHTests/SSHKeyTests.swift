import Foundation
import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisSSH

@Suite("Keys shown to a real sshd", .enabled(if: SSHServer.obstacle == nil))
struct SSHKeyTests {
  private func attempt(
    _ keys: [TestKey], show key: TestKey?, user: String? = nil, agent: String? = nil, passphrase: String? = nil
  ) async throws -> SSHError? {
    let folder = try TemporaryDirectory()
    let server = try await SSHServer(authorised: keys)
    let shell = try SSHShell(
      settings: SSHSettings(
        nodes: [server.node("pve1", key: key, user: user)], knownHostsPath: folder.path + "/known_hosts",
        agentSocket: agent, passphrase: { _ in passphrase }))
    do throws(SSHError) {
      do throws(SSHError) {
        try await shell.connect(to: "pve1")
      } catch .hostKeyUnknown(let offer) { try await shell.trust(offer) }
      let result = try await shell.run("echo in", on: "pve1")
      #expect(result.text == "in\n")
      return nil
    } catch { return error }
  }

  @Test("TEST-10 ed25519 and ECDSA keys are taken", arguments: ["ed25519", "ecdsa"], [[], ["-m", "PEM"]])
  func kinds(kind: String, format: [String]) async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(kind, in: folder, more: format)
    #expect(try await attempt([key], show: key) == nil)
  }

  @Test("TEST-10 an RSA key works or says to use ed25519", arguments: [[], ["-m", "PEM"]])
  func rsa(format: [String]) async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey("rsa", in: folder, more: format)
    let error = try await attempt([key], show: key)
    guard let error else { return }
    #expect(error == .keyType(path: key.path, .rsa))
    #expect(error.userFacing("connect").advice.contains("ed25519"))
  }

  @Test(
    "TEST-10 an encrypted key opens with its passphrase only", arguments: ["ed25519", "ecdsa"], [[], ["-m", "PEM"]])
  func encrypted(kind: String, format: [String]) async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(kind, in: folder, passphrase: "correct horse", more: format)
    #expect(try await attempt([key], show: key, passphrase: "correct horse") == nil)
    #expect(try await attempt([key], show: key, passphrase: "wrong") == .passphraseWrong(path: key.path))
    #expect(try await attempt([key], show: key) == .passphraseNeeded(path: key.path))
  }

  @Test("TEST-10 a key that others may read is refused with the cure")
  func mode() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    chmod(key.path, 0o644)
    let error = try await attempt([key], show: key)
    #expect(error == .keyMode(path: key.path, mode: "644"))
    #expect(error?.userFacing("connect").advice == "chmod 600 \(key.path)")
  }

  @Test("TEST-10 a key that the server does not know is a denial that names the user")
  func denied() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let other = try TestKey(in: folder)
    let error = try await attempt([other], show: key)
    guard case .permissionDenied(let user, let tried) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(user == NSUserName())
    #expect(tried == ["key \(key.path)"])
    guard case .permissionDenied = try await attempt([key], show: key, user: "nobody-here") else {
      Issue.record("an unknown user was let in")
      return
    }
  }

  @Test("TEST-10 a file that is no key, or is not there, says so")
  func noKey() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    for (text, reason) in [("hello", "holds no private key"), (nil, "No such file")] {
      let path = folder.path + "/other"
      unlink(path)
      if let text {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        chmod(path, 0o600)
      }
      let shell = try SSHShell(
        settings: SSHSettings(
          nodes: [SSHNode(name: "pve1", address: "127.0.0.1", keyPath: path)],
          knownHostsPath: folder.path + "/known_hosts"))
      do throws(SSHError) {
        try await shell.connect(to: "pve1")
        Issue.record("connected with no key")
      } catch {
        guard case .keyFile(path, let why) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(why.contains(reason))
      }
    }
    #expect(try await attempt([key], show: nil) == .noKey)
  }

  @Test("TEST-10 an agent's keys are taken in turn", arguments: ["ed25519", "ecdsa"])
  func agent(kind: String) async throws {
    let folder = try TemporaryDirectory()
    let socket = folder.path + "/agent"
    let agent = try ChildProcess("/usr/bin/ssh-agent", ["-D", "-a", socket])
    defer { agent.killTree() }
    #expect(try await eventually { FileManager.default.fileExists(atPath: socket) })
    let stranger = try TestKey(in: folder)
    let key = try TestKey(kind, in: folder)
    for each in [stranger, key] {
      try Program.run("/usr/bin/ssh-add", ["-q", each.path], environment: ["SSH_AUTH_SOCK": socket])
    }
    #expect(try await attempt([key], show: nil, agent: socket) == nil)
    guard
      case .permissionDenied(_, ["2 of the agent's keys"]) = try await attempt(
        [try TestKey(in: folder)], show: nil, agent: socket)
    else {
      Issue.record("a stranger was let in")
      return
    }
  }

  @Test("TEST-10 an agent that does not answer ends with the time to connect")
  func deafAgent() async throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/agent"
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(listener, 4) == 0
      }
    }
    try #require(isBound)
    let server = try await SSHServer(authorised: [])
    let shell = try await Fixture.shell(
      [server.node("pve1")], folder, times: SSHTimes(connect: .milliseconds(800)), agent: path)
    await #expect(throws: SSHError.agent("it does not answer")) { try await shell.connect(to: "pve1") }
  }
}
