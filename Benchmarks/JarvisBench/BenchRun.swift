import Dispatch
import JarvisLock

/// Runs asynchronous work to its end on a synchronous command's thread.
enum BenchRun {
  static func wait(_ body: @escaping @Sendable () async throws -> Void) throws {
    let failure = Failure()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        try await body()
      } catch {
        failure.error.withLock { $0 = error }
      }
      done.signal()
    }
    done.wait()
    if let error = failure.error.withLock({ $0 }) { throw error }
  }

  private final class Failure: Sendable {
    let error = Guarded<(any Error)?>(nil)
  }
}
