import JarvisTestSupport
import Testing

@Suite("Child processes of tests")
struct ChildProcessTests {
  @Test("TEST-12 a line that does not come is not waited for without end, and what came is told")
  func silent() async throws {
    let child = try ChildProcess("/bin/sh", ["-c", "echo ready; exec sleep 600"])
    defer { child.killTree() }
    try await child.line { $0 == "ready" }
    let error = await #expect(throws: ChildProcess.Silent.self) {
      try await child.line(within: .milliseconds(50)) { $0 == "done" }
    }
    #expect(error?.lines == ["ready"] && error?.description.contains("ready") == true)
  }

  @Test("TEST-12 a program that ends without the line ends the wait")
  func ended() async throws {
    let child = try ChildProcess("/bin/sh", ["-c", "echo no"])
    let error = await #expect(throws: ChildProcess.Ended.self) { try await child.line { $0 == "yes" } }
    #expect(error?.lines == ["no"])
  }
}
