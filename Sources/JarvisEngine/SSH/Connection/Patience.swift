import JarvisLock

/// Waits for a task that others wait for, too: cancelling one waiter lets the task run on.
enum Patience {
  private typealias Answer = CheckedContinuation<Void, Never>

  /// - Throws: `SSHError.cancelled` when the calling task is cancelled first.
  static func value<Value: Sendable>(
    of task: Task<Value, Never>, isolation: isolated (any Actor)? = #isolation
  ) async throws(SSHError) -> Value {
    let waiter = Waiter()
    let watcher = Task {
      _ = await task.value
      waiter.end(done: true)
    }
    await withTaskCancellationHandler(
      operation: {
        await withCheckedContinuation(isolation: isolation) { waiter.begin($0) }
      }, onCancel: { waiter.end(done: false) }, isolation: isolation)
    guard waiter.isDone else { throw .cancelled(ended: true) }
    _ = watcher
    return await task.value
  }

  private final class Waiter: Sendable {
    private struct State {
      var isOver = false
      var isDone = false
      var continuation: Answer?
    }

    private let state = Guarded(State())

    var isDone: Bool { state.withLock { $0.isDone } }

    func begin(_ continuation: Answer) {
      let isOver = state.withLock { state in
        if !state.isOver { state.continuation = continuation }
        return state.isOver
      }
      if isOver { continuation.resume() }
    }

    func end(done: Bool) {
      let continuation = state.withLock { state -> Answer? in
        guard !state.isOver else { return nil }
        state.isOver = true
        state.isDone = done
        defer { state.continuation = nil }
        return state.continuation
      }
      continuation?.resume()
    }
  }
}
