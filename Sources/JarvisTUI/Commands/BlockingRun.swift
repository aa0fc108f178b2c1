import Dispatch
import JarvisLock

/// Runs `body` to its end and waits for it on this thread: commands are synchronous, the engine is not.
func blockingRun<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
  let box = ResultBox<Value>()
  Task.detached {
    do {
      box.finish(.success(try await body()))
    } catch {
      box.finish(.failure(error))
    }
  }
  return try box.wait().get()
}

/// One result handed from a task to a waiting thread.
private final class ResultBox<Value: Sendable>: Sendable {
  private let value = Guarded<Result<Value, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  func finish(_ result: Result<Value, any Error>) {
    value.withLock { $0 = result }
    done.signal()
  }

  func wait() -> Result<Value, any Error> {
    done.wait()
    return value.withLock { $0 } ?? .failure(CancellationError())
  }
}
