import Foundation
import JarvisAPI
import JarvisRouting

/// Files of the repository, and data beside it, that the tests read.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let routing = root.appendingPathComponent("Benchmarks/Routing")

  /// Data that is no part of the project: `JARVIS_TEST_DATA`, else `../shared/data` beside it; nil where there is none.
  static func data(_ path: String) -> URL? {
    let folder =
      ProcessInfo.processInfo.environment["JARVIS_TEST_DATA"].map { URL(fileURLWithPath: $0) }
      ?? root.deletingLastPathComponent().appendingPathComponent("shared/data")
    let file = folder.appendingPathComponent(path)
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  struct Case: Decodable {
    struct Past: Decodable {
      var role: String
      var text: String
    }
    var id: String
    var text: String
    var context: [Past]?
    var label: String
  }

  static func cases(_ file: URL) throws -> [Case] {
    try Data(contentsOf: file).split(separator: 0x0A).map { try JSONDecoder().decode(Case.self, from: $0) }
  }

  /// The demo cluster's names.
  static let inventory = Inventory(
    nodes: ["pve", "agent", "home", "backup"],
    named: [
      (100, "docker-host"), (101, "truenas"), (102, "pihole"), (103, "homeassistant"), (104, "nginx-proxy"),
      (105, "jarvis"), (106, "postgres"), (107, "grafana"), (108, "vaultwarden"), (109, "unifi"), (120, "win11"),
      (130, "jellyfin"), (140, "pbs"), (141, "offsite-sync"), (142, "syslog"), (9_000, "debian-13-tpl"),
    ].map { .init(vmid: $0.0, name: $0.1) }, storages: ["tank", "pbs", "local", "local-lvm"])

  /// What went wrong in a file of cases.
  struct Outcome {
    var needs = 0
    var talk = 0
    var missed: [String] = []
    var needless: [String] = []
    var balanced: Double {
      1 - (Double(missed.count) / Double(max(1, needs)) + Double(needless.count) / Double(max(1, talk))) / 2
    }
  }

  static func judge(_ cases: [Case]) -> Outcome {
    var outcome = Outcome()
    for line in cases {
      let past = (line.context ?? []).map {
        PastMessage(role: $0.role == "assistant" ? .assistant : .user, text: $0.text)
      }
      let route = Router.decide(line.text, in: RoutingContext(inventory: inventory, past: past)).decision.route
      if line.label == "conversational" {
        outcome.talk += 1
        if route != .qwen { outcome.needless.append(line.id) }
      } else {
        outcome.needs += 1
        if route == .qwen { outcome.missed.append(line.id) }
      }
    }
    return outcome
  }
}
