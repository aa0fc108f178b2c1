import Foundation
import JarvisAPI
import JarvisStorage
import JarvisTestSupport
import Testing

@testable import JarvisSafety

@Suite struct FreezeFileTests {
  /// A data directory, and clocks that only the test moves.
  struct Host {
    let temporary: TemporaryDirectory
    let wall = Mutable(noon)
    let uptime = Mutable<HostClock.Uptime?>(.init(boot: "one", seconds: 1_000))
    let file: FreezeFile

    init() throws {
      temporary = try TemporaryDirectory()
      let (wall, uptime) = (wall, uptime)
      file = FreezeFile(
        directory: DataDirectory(path: temporary.path),
        clock: HostClock(now: { wall.value }, uptime: { uptime.value }))
      try file.prepare()
    }

    func pass(_ seconds: TimeInterval) {
      wall.change { $0 += seconds }
      uptime.change { $0?.seconds += seconds }
    }

    /// What another process sees: nothing is kept in memory.
    var seen: Freeze? {
      FreezeFile(
        directory: DataDirectory(path: temporary.path),
        clock: HostClock(now: { [wall] in wall.value }, uptime: { [uptime] in uptime.value })
      ).state()
    }
  }

  @Test("FOUND-08 a freeze is on disk, owner-only, seen by every process and kept over restarts until it is lifted")
  func onDisk() throws {
    let host = try Host()
    #expect(host.seen == nil)
    try host.file.freeze(reason: "storm\u{1B}[31m", until: nil, by: "command line")
    let freeze = try #require(host.seen)
    #expect(freeze.reason == "storm" && freeze.by == "command line" && !freeze.unreadable && freeze.since == noon)
    var status = stat()
    #expect(stat(host.file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    host.wall.change { $0 += 365 * 86_400 }
    host.uptime.change { $0 = .init(boot: "two", seconds: 5) }
    #expect(host.seen != nil)
    try host.file.unfreeze(by: "screen")
    #expect(host.seen == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: host.temporary.path) == ["freeze.json"])
  }

  @Test("FOUND-08 an end holds by the wall clock; a clock set forward or back does not lift it early")
  func end() throws {
    let host = try Host()
    try host.file.freeze(reason: "storm", until: noon + 3_600, by: "screen")
    host.pass(3_599)
    #expect(host.seen != nil)
    host.pass(1)
    #expect(host.seen == nil)

    try host.file.freeze(reason: "storm", until: host.wall.value + 3_600, by: "screen")
    // Set forward by a day: of the hour nothing has passed.
    host.wall.change { $0 += 86_400 }
    #expect(host.seen != nil)
    host.pass(3_600)
    #expect(host.seen == nil)

    try host.file.freeze(reason: "storm", until: host.wall.value + 3_600, by: "screen")
    host.wall.change { $0 -= 86_400 }
    host.pass(3_600)
    #expect(host.seen != nil)
    host.pass(86_400)
    #expect(host.seen == nil)
  }

  @Test("FOUND-08 after another boot, or where the host tells no uptime, the wall clock decides")
  func otherBoot() throws {
    for uptime in [HostClock.Uptime(boot: "two", seconds: 3), nil] {
      let host = try Host()
      try host.file.freeze(reason: "storm", until: noon + 3_600, by: "screen")
      host.uptime.change { $0 = uptime }
      #expect(host.seen != nil)
      host.wall.change { $0 += 3_600 }
      #expect(host.seen == nil)
    }
  }

  static let garbage: [(name: String, text: String)] = [
    ("empty", ""), ("no JSON", "off"), ("half written", #"{"version":1,"state":"of"#),
    ("another version", #"{"version":2,"id":"a","state":"off","at":1,"reason":"","by":""}"#),
    ("unknown state", #"{"version":1,"id":"a","state":"maybe","at":1,"reason":"","by":""}"#),
    ("no state", #"{"version":1,"id":"a","at":1,"reason":"","by":""}"#), ("zeros", String(repeating: "\0", count: 100)),
    (
      "too long",
      #"{"version":1,"id":"a","state":"off","at":1,"reason":""# + String(repeating: "x", count: 70_000) + #"","by":""}"#
    ),
  ]

  @Test("FOUND-08 what cannot be read counts as frozen, and says what is wrong", arguments: garbage)
  func garbled(_ name: String, _ text: String) throws {
    let host = try Host()
    try Data(text.utf8).write(to: URL(fileURLWithPath: host.file.path))
    let freeze = try #require(host.seen, "\(name)")
    #expect(freeze.unreadable && freeze.reason.contains("freeze.json"))
    // A person lifts even that.
    try host.file.unfreeze(by: "command line")
    #expect(host.seen == nil)
  }

  @Test("FOUND-08 a file that is gone, is a directory, a link or a pipe, or that others may write counts as frozen")
  func notOurs() throws {
    let files = FileManager.default
    let host = try Host()
    let path = host.file.path
    let changes: [() throws -> Void] = [
      { try files.removeItem(atPath: path) },
      {
        try files.removeItem(atPath: path)
        try files.createDirectory(atPath: path, withIntermediateDirectories: false)
      },
      {
        try files.moveItem(atPath: path, toPath: path + ".else")
        try files.createSymbolicLink(atPath: path, withDestinationPath: path + ".else")
      },
      {
        try files.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
      },
      { #expect(chmod(path, 0o666) == 0) },
    ]
    for change in changes {
      try? files.removeItem(atPath: path)  // The one before may have left nothing.
      try host.file.prepare()
      #expect(host.seen == nil)
      try change()
      #expect(host.seen?.unreadable == true)
    }
  }

  @Test("FOUND-08 while two processes write, a reader never sees half a record")
  func concurrent() async throws {
    let host = try Host()
    let file = host.file
    try file.freeze(reason: "first", until: nil, by: "a")
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<2 {
        group.addTask {
          for round in 0..<50 {
            do { try file.freeze(reason: "\(writer)-\(round)", until: nil, by: "w") } catch { Issue.record(error) }
          }
        }
      }
      group.addTask {
        for _ in 0..<500 { #expect(file.state()?.unreadable == false) }
      }
    }
  }
}
