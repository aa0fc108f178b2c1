import Foundation
import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisSSH

@Suite("Faults between Jarvis and a real sshd", .enabled(if: SSHServer.obstacle == nil))
struct SSHFaultTests {
  private struct Proxied {
    let folder: TemporaryDirectory
    let server: SSHServer
    let proxy: FaultProxy
    let shell: SSHShell

    init(times: SSHTimes = SSHTimes()) async throws {
      folder = try TemporaryDirectory()
      let key = try TestKey(in: folder)
      server = try await SSHServer(authorised: [key])
      proxy = try FaultProxy(to: server.port)
      shell = try await Fixture.shell([server.node("pve1", key: key, port: proxy.port)], folder, times: times)
    }
  }

  private func failure(_ shell: SSHShell, _ command: String = "echo in") async -> SSHError? {
    do throws(SSHError) {
      _ = try await shell.run(command, on: "pve1")
      return nil
    } catch { return error }
  }

  @Test("TEST-10 nobody listening is a refusal")
  func refused() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let port = try LoopbackPort.free()
    let node = SSHNode(name: "pve1", address: "127.0.0.1", port: port, keyPath: key.path)
    let shell = try SSHShell(settings: SSHSettings(nodes: [node], knownHostsPath: folder.path + "/known_hosts"))
    #expect(await failure(shell) == .refused(place: "[127.0.0.1]:\(port)"))
    await #expect(throws: UserFacingError.self) {
      try await shell.execute("true", on: "nowhere", limits: ShellLimits())
    }
  }

  @Test("TEST-10 a host that accepts and stays silent costs its time to connect, and no more")
  func silent() async throws {
    let proxied = try await Proxied(times: SSHTimes(connect: .milliseconds(600)))
    proxied.proxy.stall()
    await proxied.shell.close()
    let start = ContinuousClock.now
    #expect(await failure(proxied.shell) == .timeout(.connect))
    #expect(start.duration(to: .now) < .seconds(3))
  }

  @Test("TEST-10 a dropped connection is made anew, and nothing is said of it")
  func reconnects() async throws {
    let proxied = try await Proxied()
    #expect(try await proxied.shell.run("echo 1", on: "pve1").text == "1\n")
    let before = proxied.proxy.accepted
    proxied.proxy.cut()
    #expect(try await proxied.shell.run("echo 2", on: "pve1").text == "2\n")
    #expect(proxied.proxy.accepted == before + 1)
  }

  @Test("TEST-10 one connection is kept for many commands")
  func keptConnection() async throws {
    let proxied = try await Proxied()
    _ = try await proxied.shell.run("true", on: "pve1")
    let before = proxied.proxy.accepted
    try await withThrowingTaskGroup(of: ShellResult.self) { group in
      for number in 0..<30 {
        group.addTask { try await proxied.shell.run("sleep 0.05; echo \(number)", on: "pve1") }
      }
      var seen = Set<String>()
      for try await result in group { seen.insert(result.text) }
      #expect(seen.count == 30)
    }
    #expect(proxied.proxy.accepted == before)
  }

  @Test("TEST-10 a server gone in mid-command is an error that says it may have run, and is not repeated")
  func goneMidCommand() async throws {
    let proxied = try await Proxied()
    let file = proxied.folder.path + "/ran"
    let shell = proxied.shell
    let running = Task { await failure(shell, "echo run >> \(file); sleep 600") }
    #expect(try await eventually { FileManager.default.fileExists(atPath: file) })
    proxied.proxy.cut()
    guard case .dropped(_, mayHaveRun: true)? = await running.value else {
      Issue.record("\(String(describing: await running.value))")
      return
    }
    #expect(try await shell.run("cat \(file)", on: "pve1").text == "run\n")
  }

  @Test("TEST-10 a server that stops answering is given up, and the command, not begun, runs on a new connection")
  func stalled() async throws {
    let proxied = try await Proxied(times: SSHTimes(connect: .milliseconds(500), response: .milliseconds(500)))
    _ = try await proxied.shell.run("true", on: "pve1")
    let before = proxied.proxy.accepted
    proxied.proxy.stall()
    let shell = proxied.shell
    let running = Task { await failure(shell) }
    #expect(try await eventually { proxied.proxy.accepted > before })
    #expect(await running.value == .timeout(.connect))
    proxied.proxy.stall(false)
    #expect(await failure(shell) == nil)
  }

  @Test("TEST-10 an idle connection is asked for a sign of life, and given up without one")
  func keepAlive() async throws {
    let proxied = try await Proxied(
      times: SSHTimes(connect: .seconds(5), response: .seconds(3), keepAlive: .milliseconds(100)))
    _ = try await proxied.shell.run("true", on: "pve1")
    let before = proxied.proxy.bytes
    #expect(try await eventually { proxied.proxy.bytes > before + 500 })
    // Still the same connection, and of use.
    let accepted = proxied.proxy.accepted
    #expect(await failure(proxied.shell) == nil)
    #expect(proxied.proxy.accepted == accepted)
    proxied.proxy.stall()
    #expect(try await eventually { await !proxied.shell.isConnected(to: "pve1") })
  }

  @Test("TEST-10 a server's own question for a sign of life is answered while idle")
  func serverAsks() async throws {
    let fixture = try await Fixture(options: ["ClientAliveInterval 1", "ClientAliveCountMax 1"])
    _ = try await fixture.shell.run("true", on: "pve1")
    let before = fixture.server.log.count { $0.contains("Timeout") }
    // sshd ends a client that leaves a question without an answer: after about two seconds.
    let start = ContinuousClock.now
    #expect(try await eventually { start.duration(to: .now) > .seconds(4) })
    #expect(await fixture.shell.isConnected(to: "pve1"))
    #expect(fixture.server.log.count { $0.contains("Timeout") } == before)
    #expect(try await fixture.shell.run("echo on", on: "pve1").text == "on\n")
    #expect(fixture.server.log.count { $0.contains("Accepted publickey") } == 1)
  }

  @Test("TEST-10 on many nodes each has its own result, and a dead one costs its own time only")
  func fanOut() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let first = try await SSHServer(authorised: [key])
    let second = try await SSHServer(authorised: [key])
    let dead = try FaultProxy(to: first.port)
    let times = SSHTimes(connect: .seconds(2))
    let shell = try await Fixture.shell(
      [
        first.node("pve1", key: key), second.node("pve2", key: key), first.node("dead", key: key, port: dead.port),
      ], folder, times: times)
    await shell.close()
    dead.stall()
    let start = ContinuousClock.now
    let results = await shell.execute("echo up", onEach: ["pve1", "pve2", "dead", "nowhere"])
    #expect(start.duration(to: .now) < .seconds(4))
    #expect(try results["pve1"]?.get().text == "up\n")
    #expect(try results["pve2"]?.get().text == "up\n")
    #expect(throws: UserFacingError.self) { try results["dead"]?.get() }
    #expect(throws: UserFacingError.self) { try results["nowhere"]?.get() }
  }

  @Test("TEST-10 something that is no SSH server is told from a silent one")
  func noSSH() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let server = try await SSHServer(authorised: [key])
    let proxy = try FaultProxy(to: server.port)
    let node = server.node("pve1", key: key, port: proxy.port)
    let shell = try SSHShell(settings: SSHSettings(nodes: [node], knownHostsPath: folder.path + "/known_hosts"))
    let attempt = Task { await failure(shell) }
    server.stop()
    _ = await attempt.value
    guard case .handshake? = await failure(shell) else {
      Issue.record("\(String(describing: await failure(shell)))")
      return
    }
  }
}
