import Foundation
import JarvisTestSupport
import Testing

@testable import JarvisSSH

@Suite("Commands over SSH against a real sshd", .enabled(if: SSHServer.obstacle == nil))
struct SSHExecTests {
  @Test("TEST-10 output, errors and exit code come apart")
  func streams() async throws {
    let fixture = try await Fixture()
    let result = try await fixture.shell.run("printf out; printf err >&2; exit 3", on: "pve1")
    #expect(result.text == "out")
    #expect(result.errorText == "err")
    #expect(result.exitCode == 3)
    #expect(result.signal == nil)
    #expect(!result.truncated && !result.timedOut)
  }

  @Test("TEST-10 a signal is told apart from an exit code")
  func signal() async throws {
    let fixture = try await Fixture()
    let result = try await fixture.shell.run("kill -s SEGV $$", on: "pve1")
    #expect(result.signal == "SEGV")
    #expect(result.exitCode == nil)
  }

  @Test("TEST-10 a command that waits for input gets its end")
  func input() async throws {
    let fixture = try await Fixture()
    let result = try await fixture.shell.run("cat; echo done", on: "pve1")
    #expect(result.text == "done\n")
  }

  @Test("TEST-10 binary output comes as it is")
  func binary() async throws {
    let fixture = try await Fixture()
    let result = try await fixture.shell.run("head -c 512 /dev/zero | tr '\\0' '\\377'; printf '\\0\\r\\n'", on: "pve1")
    #expect(result.standardOutput == [UInt8](repeating: 0xFF, count: 512) + [0, 13, 10])
  }

  @Test("TEST-10 what exceeds the limit is let go, the command runs to its end")
  func limit() async throws {
    let fixture = try await Fixture()
    let result = try await fixture.shell.run(
      "head -c 3000000 /dev/zero; exit 4", on: "pve1", limits: ShellLimits(bytes: 1_000))
    #expect(result.standardOutput.count == 1_000)
    #expect(result.truncated)
    #expect(result.exitCode == 4)
  }
}
