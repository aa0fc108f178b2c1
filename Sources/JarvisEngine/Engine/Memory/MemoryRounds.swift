import Foundation
import JarvisAPI
import JarvisMemory
import JarvisStorage

/// What is done about memory while nobody waits for it: clean-up at start and each hour (MEM-10), summaries of conversations
/// that have come to an end (MEM-06).
struct MemoryRounds: Sendable {
  /// Between two looks for a conversation to sum up.
  static let pause: Duration = .seconds(300)

  let keeper: MemoryKeeper
  let summariser: (any Summariser)?
  /// True while a turn runs: the local model has better things to do.
  let isBusy: @Sendable () async -> Bool
  let clock: any Clock<Duration>

  /// Runs until its task is cancelled.
  func run() async {
    let interval = Duration.seconds(MemoryStore.cleanUpInterval)
    var sinceCleanUp = interval
    while !Task.isCancelled {
      if await !isBusy() {
        await keeper.safely("sum up conversations") { () async throws(StorageError) in
          _ = try await keeper.store.summarise(with: summariser)
        }
      }
      // After the summaries: what expires now has had its chance of one.
      if sinceCleanUp >= interval {
        sinceCleanUp = .zero
        await keeper.safely("clean up") { () async throws(StorageError) in _ = try await keeper.store.cleanUp() }
      }
      // Cancellation is how the rounds end.
      guard (try? await clock.sleep(for: Self.pause)) != nil else { return }
      sinceCleanUp += Self.pause
    }
  }
}
