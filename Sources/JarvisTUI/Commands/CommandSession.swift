import Foundation
import JarvisAPI
import JarvisEngine
import JarvisHTTP
import JarvisSimulator

/// What a command runs on: the configured engine, or one on a simulated cluster.
struct CommandSession: Sendable {
  var options: EngineOptions
  let world: DemoWorld?

  /// Reads the configuration, or starts the simulation where `--demo` was given.
  /// - Throws: `ConfigurationError`, `UserFacingError`.
  static func open(_ common: CommonOptions, environment: [String: String], demo: DemoSettings = .init()) async throws
    -> CommandSession
  {
    if common.demo {
      let world = try await DemoWorld.start(demo)
      return CommandSession(
        options: EngineOptions(
          configuration: world.configuration, dataDirectory: nil,
          temporaryDirectory: NSTemporaryDirectory().trimmingSlash, readOnly: common.readOnly, simulated: true,
          shell: world.cluster.shell, environment: environment, zone: .current),
        world: world)
    }
    let file = ConfigurationFile(path: common.config, environment: environment)
    let configuration = try file.load()
    return CommandSession(
      options: EngineOptions(
        configuration: configuration, dataDirectory: ConfigurationFile.dataDirectory(environment),
        readOnly: common.readOnly, policyFile: file.policyPath, pricesFile: file.pricesPath,
        environment: environment, zone: .current),
      world: nil)
  }

  /// Refuses to go on without any cluster: for commands that are about it.
  func requireCluster(for attempted: String) throws {
    guard options.configuration.cluster == nil else { return }
    throw UserFacingError(
      .configuration, attempted: attempted, reason: "no cluster is configured",
      advice: "run `jarvis-tui init`, or try `jarvis-tui demo`")
  }

  /// Refuses to go on where there is neither a cluster nor a model: nothing could be answered.
  func requireAnything(for attempted: String) throws {
    guard options.configuration.isEmpty else { return }
    throw UserFacingError(
      .configuration, attempted: attempted, reason: "no cluster and no model is configured",
      advice: "run `jarvis-tui init`, or try `jarvis-tui --demo ask …`")
  }

  /// For commands that ask without an engine.
  var transport: CurlTransport { CurlTransport(environment: options.environment) }

  func close() async { await world?.stop() }
}

extension String {
  var trimmingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}

extension Configuration {
  /// True where Claude or a local model is set up.
  var hasModel: Bool { claude?.apiKey != nil || local != nil }

  /// True where there is neither a cluster nor a model to talk to.
  var isEmpty: Bool { cluster == nil && !hasModel }
}
