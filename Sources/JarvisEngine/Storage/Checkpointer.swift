import Foundation
import GRDB
import JarvisLock

/// Moves what the log holds into the database file on a connection of its own, so that no writer waits for the disk.
///
/// SQLite would do it in whichever commit finds the log long enough: that one takes 10 ms or more instead of half a
/// millisecond. The writer still does it where the log passes `backstop`: one that grows without end would be worse.
final class Checkpointer: TransactionObserver, Sendable {
  /// Commits between two rounds; one of a few rows writes about twenty pages.
  static let interval = 50
  /// Pages of the log at which the writer itself moves them: 32 MB.
  static let backstop = 8_000

  private struct State {
    var queue: DatabaseQueue?
    var commits = 0
    var isRunning = false
  }

  private let state: Guarded<State>

  init(path: String, configuration: Configuration) throws {
    state = Guarded(State(queue: try DatabaseQueue(path: path, configuration: configuration)))
  }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidRollback(_ db: Database) {}

  func databaseDidCommit(_ db: Database) {
    let queue = state.withLock { state -> DatabaseQueue? in
      state.commits += 1
      guard state.commits >= Self.interval, !state.isRunning else { return nil }
      state.commits = 0
      state.isRunning = state.queue != nil
      return state.queue
    }
    guard let queue else { return }
    queue.asyncWriteWithoutTransaction { [weak self] db in
      // Moves what no reader needs any more and waits for nobody. Where it fails, the next round or the writer's own
      // meets the same fault and says so.
      _ = try? db.checkpoint(.passive)
      self?.state.withLock { $0.isRunning = false }
    }
  }

  /// Waits for a round that runs. None begins while the caller has the writer: commits begin them.
  func wait() {
    state.withLock { $0.queue }?.inDatabase { _ in }
  }

  /// Waits for a round that runs, and closes.
  func close() throws {
    let queue = state.withLock { state -> DatabaseQueue? in
      defer { state.queue = nil }
      return state.queue
    }
    try queue?.close()
  }
}
