import Foundation
import JarvisAPI
import JarvisCost
import Testing

@testable import JarvisEngine

struct ConfigurationTests {
  let token = "root@pam!jarvis=01234567-89ab-cdef-0123-456789abcdef"
  let fingerprint = Array(repeating: "AB", count: 32).joined(separator: ":")

  private func read(_ yaml: String, _ environment: [String: String] = [:]) throws -> Configuration {
    var tree = SettingsTree()
    try tree.read(yaml: yaml, from: "config.yaml")
    try tree.overlay(environment: environment) { _ in "from-file\n" }
    return try ConfigurationReader(tree: tree).configuration()
  }

  private func problem(_ yaml: String, _ environment: [String: String] = [:]) -> ConfigurationError? {
    do {
      _ = try read(yaml, environment)
      return nil
    } catch {
      return error as? ConfigurationError
    }
  }

  @Test("DOCK-04 a whole file is read")
  func whole() throws {
    let configuration = try read(
      """
      cluster:
        nodes:
          - url: https://pve:8006/
            fingerprint: "\(fingerprint)"
            node: pve
          - https://agent:8006
        token: "\(token)"
        poll: 5
      claude:
        api_key: sk-test
        fast: claude-haiku-5-5
      local:
        url: http://127.0.0.1:9931/
      budget:
        daily: 2.5
        weekly: 12
        monthly: 0
        at_limit: stop
      screen:
        theme: mono
        reduced_motion: yes
      log:
        level: debug
      timezone: Europe/Berlin
      """)
    #expect(configuration.cluster?.entrances.count == 2)
    #expect(configuration.cluster?.entrances[0].fingerprint == fingerprint)
    #expect(configuration.cluster?.pollInterval == 5)
    #expect(configuration.claude?.apiKey == "sk-test")
    #expect(configuration.local?.url == "http://127.0.0.1:9931")
    #expect(
      configuration.budget
        == BudgetLimits(day: MicroDollars(2_500_000), week: MicroDollars(12_000_000), atLimit: .stop))
    #expect(configuration.screen.reducedMotion)
    #expect(configuration.log.level == .debug)
    #expect(configuration.timeZone?.identifier == "Europe/Berlin")
  }

  @Test("DOCK-04 nothing configured is a valid configuration")
  func empty() throws {
    #expect(try read("") == Configuration())
    #expect(try read("cluster:\n").cluster == nil)
    #expect(try read("# only a comment\n").claude == nil)
  }

  @Test("DOCK-04 an unknown key is refused with its line and a suggestion")
  func unknownKey() {
    let error = problem("cluster:\n  tokn: x\n")
    #expect(error?.line == 2)
    #expect(error?.problem == "unknown key 'tokn' in 'cluster'")
    #expect(error?.advice == "did you mean token?")
    #expect(problem("screens:\n  theme: x\n")?.advice == "did you mean screen?")
    #expect(problem("cluster:\n  nodes:\n    - ulr: https://a:8006\n")?.line == 3)
    // What the same thing is called elsewhere leads to its name here, misspelt or not.
    #expect(problem("cluster:\n  adress: https://pve:8006\n")?.advice == "did you mean nodes?")
    #expect(problem("cluster:\n  nodes:\n    - adress: https://a:8006\n")?.advice == "did you mean url?")
    #expect(problem("claude:\n  key: x\n")?.advice == "did you mean api_key?")
    #expect(problem("proxmox:\n  token: x\n")?.advice == "did you mean cluster?")
  }

  @Test(
    "DOCK-04 bad values are refused in words that help",
    arguments: [
      ("cluster:\n  nodes: [https://pve:8006]\n  token: secret", "USER@REALM!ID=UUID"),
      ("cluster:\n  nodes: [http://pve:8006]\n  token: TOKEN", "https://pve:8006"),
      ("cluster:\n  nodes: [https://pve:8006]\n", "'cluster.token' is not"),
      ("cluster:\n  token: TOKEN\n", "names no address"),
      ("cluster:\n  nodes: [https://pve:8006]\n  token: TOKEN\n  fingerprint: AB:CD", "SHA-256"),
      ("budget:\n  daily: much", "number"), ("budget:\n  at_limit: ask", "one of qwen, stop"),
      ("timezone: Mars/Olympus", "names no zone"),
      ("log:\n  level: loud", "one of"),
      ("screen:\n  mouse: maybe", "true or false"), ("a: [b", "not valid YAML"),
      ("local:\n  url: 127.0.0.1", "address"),
      ("cluster: 3", "key: value"), ("- a\n- b", "key: value"),
    ])
  func badValues(_ yaml: String, _ words: String) {
    let error = problem(yaml.replacingOccurrences(of: "TOKEN", with: token))
    #expect(error?.problem.contains(words) == true, "\(String(describing: error))")
  }

  @Test("DOCK-04 the environment lies over the file, secrets also come from files")
  func environment() throws {
    let configuration = try read(
      "local:\n  url: http://127.0.0.1:1\n",
      [
        "JARVIS_LOCAL_URL": "http://127.0.0.1:2", "JARVIS_CLAUDE_API_KEY_FILE": "/run/secrets/key",
        "JARVIS_PVE_URL": "https://a:8006, https://b:8006", "JARVIS_PVE_TOKEN": token,
        "JARVIS_PVE_FINGERPRINT": fingerprint,
      ])
    #expect(configuration.local?.url == "http://127.0.0.1:2")
    #expect(configuration.claude?.apiKey == "from-file")
    #expect(configuration.cluster?.entrances.map(\.url) == ["https://a:8006", "https://b:8006"])
    #expect(configuration.cluster?.entrances.allSatisfy { $0.fingerprint == fingerprint } == true)
  }

  @Test("DOCK-03 a file that others can read is refused with the chmod that mends it; what is written is owner-only")
  func permissions() throws {
    let folder = NSTemporaryDirectory() + "jarvis-config-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }  // a left-over temporary folder harms nobody
    let file = ConfigurationFile(path: folder + "/config.yaml", environment: [:])
    let configuration = Configuration(
      cluster: ClusterConfiguration(
        entrances: [.init(url: "https://pve:8006", fingerprint: fingerprint, node: "pve")], token: token,
        authority: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
      claude: ClaudeConfiguration(apiKey: "sk-\"quoted\\"),
      local: LocalModelConfiguration(url: "http://127.0.0.1:9931", model: "qwen"))
    try file.write(ConfigurationText.yaml(configuration))
    #expect(try file.load() == configuration)
    var status = stat()
    #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    try file.write(ConfigurationText.yaml(Configuration()))
    #expect(FileManager.default.fileExists(atPath: file.path + ".before"))
    #expect(chmod(file.path, 0o644) == 0)
    #expect(throws: ConfigurationError.self) { try file.load() }
    do {
      _ = try file.load()
    } catch let error as ConfigurationError {
      #expect(error.advice == "chmod 600 \(file.path)")
    }
    let directory = (file.path as NSString).deletingLastPathComponent
    do {
      _ = try ConfigurationFile(path: directory, environment: [:]).load()
      Issue.record("a directory was taken for a configuration")
    } catch let error as ConfigurationError {
      #expect(error.problem == "is a directory" && !error.advice.contains("chmod"))
    }
  }
}
