import Glibc
import JarvisLock

/// Collects the jobs of `UI` until its loop runs them.
///
/// Jobs cannot be refused, so the list has no bound of its own; each is a step of a task, and whoever makes tasks
/// bounds them.
public final class UIExecutor: SerialExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    /// The thread that runs them, while there is one.
    var owner: pthread_t?
  }

  private let state = Guarded(State())
  /// Written once for each first job in an empty list, and by signal handlers.
  public let pipe = WakePipe()

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isFirst = state.withLock { state in
      state.jobs.append(job)
      return state.jobs.count == 1
    }
    if isFirst { pipe.wake() }
  }

  public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  public func checkIsolated() {
    precondition(isOwnedByThisThread, "this code belongs on the thread of UI")
  }

  public func isIsolatingCurrentContext() -> Bool? { isOwnedByThisThread }

  private var isOwnedByThisThread: Bool {
    let owner = state.withLock { $0.owner }
    return owner.map { pthread_equal($0, pthread_self()) != 0 } ?? false
  }

  func claim() throws(TerminalError) {
    guard pipe.readEnd >= 0 else {
      throw .system(action: "making a pipe", reason: "no descriptors left")
    }
    let isTaken = state.withLock { state in
      if state.owner != nil { return true }
      state.owner = pthread_self()
      return false
    }
    if isTaken { throw .system(action: "starting a second screen", reason: "one is running in this process") }
  }

  func release() { state.withLock { $0.owner = nil } }

  /// Runs the jobs that are there now; those that come meanwhile wait for the next turn, so that input gets its turn.
  /// - Returns: whether there were any.
  func runJobs() -> Bool {
    let jobs = state.withLock { state in
      let jobs = state.jobs
      state.jobs.removeAll(keepingCapacity: true)
      return jobs
    }
    for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    return !jobs.isEmpty
  }

  /// Whether jobs wait.
  var hasJobs: Bool { state.withLock { !$0.jobs.isEmpty } }
}
