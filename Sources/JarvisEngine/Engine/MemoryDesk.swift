import Foundation
import JarvisAPI
import JarvisMemory
import JarvisSafety
import JarvisStorage

/// Memory for commands that need no engine: readers work beside a running one, writers take its place for a moment.
public struct MemoryDesk: Sendable {
  public let memory: MemoryStore
  private let data: DataStore

  /// - Parameter writing: takes the engine's role; refused while an engine runs.
  public static func open(_ options: EngineOptions, writing: Bool) throws(UserFacingError) -> MemoryDesk {
    let configuration = options.configuration
    let secrets = [
      configuration.cluster?.token, configuration.cluster?.token.split(separator: "=").last.map(String.init),
      configuration.claude?.apiKey, configuration.local?.apiKey,
    ].compactMap { $0 }
    let data: DataStore
    do {
      if let path = options.dataDirectory {
        let directory = DataDirectory(path: path)
        data =
          try writing
          ? DataStore.openForEngine(in: directory, migrations: Engine.migrations, now: options.now)
          : DataStore.openForReading(in: directory, migrations: Engine.migrations)
      } else {
        data = try DataStore.throwAway(under: options.temporaryDirectory, migrations: Engine.migrations)
      }
    } catch {
      guard case .locked = error.kind else { throw error.userFacing }
      throw UserFacingError(
        .configuration, attempted: "change what is remembered", reason: error.reason,
        advice: "say it to that Jarvis (\"remember that …\"), or stop it first")
    }
    let redactor = Redactor(salt: RedactionSalt.load(data.directory), known: secrets)
    return MemoryDesk(
      memory: MemoryStore(store: data, now: options.now, zone: options.zone, redact: { redactor.redact($0) }),
      data: data)
  }

  public func close() async throws(UserFacingError) {
    do {
      try await data.close()
    } catch {
      throw error.userFacing
    }
  }
}
