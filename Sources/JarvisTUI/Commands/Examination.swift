import Foundation
import JarvisAPI
import JarvisCluster
import JarvisCost
import JarvisEngine
import JarvisHTTP
import JarvisModels
import JarvisSSH
import JarvisSafety
import JarvisStorage

/// What `doctor` looks at, in order; a later check goes on where an earlier one failed.
struct Examination: Sendable {
  let common: CommonOptions
  let environment: [String: String]

  func run() async -> [Check] {
    var checks: [Check] = []
    let session: CommandSession
    do {
      session = try await CommandSession.open(common, environment: environment)
      let file = ConfigurationFile(path: common.config, environment: environment)
      let place =
        common.demo
        ? "the simulated cluster's" : file.exists ? file.path : "none at \(file.path); environment and defaults"
      checks.append(
        session.options.configuration.isEmpty
          ? Check(
            "configuration", .bad, "nothing is configured: no cluster, no model (\(place))",
            cure: "run `jarvis-tui init`, or try `jarvis-tui demo`", kind: .configuration)
          : Check("configuration", .good, place))
    } catch let error as ConfigurationError {
      let place = error.source + (error.line.map { ", line \($0)" } ?? "")
      return [
        Check("configuration", .bad, "\(error.problem) (\(place))", cure: error.advice, kind: .configuration),
        terminal(),
      ]
    } catch let error as UserFacingError {
      return [Check("configuration", error)] + [terminal()]
    } catch {
      return [Check("configuration", .bad, "\(error)", kind: .configuration)] + [terminal()]
    }
    checks.append(contentsOf: safety(session))
    checks += await cluster(session)
    checks += await HomeCheckup(session: session).run()
    checks += await shells(session)
    checks += await models(session)
    checks.append(prices(session))
    checks += await database(session)
    checks.append(terminal())
    await session.close()
    return checks
  }

  /// The policy file and the kill switch: either keeps Jarvis from what it is for.
  private func safety(_ session: CommandSession) -> [Check] {
    var checks: [Check] = []
    if let path = session.options.policyFile, FileManager.default.fileExists(atPath: path) {
      do throws(PolicyError) {
        _ = try PolicyFile(path: path).load()
        checks.append(Check("policy", .good, path))
      } catch {
        checks.append(Check("policy", error.userFacing))
      }
    }
    if let path = session.options.dataDirectory,
      FileManager.default.fileExists(atPath: DataDirectory(path: path).databasePath),
      let freeze = FreezeFile(directory: DataDirectory(path: path), clock: .linux(now: session.options.now)).state()
    {
      checks.append(
        Check(
          "kill switch", .less, "mutations are frozen: \(freeze.reason)", cure: "`jarvis-tui unfreeze` lifts it"))
    }
    return checks
  }

  private func cluster(_ session: CommandSession) async -> [Check] {
    guard let configuration = session.options.configuration.cluster else {
      return [Check("cluster", .less, "none is configured", cure: "run `jarvis-tui init`")]
    }
    do {
      let client = try ClusterAssembly.client(configuration, transport: session.transport, now: session.options.now)
      let found = try await client.discover()
      var checks = [
        Check(
          "cluster", .good,
          "\(found.name), Proxmox VE \(found.version), \(found.entrances.count) nodes, token \(found.rights.tokenID)")
      ]
      if found.rights.nothingGranted {
        checks.append(
          Check(
            "rights", .bad, "the token has no right at all",
            cure: "with privilege separation it needs an ACL of its own: see `jarvis-tui init`"))
      } else if found.rights.missing.isEmpty {
        checks.append(Check("rights", .good, "every right that Jarvis uses"))
      } else {
        for line in found.rights.blindness {
          checks.append(Check("rights", .less, line, cure: "grant it, or live without it"))
        }
        for line in found.rights.lockedTools {
          checks.append(Check("tools", .less, line, cure: "grant it, or leave those tools alone"))
        }
        let unusable = found.rights.unusableTools
        if !unusable.isEmpty {
          checks.append(
            Check(
              "tools", .less, "this token cannot use \(unusable.joined(separator: ", "))",
              cure: "`jarvis-tui init` shows the commands that grant what each needs"))
        }
      }
      for gap in found.gaps { checks.append(Check("cluster", .less, gap)) }
      checks.append(await clock(client, found))
      return checks
    } catch let error as ProxmoxError {
      return [Check("cluster", error.userFacing)]
    } catch {
      return [Check("cluster", .bad, "\(error)", cure: "run `jarvis-tui init`", kind: .configuration)]
    }
  }

  /// Seconds that this host's clock may differ from the cluster's before times on the screen mislead.
  private static let tolerableSkew: TimeInterval = 30

  private func clock(_ client: ProxmoxClient, _ found: ClusterDiscovery) async -> Check {
    guard let node = found.entrances.first?.node else { return Check("clock", .less, "no node to compare with") }
    do throws(ProxmoxError) {
      let skew = try await client.time(node).timeIntervalSinceNow
      let text = "\(Int(abs(skew).rounded())) s \(skew < 0 ? "ahead of" : "behind") node \(node)"
      return abs(skew) <= Self.tolerableSkew
        ? Check("clock", .good, text)
        : Check("clock", .bad, text, cure: "set both by NTP: ages and budgets depend on it")
    } catch {
      return Check("clock", .less, "could not be compared: \(error.reason)")
    }
  }

  /// Every node that is set up for SSH, side by side: a dead one costs its own time-out only.
  private func shells(_ session: CommandSession) async -> [Check] {
    if session.options.shell != nil { return [Check("ssh", .good, "the simulated nodes' own")] }
    guard let configuration = session.options.configuration.ssh else {
      return [
        Check(
          "ssh", .less, "not set up: no temperatures, no commands on nodes, no journal without its right",
          cure: "see `ssh` in docs/configuration.md")
      ]
    }
    do {
      let shell = try SSHAssembly.shell(
        configuration, dataDirectory: session.options.dataDirectory ?? "/nonexistent", environment: environment)
      let checks = await withTaskGroup(of: (Int, Check).self) { group in
        for (index, node) in configuration.nodes.enumerated() {
          group.addTask { (index, await Self.check(node, shell)) }
        }
        return await group.reduce(into: [(Int, Check)]()) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
      }
      await shell.close()
      return checks
    } catch {
      return [Check("ssh", error)]
    }
  }

  private static func check(_ node: SSHNode, _ shell: SSHShell) async -> Check {
    do throws(SSHError) {
      try await shell.connect(to: node.name)
      return Check("ssh \(node.name)", .good, "\(node.user)@\(node.address)")
    } catch {
      return Check("ssh \(node.name)", error.userFacing("connect to \(node.name)"))
    }
  }

  private func models(_ session: CommandSession) async -> [Check] {
    let (claude, _, qwen) = Engine.models(session.options.configuration, session.transport, session.options)
    async let claudeHealth = claude?.checkHealth()
    async let qwenHealth = qwen?.checkHealth()
    return [
      check("claude", await claudeHealth, cure: "set claude.api_key, or JARVIS_CLAUDE_API_KEY"),
      check("local model", await qwenHealth, cure: "set local.url, or JARVIS_LOCAL_URL"),
    ]
  }

  private func check(_ name: String, _ health: ProviderHealth?, cure: String) -> Check {
    guard let health else { return Check(name, .less, "not configured", cure: cure) }
    switch health.state {
    case .ready: return Check(name, .good, "\(health.model)\(health.window.map { ", window \($0) tokens" } ?? "")")
    case .unknown: return Check(name, .less, "\(health.model): state unknown")
    case .absent(let why): return Check(name, .less, why, cure: cure)
    case .out(let why):
      return Check(
        name, .bad, why, cure: "check the address, the key and the server",
        kind: health.isKeyRefused ? .configuration : .unreachable)
    case .unfit(let why): return Check(name, .bad, why, cure: "serve another model, or a larger window")
    }
  }

  private func prices(_ session: CommandSession) -> Check {
    do {
      let table = try PriceTable.embedded()
      let settings = session.options.configuration.claude ?? ClaudeConfiguration()
      let unpriced = [settings.fast, settings.strong].filter {
        table.price(of: TokenUsage(input: 1_000_000), model: $0, route: .claude, at: session.options.now()).amount
          == nil
      }
      return unpriced.isEmpty
        ? Check("prices", .good, "\(settings.fast) and \(settings.strong) are priced")
        : Check(
          "prices", .less, "no price for \(unpriced.joined(separator: ", "))", cure: "their calls are shown as unpriced"
        )
    } catch {
      return Check("prices", .bad, "\(error)")
    }
  }

  private func database(_ session: CommandSession) async -> [Check] {
    guard let path = session.options.dataDirectory else {
      return [Check("database", .good, "a throw-away one in the demo")]
    }
    let directory = DataDirectory(path: path)
    guard FileManager.default.fileExists(atPath: directory.databasePath) else {
      do throws(StorageError) {
        try directory.requireUsable()
      } catch {
        return [Check("database", error.userFacing)]
      }
      return [Check("database", .good, "none yet; \(path) is made at the first start")]
    }
    do {
      let store = try DataStore.openForReading(in: directory, migrations: Engine.migrations)
      let verdict = try await store.checkIntegrity()
      try await store.close()
      switch verdict {
      case .sound: return [Check("database", .good, directory.databasePath)]
      case .damaged(let fault):
        return [
          Check(
            "database", .bad, fault, cure: "start once with --set-damaged-aside; the file is kept under a dated name")
        ]
      }
    } catch {
      return [Check("database", .bad, error.reason, cure: error.advice)]
    }
  }

  private func terminal() -> Check {
    let name = environment["TERM"] ?? ""
    if ["", "dumb", "unknown"].contains(name) {
      return Check(
        "terminal", .bad, "TERM is '\(name)'",
        cure: "use a real terminal, e.g. TERM=xterm-256color; `status` and `ask` work without")
    }
    return Check("terminal", .good, name + (environment["COLORTERM"].map { ", colours \($0)" } ?? ""))
  }
}
