import JarvisLock

/// Where the worker's thread leaves a probe's result, and the asking task waits for it.
final class ProbeOutput: Sendable {
  private typealias Waiter = CheckedContinuation<Result<PresentedChain, HTTPError>, Never>

  private struct State {
    var result: Result<PresentedChain, HTTPError>?
    var waiter: Waiter?
  }

  let id: CurlWorker.JobID
  private let worker: CurlWorker
  private let state = Guarded(State())

  init(worker: CurlWorker, id: CurlWorker.JobID) {
    self.worker = worker
    self.id = id
  }

  /// The first result counts.
  func finish(_ result: Result<PresentedChain, HTTPError>) {
    let waiter = state.withLock { state -> Waiter? in
      guard state.result == nil else { return nil }
      state.result = result
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: result)
  }

  func chain() async throws(HTTPError) -> PresentedChain {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (waiter: Waiter) in
        let known = state.withLock { state in
          if state.result == nil { state.waiter = waiter }
          return state.result
        }
        if let known { waiter.resume(returning: known) }
      }
    } onCancel: {
      finish(.failure(.cancelled))
      worker.submit(.close(id))
    }
    return try result.get()
  }
}
