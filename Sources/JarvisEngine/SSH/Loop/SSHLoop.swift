import CSSH2
import Foundation
import JarvisLock
import Synchronization

/// The one thread that owns every libssh2 session, as an executor for actors: it runs their jobs and sleeps in `poll`
/// on their sockets meanwhile.
///
/// The thread comes with the first job and goes when nothing is left to run or to wait for.
final class SSHLoop: SerialExecutor {
  typealias Instant = ContinuousClock.Instant
  typealias WaitID = UInt64

  /// Why a wait is over.
  enum Outcome: Sendable { case ready, woken, expired, cancelled }

  private struct Wait {
    /// -1 for a wait on the clock alone.
    var descriptor: Int32
    var events: Int16
    var deadline: Instant
    var continuation: CheckedContinuation<Outcome, Never>
  }

  private struct State {
    /// Bounded by the tasks that have something to do here.
    var jobs: [UnownedJob] = []
    /// One for each task that waits: bounded by connections and channels (`SSHSettings`).
    var waits: [WaitID: Wait] = [:]
    /// Waits that were called off before they began.
    var calledOff: Set<WaitID> = []
    var isRunning = false
    var isAsleep = false
    var nextID: WaitID = 1
  }

  private let state = Guarded(State())
  /// Threads that wait for a name server (`NameLookup`).
  let lookups = Atomic<Int>(0)
  /// An eventfd that ends the sleep.
  private let bell: Int32

  /// - Throws: `SSHError.outOfResources` where the process has no descriptor left.
  init() throws(SSHError) {
    guard libssh2Initialised == 0 else { throw .outOfResources("libssh2 could not be initialised") }
    bell = jarvis_ssh_bell()
    guard bell >= 0 else { throw .outOfResources("too many open files in this process") }
  }

  deinit { close(bell) }

  // MARK: Executor

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { state in
      state.jobs.append(job)
      rouse(&state)
    }
  }

  /// Ends the thread's sleep, or starts it where it has gone: for work of either kind, jobs and waits.
  private func rouse(_ state: inout State) {
    if state.isAsleep { ring() }
    guard !state.isRunning else { return }
    state.isRunning = true
    let thread = Thread { [self] in run() }
    thread.name = "jarvis-ssh"
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func run() {
    // Signals are for the threads that wait for them; and a peer that closes must not raise SIGPIPE here.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    var watched: [pollfd] = []
    var ids: [WaitID] = []
    while true {
      let jobs = state.withLock { state in
        defer { state.jobs.removeAll(keepingCapacity: true) }
        return state.jobs
      }
      for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
      guard let patience = prepare(&watched, &ids) else { return }
      poll(&watched, nfds_t(watched.count), patience)
      finish(watched, ids)
    }
  }

  /// Fills what to poll; returns for how long in milliseconds, or nil when the thread may go.
  private func prepare(_ watched: inout [pollfd], _ ids: inout [WaitID]) -> Int32? {
    watched.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
    watched.append(pollfd(fd: bell, events: Int16(POLLIN), revents: 0))
    return state.withLock { state in
      if state.jobs.isEmpty && state.waits.isEmpty {
        state.isRunning = false
        return nil
      }
      state.isAsleep = true
      var next: Instant?
      for (id, wait) in state.waits {
        ids.append(id)
        watched.append(pollfd(fd: wait.descriptor, events: wait.events, revents: 0))
        next = min(next ?? wait.deadline, wait.deadline)
      }
      guard state.jobs.isEmpty, let next else { return 0 }
      return ContinuousClock.now.duration(to: next).pollMilliseconds
    }
  }

  private func finish(_ watched: [pollfd], _ ids: [WaitID]) {
    if watched[0].revents != 0 {
      var count: UInt64 = 0
      read(bell, &count, MemoryLayout<UInt64>.size)
    }
    let now = ContinuousClock.now
    let over = state.withLock { state in
      state.isAsleep = false
      var over: [(CheckedContinuation<Outcome, Never>, Outcome)] = []
      for (index, id) in ids.enumerated() {
        guard let wait = state.waits[id] else { continue }
        let isReady = watched[index + 1].revents != 0
        guard isReady || wait.deadline <= now else { continue }
        state.waits[id] = nil
        over.append((wait.continuation, isReady ? .ready : .expired))
      }
      return over
    }
    for (continuation, outcome) in over { continuation.resume(returning: outcome) }
  }

  private func ring() {
    var one: UInt64 = 1
    write(bell, &one, MemoryLayout<UInt64>.size)
  }

  // MARK: Waiting

  /// A name for a wait that is to come.
  func reserve() -> WaitID {
    state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
  }

  /// Suspends the caller until `descriptor` is ready for `events`, somebody calls `wake`, or the deadline is over.
  /// - Parameters:
  ///   - cancellable: whether the task's cancellation ends the wait.
  ///   - begun: called when the wait stands, before the caller is suspended.
  func wait(
    _ id: WaitID, descriptor: Int32 = -1, events: Int32 = 0, until deadline: Instant, cancellable: Bool = false,
    isolation: isolated (any Actor)? = #isolation, begun: () -> Void = {}
  ) async -> Outcome {
    guard cancellable else {
      return await withCheckedContinuation(isolation: isolation) { continuation in
        register(
          id, Wait(descriptor: descriptor, events: Int16(events), deadline: deadline, continuation: continuation))
        begun()
      }
    }
    let outcome = await withTaskCancellationHandler(
      operation: {
        await withCheckedContinuation(isolation: isolation) { continuation in
          register(
            id, Wait(descriptor: descriptor, events: Int16(events), deadline: deadline, continuation: continuation))
          begun()
        }
      }, onCancel: { end(id, .cancelled) }, isolation: isolation)
    // Cancelled between the wait's end and here: nobody will ask for it again.
    state.withLock { state in _ = state.calledOff.remove(id) }
    return outcome
  }

  /// Ends a wait early; without effect on one that is over.
  func wake(_ id: WaitID) { end(id, .woken) }

  private func register(_ id: WaitID, _ wait: Wait) {
    let calledOff = state.withLock { state in
      if state.calledOff.remove(id) != nil { return true }
      state.waits[id] = wait
      rouse(&state)
      return false
    }
    if calledOff { wait.continuation.resume(returning: .cancelled) }
  }

  private func end(_ id: WaitID, _ outcome: Outcome) {
    let continuation = state.withLock { state in
      let wait = state.waits.removeValue(forKey: id)
      // A task may be cancelled between asking for a wait and beginning it.
      if wait == nil && outcome == .cancelled { state.calledOff.insert(id) }
      if wait != nil && state.isAsleep { ring() }
      return wait?.continuation
    }
    continuation?.resume(returning: outcome)
  }
}

/// libssh2's process-wide set-up: done once, by whoever comes first; Swift guards lazy globals against races.
private let libssh2Initialised = libssh2_init(0)

extension Duration {
  /// For `poll`: rounded up, so that a deadline is over when it returns.
  var pollMilliseconds: Int32 {
    let (seconds, attoseconds) = components
    if seconds < 0 || (seconds == 0 && attoseconds <= 0) { return 0 }
    return Int32(clamping: min(seconds, 1_000_000) * 1_000 + attoseconds / 1_000_000_000_000_000 + 1)
  }
}
