import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSafety
import JarvisStorage

/// The data directory as the safety commands use it: beside a running engine, or without one; in the demo a throw-away
/// one that begins as a new installation does.
struct SafetyFiles: Sendable {
  let directory: DataDirectory
  let isThrowAway: Bool

  /// Runs `body` on the data directory.
  /// - Throws: `ConfigurationError` where the configuration that was named is none; what `body` throws.
  static func with<Value: Sendable>(
    _ common: CommonOptions, environment: [String: String],
    _ body: @escaping @Sendable (SafetyFiles) async throws -> Value
  ) throws -> Value {
    try common.checkNamedConfiguration(environment)
    guard common.demo else {
      let directory = DataDirectory(path: ConfigurationFile.dataDirectory(environment))
      return try blockingRun { try await body(SafetyFiles(directory: directory, isThrowAway: false)) }
    }
    Output.errorLine("[DEMO: throw-away data; no Jarvis but this command sees it]")
    return try blockingRun {
      let files = SafetyFiles(directory: DataDirectory(path: try throwAwayPath()), isThrowAway: true)
      let result = await Task {
        try await files.begin()
        return try await body(files)
      }.result
      // What is left in the temporary folder hides no result.
      try? FileManager.default.removeItem(atPath: files.directory.path)
      return try result.get()
    }
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

  /// False where no engine and no command ever wrote a kill switch here. What cannot be looked at may be there.
  var hasFreezeRecord: Bool {
    [directory.databasePath, FreezeFile(directory: directory, clock: .linux(now: { Date() })).path].contains { path in
      var facts = stat()
      return lstat(path, &facts) == 0 || errno != ENOENT
    }
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

  // MARK: Throw-away data

  /// A new directory that only its owner may enter.
  private static func throwAwayPath() throws(UserFacingError) -> String {
    let folder = NSTemporaryDirectory().trimmingSlash
    var template = Array((folder + "/jarvis-demo-XXXXXX").utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else {
      throw UserFacingError(
        .configuration, attempted: "make a throw-away directory in \(folder)", reason: String(cString: strerror(errno)),
        advice: "let TMPDIR name a folder that you may write")
    }
    return made
  }

  /// What an engine's first start leaves: the kill switch, off, and an audit without a row.
  private func begin() async throws {
    do {
      try freezeFile().prepare()
      let store = try DataStore.openForEngine(in: directory, migrations: Engine.migrations, now: { Date() })
      _ = try await AuditLog(store: store).recover(at: Date())
      try await store.close()
    } catch let error as StorageError {
      throw error.userFacing
    }
  }
}
