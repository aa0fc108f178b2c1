import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSimulator

/// How the simulated world behaves.
struct DemoOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Speed of the simulated models' speech.", valueName: "n")) var tokensPerSecond: Int?
  @Option(help: ArgumentHelp("Seed of the simulated cluster; the same seed lives the same life.", valueName: "n"))
  var seed: UInt64?

  /// Fastest speech that a stream is paced for.
  static let maximumTokensPerSecond = 100_000

  mutating func validate() throws {
    if let tokensPerSecond, !(1...Self.maximumTokensPerSecond).contains(tokensPerSecond) {
      throw ValidationError("--tokens-per-second must be from 1 to \(Self.maximumTokensPerSecond)")
    }
  }
}

/// The same as a plain value: parsed options cannot be made by hand.
struct DemoSettings: Sendable {
  var tokensPerSecond: Int?
  var seed: UInt64?
}

extension DemoOptions {
  var settings: DemoSettings { DemoSettings(tokensPerSecond: tokensPerSecond, seed: seed) }
}

/// Everything that `demo` pretends, on loopback: a cluster, Claude, a local model.
struct DemoWorld: Sendable {
  let cluster: Simulation
  let claude: SimulatedServer
  let local: SimulatedServer
  /// The key that the simulated Claude accepts.
  static let key = "demo-key"

  static func start(_ options: DemoSettings) async throws(UserFacingError) -> DemoWorld {
    do {
      let cluster = try await Simulation.start(
        Simulation.Options(seed: options.seed ?? .random(in: 1...UInt64.max), ownAddresses: true))
      let pace = options.tokensPerSecond.map { ModelPace(first: .zero, piece: .seconds(1) / $0) } ?? .natural
      let claude = try await SimulatedServer.start(AnthropicService(key: key, pace: pace), on: cluster.loop)
      let local = try await SimulatedServer.start(OpenAICompatibleService(pace: pace), on: cluster.loop)
      return DemoWorld(cluster: cluster, claude: claude, local: local)
    } catch {
      throw UserFacingError(
        .unreachable, attempted: "start the simulated cluster", reason: "\(error)",
        advice: "check that programs may listen on 127.0.0.0/8")
    }
  }

  /// The configuration that `init` would have written for this world.
  var configuration: Configuration {
    Configuration(
      cluster: ClusterConfiguration(
        entrances: cluster.entrances.map { .init(url: $0.url, node: $0.node) }, token: cluster.token,
        authority: cluster.authorityPEM,
        pollInterval: Self.pollInterval),
      claude: ClaudeConfiguration(apiKey: Self.key, url: claude.url), local: LocalModelConfiguration(url: local.url))
  }

  /// Seconds; quicker than on a real cluster, so that the demo is seen to live.
  private static let pollInterval: TimeInterval = 2

  func stop() async {
    await claude.stop()
    await local.stop()
    await cluster.stop()
  }
}
