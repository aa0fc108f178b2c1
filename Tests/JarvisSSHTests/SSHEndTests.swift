import Foundation
import JarvisLock
import JarvisTestSupport
import Testing

@testable import JarvisSSH

@Suite("The end of commands on a real sshd", .enabled(if: SSHServer.obstacle == nil))
struct SSHEndTests {
  @Test(
    "TEST-10 a cancelled command is ended with its children, even where it ignores hang-up and TERM",
    arguments: ["", "trap '' HUP; ", "trap '' HUP TERM; "])
  func cancelled(prefix: String) async throws {
    let fixture = try await Fixture()
    let mark = "9\(UInt32.random(in: 100_000...999_999))"
    let shell = fixture.shell
    let running = Task { () -> SSHError? in
      do throws(SSHError) {
        _ = try await shell.run("\(prefix)sleep \(mark) & sleep \(mark); echo no", on: "pve1")
        return nil
      } catch { return error }
    }
    #expect(try await eventually { Self.sleepers(mark).count == 2 })
    running.cancel()
    #expect(await running.value == .cancelled(ended: true))
    #expect(Self.sleepers(mark).isEmpty)
    // The connection is of use as before.
    #expect(try await shell.run("echo on", on: "pve1").text == "on\n")
  }

  @Test("TEST-10 a command that takes too long is ended, and what it wrote is kept")
  func timeLimit() async throws {
    let fixture = try await Fixture()
    let mark = "8\(UInt32.random(in: 100_000...999_999))"
    let result = try await fixture.shell.run(
      "echo begun; echo err >&2; sleep \(mark)", on: "pve1", limits: ShellLimits(time: .seconds(3)))
    #expect(result.timedOut && !result.mayStillRun)
    #expect(result.text == "begun\n")
    #expect(result.errorText == "err\n")
    #expect(result.exitCode == nil)
    #expect(Self.sleepers(mark).isEmpty)
  }

  @Test("TEST-10 output without end stops at the time limit without being held")
  func endless() async throws {
    let fixture = try await Fixture()
    let before = ProcessTable.residentBytes
    let result = try await fixture.shell.run(
      "yes", on: "pve1", limits: ShellLimits(bytes: 100_000, time: .milliseconds(1_500)))
    #expect(result.timedOut && result.truncated && !result.mayStillRun)
    #expect(result.standardOutput.count == 100_000)
    #expect(ProcessTable.residentBytes - before < 16 << 20)
  }

  @Test("TEST-10 a command's loud neighbour does not keep it waiting")
  func loudNeighbour() async throws {
    let fixture = try await Fixture()
    let shell = fixture.shell
    let isOver = Guarded(false)
    let loud = Task {
      _ = try? await shell.run("yes", on: "pve1", limits: ShellLimits(bytes: 1_000, time: .seconds(120)))
      isOver.withLock { $0 = true }
    }
    for _ in 0..<5 { #expect(try await shell.run("echo hi", on: "pve1").text == "hi\n") }
    #expect(!isOver.withLock { $0 })
    loud.cancel()
    await loud.value
  }

  @Test("TEST-10 what left the process group may run on, and that is said where it is known")
  func leftTheGroup() async throws {
    let fixture = try await Fixture(times: SSHTimes(end: .milliseconds(700)))
    let mark = "7\(UInt32.random(in: 100_000...999_999))"
    // It holds the command's output open, so the channel does not end.
    let result = try await fixture.shell.run(
      "setsid sleep \(mark) & sleep \(mark)", on: "pve1", limits: ShellLimits(time: .milliseconds(300)))
    #expect(result.timedOut && result.mayStillRun)
    for process in Self.sleepers(mark) { kill(process, SIGKILL) }
    #expect(try await fixture.shell.run("echo on", on: "pve1").text == "on\n")
  }

  @Test("TEST-10 more commands than the queue holds are refused, and the rest wait their turn")
  func queue() async throws {
    let fixture = try await Fixture(bounds: SSHBounds(channels: 2, queue: 3))
    let shell = fixture.shell
    await withTaskGroup(of: SSHError?.self) { group in
      for _ in 0..<8 {
        group.addTask {
          do throws(SSHError) {
            _ = try await shell.run("sleep 0.3", on: "pve1")
            return nil
          } catch { return error }
        }
      }
      var refused = 0
      for await error in group {
        guard let error else { continue }
        #expect(error == .busy(limit: 3))
        refused += 1
      }
      #expect(refused == 3)
    }
  }

  @Test("TEST-10 a server that allows fewer sessions says so")
  func maxSessions() async throws {
    let fixture = try await Fixture(options: ["MaxSessions 1"])
    let shell = fixture.shell
    let first = Task { try await shell.run("sleep 2; echo 1", on: "pve1") }
    #expect(try await eventually { !ProcessTable.running("sleep 2; echo 1").isEmpty })
    await #expect(throws: SSHError.self) { try await shell.run("echo 2", on: "pve1") }
    #expect(try await first.value.text == "1\n")
  }

  @Test("TEST-10 two hundred commands leave neither memory nor descriptors behind")
  func growth() async throws {
    let fixture = try await Fixture()
    for _ in 0..<40 { _ = try await fixture.shell.run("true", on: "pve1") }
    let memory = ProcessTable.residentBytes
    let descriptors = ProcessTable.openDescriptors
    for _ in 0..<200 {
      let result = try await fixture.shell.run("true", on: "pve1")
      #expect(result.exitCode == 0)
    }
    #expect(ProcessTable.openDescriptors <= descriptors)
    #expect(ProcessTable.residentBytes - memory < 4 << 20)
  }

  /// The `sleep` processes themselves, without the shells that name them.
  private static func sleepers(_ mark: String) -> [Int32] {
    ProcessTable.running("sleep \(mark)").filter {
      (FileManager.default.contents(atPath: "/proc/\($0)/comm").map { String(decoding: $0, as: UTF8.self) })
        == "sleep\n"
    }
  }
}
