import Foundation
import JarvisHTTP
import JarvisLock

/// A transport that answers from a script and remembers what was sent.
final class ScriptedTransport: HTTPTransport, Sendable {
  /// What a script gives for a request.
  enum Reply: Sendable {
    case json(String)
    case status(Int, reason: String, body: String = "")
    case failure(HTTPError)
    /// Never answers; ends when the task is cancelled or `release()` is called.
    case hang
  }

  private struct State {
    var sent: [HTTPRequest] = []
    var hanging: [Int: CheckedContinuation<Void, Never>] = [:]
    var next = 0
    var released = false
    var watchers: [(@Sendable ([HTTPRequest]) -> Bool, CheckedContinuation<Void, Never>)] = []
  }

  private let state = Guarded(State())
  private let script: @Sendable (HTTPRequest) -> Reply

  init(_ script: @escaping @Sendable (HTTPRequest) -> Reply) { self.script = script }

  var sent: [HTTPRequest] { state.withLock(\.sent) }

  /// "GET 10.40.0.11 /version" for each request, in order.
  var lines: [String] { sent.map { "\($0.method) \($0.host) \($0.path)" } }

  /// Returns once what was sent satisfies the condition.
  func wait(until condition: @escaping @Sendable ([HTTPRequest]) -> Bool) async {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state in
        if condition(state.sent) { return true }
        state.watchers.append((condition, continuation))
        return false
      }
      if ready { continuation.resume() }
    }
  }

  /// Lets all hanging requests end with a time-out.
  func release() {
    let hanging = state.withLock { state in
      state.released = true
      defer { state.hanging = [:] }
      return Array(state.hanging.values)
    }
    for waiting in hanging { waiting.resume() }
  }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let woken = state.withLock { state in
      state.sent.append(request)
      let ready = state.watchers.filter { $0.0(state.sent) }.map(\.1)
      let sent = state.sent
      state.watchers.removeAll { $0.0(sent) }
      return ready
    }
    for watcher in woken { watcher.resume() }
    switch script(request) {
    case .json(let body): return response(200, "OK", body)
    case .status(let status, let reason, let body): return response(status, reason, body)
    case .failure(let error): throw error
    case .hang:
      await hang()
      throw Task.isCancelled ? .cancelled : .timeout(.firstByte)
    }
  }

  private func hang() async {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let over = state.withLock { state in
          if state.released || Task.isCancelled { return true }
          state.hanging[id] = continuation
          return false
        }
        if over { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.hanging.removeValue(forKey: id) }?.resume()
    }
  }

  private func response(_ status: Int, _ reason: String, _ body: String) -> HTTPResponse {
    HTTPResponse(
      head: HTTPHead(status: status, reason: reason, headers: []),
      body: AsyncThrowingStream { continuation in
        continuation.yield(Array(body.utf8))
        continuation.finish()
      })
  }
}

extension HTTPRequest {
  /// The host in the address.
  var host: String {
    let rest = url.drop { $0 != "/" }.dropFirst(2)
    return String(rest.prefix { $0 != ":" && $0 != "/" })
  }

  /// Path and query below `/api2/json`.
  var path: String {
    guard let start = url.range(of: "/api2/json") else { return url }
    return String(url[start.upperBound...])
  }
}
