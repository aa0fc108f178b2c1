import JarvisSimulator

/// A service whose answer the test writes.
struct ScriptedService: SimulatedService {
  let answer: @Sendable (SimulatedRequest) async -> SimulatedResponse

  init(_ answer: @escaping @Sendable (SimulatedRequest) async -> SimulatedResponse) {
    self.answer = answer
  }

  func respond(to request: SimulatedRequest) async -> SimulatedResponse { await answer(request) }
}

extension SimulatedResponse {
  static func text(_ text: String, status: Int = 200, reason: String = "OK") -> SimulatedResponse {
    SimulatedResponse(status: status, reason: reason, body: .bytes(Array(text.utf8)))
  }
}

/// A promise that is kept once, and can be waited for.
struct Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func fire() { continuation.yield() }

  func wait() async {
    for await _ in stream { return }
  }
}
