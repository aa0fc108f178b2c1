import CCurl
import Glibc

/// Drives all transfers of one transport on its own thread, which sleeps in `curl_multi_poll` while nothing happens.
final class CurlLoop {
  private let worker: CurlWorker
  private let multi: UnsafeMutableRawPointer
  private let clock = ContinuousClock()
  private var jobs: [CurlWorker.JobID: any CurlJob] = [:]
  private var ids: [UnsafeMutableRawPointer: CurlWorker.JobID] = [:]

  init(worker: CurlWorker, multi: UnsafeMutableRawPointer) {
    self.worker = worker
    self.multi = multi
  }

  func run() {
    Self.blockSignals()
    while true {
      let batch = worker.takeBatch()
      for command in batch.commands { carryOut(command) }
      var running: Int32 = 0
      let code = curl_multi_perform(multi, &running)
      if code != CURLM_OK { failAll(.cut("libcurl: \(String(cString: curl_multi_strerror(code)))")) }
      collect()
      expire()
      if batch.isLast && jobs.isEmpty && worker.leave() { break }
      wait()
    }
    curl_multi_cleanup(multi)
  }

  /// Sleeps until something happens. libcurl can refuse even that (no memory, no descriptors): whoever waits is told,
  /// and the loop, which cannot be woken now, looks again after a pause instead of burning a processor.
  private func wait() {
    let code = curl_multi_poll(multi, nil, 0, patience(), nil)
    guard code != CURLM_OK else { return }
    failAll(.refused("libcurl: \(String(cString: curl_multi_strerror(code)))"))
    poll(nil, 0, Self.pauseAfterFailure)
  }

  /// Milliseconds between two looks while libcurl cannot wait by itself.
  private static let pauseAfterFailure: Int32 = 250

  /// Signals are for the threads that wait for them; and a peer that closes must not raise SIGPIPE here.
  private static func blockSignals() {
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
  }

  private func carryOut(_ command: CurlWorker.Command) {
    switch command {
    case .start(let id, let make):
      guard let job = make() else { return }
      jobs[id] = job
      ids[job.easy.handle] = id
      add(job, id)
    case .resume(let id):
      jobs[id]?.resume(at: clock.now)
    case .close(let id):
      remove(id)
    }
  }

  private func add(_ job: any CurlJob, _ id: CurlWorker.JobID) {
    let code = curl_multi_add_handle(multi, job.easy.handle)
    guard code != CURLM_OK else { return }
    remove(id)
    job.failed(.refused("libcurl: \(String(cString: curl_multi_strerror(code)))"))
  }

  /// Takes a job out; a transfer that is still under way loses its connection.
  private func remove(_ id: CurlWorker.JobID) {
    guard let job = jobs.removeValue(forKey: id) else { return }
    ids[job.easy.handle] = nil
    curl_multi_remove_handle(multi, job.easy.handle)
  }

  private func failAll(_ error: HTTPError) {
    for (id, job) in jobs {
      remove(id)
      job.failed(error)
    }
  }

  /// Looks which transfers libcurl has finished.
  private func collect() {
    var remaining: Int32 = 0
    while let message = curl_multi_info_read(multi, &remaining) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
        let id = ids[handle], let job = jobs[id]
      else { continue }
      // Read before the handle is removed: the message does not outlive that.
      let code = message.pointee.data.result
      let again = job.finished(code, at: clock.now)
      remove(id)
      if again {
        jobs[id] = job
        ids[handle] = id
        add(job, id)
      }
    }
  }

  private func expire() {
    let now = clock.now
    for (id, job) in jobs where job.deadline <= now {
      guard let error = job.expired(at: now) else { continue }
      remove(id)
      job.failed(error)
    }
  }

  /// Milliseconds until the next deadline, rounded up; without transfers, until somebody wakes the loop.
  private func patience() -> Int32 {
    guard let next = jobs.values.lazy.map(\.deadline).min() else { return .max }
    let (seconds, attoseconds) = clock.now.duration(to: next).components
    if seconds < 0 || (seconds == 0 && attoseconds <= 0) { return 0 }
    let milliseconds = attoseconds / 1_000_000_000_000_000 + 1
    return Int32(clamping: min(seconds, Int64(Int32.max) / 1_000 - 1) * 1_000 + milliseconds)
  }
}
