import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSimulator

/// What a command runs on: the configured engine, or one on a simulated cluster.
struct CommandSession: Sendable {
  var options: EngineOptions
  let simulation: Simulation?

  /// Reads the configuration, or starts the simulation where `--demo` was given.
  /// - Throws: `ConfigurationError`, `UserFacingError`.
  static func open(_ common: CommonOptions, environment: [String: String], demo: DemoOptions = .init()) async throws -> CommandSession {
    if common.demo {
      let simulation = try await DemoAssembly.start(demo)
      return CommandSession(
        options: EngineOptions(
          configuration: DemoAssembly.configuration(simulation), dataDirectory: nil,
          temporaryDirectory: NSTemporaryDirectory().trimmingSlash, readOnly: common.readOnly, simulated: true,
          shell: simulation.shell, zone: .current),
        simulation: simulation)
    }
    let configuration = try ConfigurationFile(path: common.config, environment: environment).load()
    return CommandSession(
      options: EngineOptions(
        configuration: configuration, dataDirectory: ConfigurationFile.dataDirectory(environment), readOnly: common.readOnly,
        zone: .current),
      simulation: nil)
  }

  /// Refuses to go on without any cluster: for commands that are about it.
  func requireCluster(for attempted: String) throws {
    guard options.configuration.cluster == nil else { return }
    throw UserFacingError(
      .configuration, attempted: attempted, reason: "no cluster is configured",
      advice: "run `jarvis-tui init`, or try `jarvis-tui demo`")
  }

  func close() async { await simulation?.stop() }
}

extension String {
  var trimmingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
