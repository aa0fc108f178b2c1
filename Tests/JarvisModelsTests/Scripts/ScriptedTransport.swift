import JarvisHTTP
import JarvisLock

/// Answers requests from a list, in order, and remembers what was asked.
final class ScriptedTransport: HTTPTransport {
  /// One answer: a head and a body in pieces, ending well, with an error, or never.
  struct Answer: Sendable {
    enum End: Sendable { case complete, failure(HTTPError), silence }
    var status = 200
    var reason = ""
    var headers: [(name: String, value: String)] = []
    var pieces: [[UInt8]] = []
    var end = End.complete
    /// Thrown instead of a head.
    var refusal: HTTPError?

    static func text(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> Answer {
      Answer(status: status, headers: headers, pieces: [Array(text.utf8)])
    }
    static func failing(_ error: HTTPError) -> Answer { Answer(refusal: error) }
  }

  private struct State {
    var answers: [Answer]
    var byPath: [String: Answer]
    var requests: [HTTPRequest] = []
    var closed = 0
  }
  private let state: Guarded<State>

  /// - Parameter byPath: answers to every request whose address ends so; the list is for all others.
  init(_ answers: [Answer] = [], byPath: [String: Answer] = [:]) {
    state = Guarded(State(answers: answers, byPath: byPath))
  }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }
  /// How many bodies were dropped before their end.
  var closed: Int { state.withLock { $0.closed } }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let answer = state.withLock { state -> Answer? in
      state.requests.append(request)
      if let known = state.byPath.first(where: { request.url.hasSuffix($0.key) }) { return known.value }
      return state.answers.isEmpty ? nil : state.answers.removeFirst()
    }
    guard let answer else { throw .refused("the script has no answer left for \(request.method) \(request.url)") }
    if let refusal = answer.refusal { throw refusal }
    let body = AsyncThrowingStream<[UInt8], any Error> { continuation in
      continuation.onTermination = { [weak self] reason in
        if case .cancelled = reason { self?.state.withLock { $0.closed += 1 } }
      }
      for piece in answer.pieces { continuation.yield(piece) }
      switch answer.end {
      case .complete: continuation.finish()
      case .failure(let error): continuation.finish(throwing: error)
      case .silence: break
      }
    }
    return HTTPResponse(
      head: HTTPHead(status: answer.status, reason: answer.reason, headers: answer.headers), body: body)
  }
}

extension HTTPRequest {
  var text: String { String(decoding: body ?? [], as: UTF8.self) }
  func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
}
