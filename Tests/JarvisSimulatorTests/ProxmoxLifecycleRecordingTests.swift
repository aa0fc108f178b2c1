import Foundation
import JarvisAPI
import Testing

@testable import JarvisSimulator

/// Recorded lifecycles, played again: the call, the task's status at once, its end, its log.
@Suite(.enabled(if: RecordedData.available, Comment(rawValue: RecordedData.missing)))
struct ProxmoxLifecycleRecordingTests {
  /// Recorded lifecycles of methods that the simulator has, and what must hold of the guest before.
  enum Before: Sendable { case stopped(Int), running(Int), asItIs }
  static let lives: [(name: String, before: Before)] = [
    ("life-lxc-shutdown", .running(201)), ("life-lxc-start", .stopped(202)), ("life-lxc-stop", .running(202)),
    ("life-qm-resume", .running(110)), ("life-qm-shutdown", .running(100)), ("life-qm-start", .stopped(100)),
    ("life-qm-start-missing", .asItIs), ("life-qm-start-template", .asItIs), ("life-qm-stop-locked", .asItIs),
    ("life-qm-stop", .running(100)), ("life-qm-suspend", .running(110)), ("life-aptupdate", .asItIs),
  ]

  @Test("TEST-12 a lifecycle call, its task at once and at its end, and its log are as recorded", arguments: lives)
  func life(_ life: (name: String, before: Before)) async throws {
    let bench = try APIBench()
    switch life.before {
    case .stopped(let vmid): bench.cluster.update { $0.crash(vmid) }
    case .running(let vmid): bench.cluster.update { $0.run(vmid) }
    case .asItIs: break
    }
    let exchanges = try RecordedData.exchanges()
    func recorded(_ suffix: String) -> RecordedData.Exchange? { exchanges.first { $0.name == life.name + suffix } }
    let call = try #require(recorded(""))
    let answer = await bench.send(
      call.method, raw: call.path, body: call.requestBody, authorization: bench.header("full"))
    #expect(answer.status == call.status && answer.reason == call.reason)
    let upid = try #require(answer.data?.string)
    let theirs = try #require(call.data?.string)
    // Node, type, target and user of the task are those of the recording; process and times are its own.
    func identity(_ upid: String) -> [Substring] {
      let fields = upid.split(separator: ":", omittingEmptySubsequences: false)
      return fields.count == 9 ? [fields[1]] + fields[5...] : []
    }
    #expect(identity(upid) == identity(theirs))
    let node = try #require(upid.split(separator: ":").dropFirst().first)
    let path = "/nodes/\(node)/tasks/\(upid)"

    let once = try #require(recorded("-status-immediately")?.data?.object)
    let ours = try #require((await bench.send("GET", path + "/status")).data?.object)
    #expect(Set(ours.keys) == Set(once.keys))
    #expect(ours["status"] == once["status"])
    bench.clock.advance(60)
    let end = try #require(recorded("-status-final")?.data?.object)
    let ended = try #require((await bench.send("GET", path + "/status")).data?.object)
    #expect(Set(ended.keys) == Set(end.keys))
    for key in ["status", "exitstatus", "type", "id", "user", "tokenid", "node"] { #expect(ended[key] == end[key]) }
    if let log = recorded("-log") {
      let lines = try #require((await bench.send("GET", path + "/log")).data?.array)
      #expect(lines.last?["t"] == log.data?.array?.last?["t"])
    }
  }
}
