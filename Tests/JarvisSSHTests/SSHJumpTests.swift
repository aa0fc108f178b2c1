import Foundation
import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisSSH

@Suite("Jump hosts and shells on a real sshd", .enabled(if: SSHServer.obstacle == nil))
struct SSHJumpTests {
  @Test("TEST-10 a node behind a jump host is reached through it, with its own key and host key")
  func jump() async throws {
    let folder = try TemporaryDirectory()
    let outerKey = try TestKey(in: folder)
    let innerKey = try TestKey("ecdsa", in: folder)
    let outer = try await SSHServer(authorised: [outerKey])
    let inner = try await SSHServer(authorised: [innerKey], options: ["LogLevel VERBOSE"])
    let shell = try await Fixture.shell(
      [outer.node("gate", key: outerKey), inner.node("pve1", key: innerKey, jump: "gate")], folder)
    let result = try await shell.run(
      "echo in; echo $SSH_CONNECTION; head -c 3000000 /dev/zero", on: "pve1",
      limits: ShellLimits(bytes: 4 << 20))
    #expect(result.standardOutput.count > 3_000_000)
    #expect(result.text.hasPrefix("in\n"))
    #expect(result.text.contains(" \(inner.port)"))
    for number in 0..<20 { #expect(try await shell.run("echo \(number)", on: "pve1").text == "\(number)\n") }
    // Gone with the jump host, and back with it.
    let port = outer.port
    let hostKey = outer.hostKeyPath
    let again = folder.path + "/host"
    for end in ["", ".pub"] { try FileManager.default.copyItem(atPath: hostKey + end, toPath: again + end) }
    outer.stop()
    do throws(SSHError) {
      _ = try await shell.run("echo lost", on: "pve1")
      Issue.record("reached without its jump host")
    } catch {
      #expect(error == .refused(place: "[127.0.0.1]:\(port)"))
    }
    let second = try await SSHServer(authorised: [outerKey], port: port, hostKeyFile: again)
    #expect(try await shell.run("echo back", on: "pve1").text == "back\n")
    second.stop()
  }

  @Test("TEST-10 a jump that leads nowhere or in a circle is an error that says so")
  func badJumps() async throws {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    let outer = try await SSHServer(authorised: [key])
    let shell = try await Fixture.shell([outer.node("gate", key: key)], folder)
    await shell.close()
    let port = try LoopbackPort.free()
    let other = try SSHShell(
      settings: SSHSettings(
        nodes: [
          outer.node("gate", key: key),
          SSHNode(name: "behind", address: "127.0.0.1", port: port, keyPath: key.path, jump: "gate"),
          SSHNode(name: "lost", address: "127.0.0.1", keyPath: key.path, jump: "nobody"),
          SSHNode(name: "a", address: "127.0.0.1", keyPath: key.path, jump: "b"),
          SSHNode(name: "b", address: "127.0.0.1", keyPath: key.path, jump: "a"),
        ], knownHostsPath: folder.path + "/known_hosts"))
    for (name, word) in [("behind", "jump host gate"), ("lost", "no jump host nobody"), ("a", "circle")] {
      do throws(SSHError) {
        try await other.connect(to: name)
        Issue.record("reached \(name)")
      } catch { #expect(error.userFacing("connect").reason.contains(word)) }
    }
  }

  @Test("TEST-10 a shell gets the terminal: its size, what is typed, and its end")
  func interactive() async throws {
    let fixture = try await Fixture()
    let terminal = try PseudoTerminal(columns: 91, rows: 33)
    let (sizes, resize) = AsyncStream.makeStream(of: RemoteTerminal.Size.self)
    let shell = fixture.shell
    let remote = RemoteTerminal(
      input: terminal.end, output: terminal.end, type: "xterm-256color",
      size: RemoteTerminal.Size(columns: 91, rows: 33), sizes: sizes)
    let running = Task { try await shell.runShell(on: "pve1", terminal: remote) }
    terminal.type("PS1=; stty size; echo type-$TERM\r")
    #expect(try await eventually { terminal.text.contains("33 91") && terminal.text.contains("type-xterm-256color") })
    resize.yield(RemoteTerminal.Size(columns: 120, rows: 50))
    #expect(
      try await eventually {
        terminal.type("stty size\r")
        return terminal.text.contains("50 120")
      })
    // Commands go on beside it.
    #expect(try await shell.run("echo beside", on: "pve1").text == "beside\n")
    // Interrupted by the key, not by us.
    terminal.type("sleep 777001\r")
    #expect(try await eventually { !ProcessTable.running("sleep 777001").isEmpty })
    terminal.type("\u{3}")
    #expect(try await eventually { ProcessTable.running("sleep 777001").isEmpty })
    terminal.type("exit 7\r")
    #expect(try await running.value == 7)
  }

  @Test("TEST-10 a cancelled shell hangs up on what runs in it")
  func cancelledShell() async throws {
    let fixture = try await Fixture()
    let terminal = try PseudoTerminal(columns: 80, rows: 24)
    let shell = fixture.shell
    let remote = RemoteTerminal(
      input: terminal.end, output: terminal.end, type: "xterm", size: RemoteTerminal.Size(columns: 80, rows: 24),
      sizes: AsyncStream { _ in })
    let running = Task { try await shell.runShell(on: "pve1", terminal: remote) }
    terminal.type("sleep 777002\r")
    #expect(try await eventually { !ProcessTable.running("sleep 777002").isEmpty })
    running.cancel()
    _ = await running.result
    #expect(try await eventually { ProcessTable.running("sleep 777002").isEmpty })
    #expect(try await shell.run("echo on", on: "pve1").text == "on\n")
  }

  @Test("TEST-10 a terminal that takes no output holds up nobody else")
  func stoppedTerminal() async throws {
    let fixture = try await Fixture()
    let terminal = try PseudoTerminal(columns: 80, rows: 24, reads: false)
    let shell = fixture.shell
    let remote = RemoteTerminal(
      input: terminal.end, output: terminal.end, type: "xterm", size: RemoteTerminal.Size(columns: 80, rows: 24),
      sizes: AsyncStream { _ in })
    let running = Task { try await shell.runShell(on: "pve1", terminal: remote) }
    terminal.type("yes\r")
    #expect(try await eventually { !ProcessTable.running("yes").isEmpty })
    for _ in 0..<5 { #expect(try await shell.run("echo hi", on: "pve1").text == "hi\n") }
    running.cancel()
    _ = await running.result
  }
}
