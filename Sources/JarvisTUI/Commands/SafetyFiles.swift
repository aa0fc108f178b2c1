import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSafety
import JarvisStorage

/// The data directory as the safety commands use it: beside a running engine, or without one.
struct SafetyFiles: Sendable {
  let directory: DataDirectory

  /// - Throws: `UserFacingError` for `--demo`, which keeps nothing.
  init(_ common: CommonOptions, environment: [String: String], for attempted: String) throws(UserFacingError) {
    guard !common.demo else {
      throw UserFacingError(
        .usage, attempted: attempted, reason: "the demo keeps no data", advice: "leave --demo out")
    }
    directory = DataDirectory(path: ConfigurationFile.dataDirectory(environment))
  }

  /// The kill switch; the directory is made where it is missing, so that a freeze may come before the first start.
  func freezeFile() throws(UserFacingError) -> FreezeFile {
    do {
      try directory.prepare()
    } catch {
      throw error.userFacing
    }
    return FreezeFile(directory: directory, clock: .linux(now: { Date() }))
  }

  /// Runs `body` on the database, opened for reading only.
  func reading<Value: Sendable>(_ body: @Sendable (DataStore) async throws -> Value) async throws -> Value {
    let store: DataStore
    do {
      store = try DataStore.openForReading(in: directory, migrations: Engine.migrations)
    } catch {
      throw error.userFacing
    }
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(store))
    } catch let error as StorageError {
      result = .failure(error.userFacing)
    } catch {
      result = .failure(error)
    }
    // Nothing was written through it: what closing it may say helps nobody.
    try? await store.close()
    return try result.get()
  }
}
