import Foundation
import JarvisSSH
import JarvisTestSupport

/// The measurements of `jarvis-bench ssh`. What is compared is timed in turns, so that a busy machine burdens all alike.
struct SSHMeasurement {
  let execs: Int
  let rounds: Int

  func summary() async throws -> String {
    let folder = try TemporaryDirectory()
    let key = try TestKey(in: folder)
    var servers: [SSHServer] = []
    for _ in 0..<4 { servers.append(try await SSHServer(authorised: [key])) }
    defer { for server in servers { server.stop() } }
    let names = servers.indices.map { "node\($0 + 1)" }
    let known = folder.path + "/known_hosts"
    let shell = try SSHShell(
      settings: SSHSettings(
        nodes: zip(names, servers).map {
          SSHNode(name: $0, address: "127.0.0.1", port: $1.port, user: $1.user, keyPath: key.path)
        }, knownHostsPath: known))
    for name in names { try await trust(name, shell) }
    let warm = try await warm(shell, names[0], servers[0], key, known)
    let fan = try await fanOut(shell, names)
    let cut = try await cut(shell, names[0])
    let growth = try await growth(shell, names[0])
    return "{\"summary\":{\((warm + fan + cut + growth).map { "\"\($0)\":\($1)" }.joined(separator: ","))}}"
  }

  /// The servers are our own, made a moment ago.
  private func trust(_ node: String, _ shell: SSHShell) async throws {
    do { try await shell.connect(to: node) } catch {
      guard case .hostKeyUnknown(let offer) = error else { throw error }
      try await shell.trust(offer)
    }
  }

  private typealias Figures = [(String, String)]

  /// `exec true` beside the same exchange by libssh2 alone, and beside a new `ssh`.
  private func warm(
    _ shell: SSHShell, _ node: String, _ server: SSHServer, _ key: TestKey, _ known: String
  ) async throws -> Figures {
    let raw = try RawSession(port: server.port, user: server.user, keyPath: key.path)
    var ours: [Duration] = []
    var bare: [Duration] = []
    var client: [Duration] = []
    for round in 0..<rounds {
      ours.append(try await time { _ = try await shell.run("true", on: node) })
      bare.append(try await time { try raw.exchange("true") })
      // A process each: a tenth of the rounds is enough.
      guard round % 10 == 0 else { continue }
      client.append(
        try await time {
          try Program.run(
            "/usr/bin/ssh",
            [
              "-F", "none", "-i", key.path, "-p", "\(server.port)", "-o", "BatchMode=yes", "-o",
              "UserKnownHostsFile=\(known)", "\(server.user)@127.0.0.1", "true",
            ])
        })
    }
    let (exec, exchange, ssh) = (median(ours), median(bare), median(client))
    return [
      ("exec_true_p50_ms", text(exec)), ("raw_exchange_p50_ms", text(exchange)), ("ssh_true_p50_ms", text(ssh)),
      ("exec_to_raw", text(exec / exchange)), ("ssh_to_exec", text(ssh / exec)),
    ]
  }

  /// The same on four nodes at once, beside the slowest of them alone.
  private func fanOut(_ shell: SSHShell, _ nodes: [String]) async throws -> Figures {
    let command = "sleep 0.5; uptime"
    var ratios: [Double] = []
    for _ in 0..<5 {
      var slowest = 0.0
      for node in nodes {
        slowest = max(slowest, milliseconds(try await time { _ = try await shell.run(command, on: node) }))
      }
      let all = try await time {
        for (_, result) in await shell.execute(command, onEach: nodes) { _ = try result.get() }
      }
      ratios.append(milliseconds(all) / slowest)
    }
    return [("four_nodes_to_slowest", text(ratios.sorted()[2]))]
  }

  /// 100 MB of output under a limit of 1 MB.
  private func cut(_ shell: SSHShell, _ node: String) async throws -> Figures {
    let before = ProcessTable.residentBytes
    var peak = before
    let watch = Task {
      var highest = before
      while !Task.isCancelled {
        highest = max(highest, ProcessTable.residentBytes)
        // Ends the watch, which is what it is for.
        try? await Task.sleep(for: .milliseconds(5))
      }
      return highest
    }
    var held = 0
    let took = try await time {
      let result = try await shell.run(
        "head -c 100000000 /dev/zero", on: node, limits: ShellLimits(bytes: 1 << 20, time: .seconds(120)))
      guard result.truncated, result.exitCode == 0 else { throw CocoaError(.fileReadCorruptFile) }
      held = result.standardOutput.count
    }
    watch.cancel()
    peak = max(peak, await watch.value)
    return [
      ("cut_100mb_ms", text(milliseconds(took))), ("cut_100mb_held_bytes", "\(held)"),
      ("cut_100mb_peak_growth_kib", "\((peak - before) / 1_024)"),
    ]
  }

  private func growth(_ shell: SSHShell, _ node: String) async throws -> Figures {
    for _ in 0..<min(500, execs) { _ = try await shell.run("true", on: node) }
    let memory = ProcessTable.residentBytes
    let descriptors = ProcessTable.openDescriptors
    for _ in 0..<execs { _ = try await shell.run("true", on: node) }
    return [
      ("execs", "\(execs)"), ("growth_kib", "\((ProcessTable.residentBytes - memory) / 1_024)"),
      ("growth_descriptors", "\(ProcessTable.openDescriptors - descriptors)"),
    ]
  }

  private func time(_ body: () async throws -> Void) async throws -> Duration {
    let start = ContinuousClock.now
    try await body()
    return start.duration(to: .now)
  }

  private func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
  }

  private func median(_ times: [Duration]) -> Double { milliseconds(times.sorted()[times.count / 2]) }

  private func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
