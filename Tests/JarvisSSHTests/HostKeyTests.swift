import Foundation
import JarvisTestSupport
import Testing

@testable import JarvisSSH

@Suite("Host keys of a real sshd", .enabled(if: SSHServer.obstacle == nil))
struct HostKeyTests {
  private func offer(_ shell: SSHShell) async -> SSHError? {
    do throws(SSHError) {
      try await shell.connect(to: "pve1")
      return nil
    } catch { return error }
  }

  @Test("FOUND-08 first contact is refused with the fingerprint that ssh-keygen shows, and goes on after consent")
  func firstContact() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let server = try await SSHServer(authorised: [key])
    let file = folder.path + "/state/known_hosts"
    let shell = try SSHShell(
      settings: SSHSettings(nodes: [server.node("pve1", key: key)], knownHostsPath: file))
    guard case .hostKeyUnknown(let offer) = await offer(shell) else {
      Issue.record("the unknown key was not refused")
      return
    }
    let shown = try Program.run("/usr/bin/ssh-keygen", ["-lf", server.hostKeyPath + ".pub"])
    #expect(shown.contains(offer.key.fingerprint))
    #expect(offer.known.isEmpty)
    #expect(await shell.hostKeyOffers == [offer])
    #expect(!FileManager.default.fileExists(atPath: file))
    #expect(!server.log.contains { $0.contains("Accepted") })

    try await shell.trust(offer)
    #expect(await shell.hostKeyOffers.isEmpty)
    #expect(try await shell.run("echo in", on: "pve1").text == "in\n")
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o600)
    // OpenSSH itself reads what was written.
    let found = try Program.run("/usr/bin/ssh-keygen", ["-F", "[127.0.0.1]:\(server.port)", "-f", file])
    #expect(found.contains(offer.key.base64))
  }

  @Test("FOUND-08 a changed key is refused until it is pinned anew")
  func changed() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let first = try await SSHServer(authorised: [key])
    let shell = try await Fixture.shell([first.node("pve1", key: key)], folder)
    let old = try await shell.run("echo 1", on: "pve1")
    #expect(old.text == "1\n")
    let port = first.port
    first.stop()
    let second = try await SSHServer(authorised: [key], port: port)
    await shell.close()
    guard case .hostKeyChanged(let offer) = await offer(shell) else {
      Issue.record("the changed key was not refused")
      return
    }
    #expect(offer.known.count == 1)
    #expect(offer.known.first != offer.key)
    #expect(!second.log.contains { $0.contains("Accepted") })
    try await shell.trust(offer)
    #expect(try await shell.run("echo 2", on: "pve1").text == "2\n")
  }

  @Test("FOUND-08 of several host keys the pinned kind is asked for")
  func pinnedKind() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let server = try await SSHServer(authorised: [key], hostKeys: ["ed25519", "ecdsa"])
    let ecdsa = try String(contentsOfFile: server.folder.path + "/host_ecdsa.pub", encoding: .utf8)
    let file = folder.path + "/known_hosts"
    try "[127.0.0.1]:\(server.port) \(ecdsa)".write(toFile: file, atomically: true, encoding: .utf8)
    try Program.run("/usr/bin/ssh-keygen", ["-q", "-H", "-f", file])
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("|1|"))
    let shell = try SSHShell(
      settings: SSHSettings(nodes: [server.node("pve1", key: key)], knownHostsPath: file))
    #expect(try await shell.run("echo hashed", on: "pve1").text == "hashed\n")
  }

  @Test("FOUND-08 a known_hosts that others may write is refused")
  func looseFile() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let server = try await SSHServer(authorised: [key])
    let file = folder.path + "/known_hosts"
    try Data().write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)
    let shell = try SSHShell(
      settings: SSHSettings(nodes: [server.node("pve1", key: key)], knownHostsPath: file))
    guard case .knownHosts(file, let reason) = await offer(shell) else {
      Issue.record("the loose file was accepted")
      return
    }
    #expect(reason.contains("666"))
  }
}
