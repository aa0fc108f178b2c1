import JarvisLock

/// Where the worker thread leaves what a transfer brings, and a task waits for it.
final class TransferOutput: HTTPBodySource {
  private typealias Waiter = CheckedContinuation<Result<[UInt8]?, HTTPError>, Never>
  private typealias HeadWaiter = CheckedContinuation<Result<HTTPHead, HTTPError>, Never>

  private struct State {
    var head: Result<HTTPHead, HTTPError>?
    var queue: BodyQueue
    var headWaiter: HeadWaiter?
    var waiter: Waiter?
    /// The worker has nothing more to do for this transfer.
    var isOver = false
  }

  private let state: Guarded<State>
  private let worker: CurlWorker
  private let id: CurlWorker.JobID

  init(limit: Int, worker: CurlWorker, id: CurlWorker.JobID) {
    state = Guarded(State(queue: BodyQueue(limit: limit)))
    self.worker = worker
    self.id = id
  }

  // MARK: The worker's side

  func deliver(head: HTTPHead) {
    let waiter = state.withLock { state in
      if state.head == nil { state.head = .success(head) }
      return Self.taken(&state.headWaiter)
    }
    waiter?.resume(returning: .success(head))
  }

  /// False if the reader is behind: the transfer must pause, and offer the same bytes again after `resume`.
  func deliver(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let (accepted, waiter, piece) = state.withLock { state -> (Bool, Waiter?, [UInt8]) in
      if state.queue.isFinished { return (true, nil, []) }
      if let waiter = Self.taken(&state.waiter) { return (true, waiter, Array(bytes)) }
      guard state.queue.hasRoom() else { return (false, nil, []) }
      state.queue.add(Array(bytes))
      return (true, nil, [])
    }
    waiter?.resume(returning: .success(piece))
    return accepted
  }

  func finish(_ result: Result<Void, HTTPError>) {
    let (headWaiter, waiter) = state.withLock { state in
      state.isOver = true
      state.queue.finish(result)
      // Whoever waits has emptied the queue, and hears of the end below.
      if state.waiter != nil { _ = state.queue.take() }
      if state.head == nil {
        switch result {
        case .success: state.head = .failure(.cut("it ended without a head"))
        case .failure(let error): state.head = .failure(error)
        }
      }
      return (Self.taken(&state.headWaiter), Self.taken(&state.waiter))
    }
    switch result {
    case .success:
      headWaiter?.resume(returning: .failure(.cut("it ended without a head")))
      waiter?.resume(returning: .success(nil))
    case .failure(let error):
      headWaiter?.resume(returning: .failure(error))
      waiter?.resume(returning: .failure(error))
    }
  }

  // MARK: The reader's side

  func head() async throws(HTTPError) -> HTTPHead {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (waiter: HeadWaiter) in
        let known = state.withLock { state in
          if state.head == nil { state.headWaiter = waiter }
          return state.head
        }
        if let known { waiter.resume(returning: known) }
      }
    } onCancel: {
      close()
    }
    return try result.get()
  }

  func next() async throws -> [UInt8]? {
    try await withTaskCancellationHandler {
      await withCheckedContinuation { (waiter: Waiter) in
        let (answer, resume) = state.withLock { state in Self.answer(waiter, &state) }
        if resume { worker.submit(.resume(id)) }
        if let answer { waiter.resume(returning: answer) }
      }
    } onCancel: {
      close()
    }.get()
  }

  /// What can be said to a reader at once; nil when it has to wait. And whether the transfer goes on.
  private static func answer(
    _ waiter: Waiter, _ state: inout State
  ) -> (answer: Result<[UInt8]?, HTTPError>?, resume: Bool) {
    if state.waiter != nil { return (.failure(.malformed("two tasks read one body")), false) }
    switch state.queue.take() {
    case .piece(let piece, let resume): return (.success(piece), resume)
    case .end: return (.success(nil), false)
    case .failure(let error): return (.failure(error), false)
    case .nothing:
      state.waiter = waiter
      return (nil, false)
    }
  }

  /// Nobody reads on: what waits is thrown away and the transfer closed.
  func close() {
    let (isOver, headWaiter, waiter) = state.withLock { state in
      if state.head == nil { state.head = .failure(.cancelled) }
      state.queue.abandon(.cancelled)
      let wasOver = state.isOver
      state.isOver = true
      return (wasOver, Self.taken(&state.headWaiter), Self.taken(&state.waiter))
    }
    headWaiter?.resume(returning: .failure(.cancelled))
    waiter?.resume(returning: .failure(.cancelled))
    if !isOver { worker.submit(.close(id)) }
  }

  private static func taken<Value>(_ value: inout Value?) -> Value? {
    defer { value = nil }
    return value
  }
}
