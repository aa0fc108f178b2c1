import CCurl
import Foundation
import JarvisLock

/// The mailbox between tasks and the one thread that drives libcurl, and the starter of that thread.
///
/// Nothing of libcurl is touched before the first command: the screen's first frame does not wait for it.
final class CurlWorker: Sendable {
  typealias JobID = UInt64

  enum Command: Sendable {
    /// `make` runs on the worker's thread; nil if it failed and has said so itself.
    case start(JobID, make: @Sendable () -> (any CurlJob)?)
    case resume(JobID)
    case close(JobID)
  }

  /// What the loop finds when it looks.
  struct Batch {
    var commands: [Command]
    /// Nobody can start anything any more; leave when nothing is under way.
    var isLast: Bool
  }

  /// - Proof of `Sendable`: other threads use it for `curl_multi_wakeup` only, the one function libcurl allows there,
  ///   and under the mailbox's lock, which also guards its end.
  private struct Multi: @unchecked Sendable { let handle: UnsafeMutableRawPointer }

  private struct State {
    /// Bounded by the tasks that wait for them: a start, a close and one resume for each transfer.
    var commands: [Command] = []
    var multi: Multi?
    var isStopped = false
    var nextID: JobID = 1
  }

  private let state = Guarded(State())
  private let limits: CurlLimits

  init(limits: CurlLimits) { self.limits = limits }

  /// Whether libcurl and the thread are up.
  var isRunning: Bool { state.withLock { $0.multi != nil } }

  func newID() -> JobID {
    state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
  }

  /// Brings libcurl and the thread up if they are not.
  /// - Throws: `HTTPError.refused` when the process has no descriptors or memory left for it.
  func start() throws(HTTPError) {
    let limits = limits
    let failure = state.withLock { state -> HTTPError? in
      guard state.multi == nil else { return nil }
      guard LibcurlGlobals.initialised == CURLE_OK, let handle = curl_multi_init() else {
        return .refused("libcurl could not be initialised")
      }
      jarvis_multi_set_long(handle, CURLMOPT_MAXCONNECTS, limits.idleConnections)
      jarvis_multi_set_long(handle, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.connections)
      // Without descriptors for the wake-up pair the loop would never hear of a command.
      guard curl_multi_wakeup(handle) == CURLM_OK else {
        curl_multi_cleanup(handle)
        return .refused("libcurl: too many open files in this process")
      }
      let multi = Multi(handle: handle)
      state.multi = multi
      let thread = Thread {
        Thread.current.name = "jarvis-http"
        CurlLoop(worker: self, multi: multi.handle).run()
      }
      thread.stackSize = 1 << 20
      thread.start()
      return nil
    }
    if let failure { throw failure }
  }

  func submit(_ command: Command) {
    state.withLock { state in
      // After the end there is nothing left that a command could be for.
      guard let multi = state.multi else { return }
      state.commands.append(command)
      if state.commands.count == 1 { curl_multi_wakeup(multi.handle) }
    }
  }

  /// Ends the thread when the last transfer is over.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      if let multi = state.multi { curl_multi_wakeup(multi.handle) }
    }
  }

  // MARK: The loop's side

  func takeBatch() -> Batch {
    state.withLock { state in
      defer { state.commands = [] }
      return Batch(commands: state.commands, isLast: state.isStopped)
    }
  }

  /// The loop leaves if nothing came in meanwhile; from then on nobody uses the multi handle.
  func leave() -> Bool {
    state.withLock { state in
      guard state.commands.isEmpty else { return false }
      state.multi = nil
      return true
    }
  }
}

/// libcurl's process-wide set-up: done once, by whoever comes first; Swift guards lazy globals against races.
enum LibcurlGlobals {
  static let initialised: CURLcode = jarvis_curl_global_init()
}
