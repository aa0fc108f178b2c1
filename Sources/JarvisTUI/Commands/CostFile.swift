import Foundation
import JarvisCost
import JarvisEngine
import JarvisStorage

/// The ledger read beside whoever owns the database.
enum CostFile {
  /// Nil where there is no database yet: nothing was spent and no rule was stored.
  /// - Throws: `StorageError`; also where no database could ever be.
  static func ledger(_ session: CommandSession) throws -> Ledger? {
    guard let path = session.options.dataDirectory else { return nil }
    let directory = DataDirectory(path: path)
    guard FileManager.default.fileExists(atPath: directory.databasePath) else {
      try directory.requireUsable()
      return nil
    }
    return Ledger(try DataStore.openForReading(in: directory, migrations: Engine.migrations))
  }
}
