import JarvisHTTP
import Testing

@Suite("Bodies made by hand")
struct HTTPBodyTests {
  private let head = HTTPHead(status: 200, reason: "OK", headers: [])

  @Test("TEST-12 a body from pieces or from a stream reads the same")
  func sources() async throws {
    #expect(try await HTTPResponse(head: head, bytes: [1, 2]).collect() == [1, 2])
    #expect(try await HTTPResponse(head: head, body: HTTPBody([[1], [2, 3]])).collect() == [1, 2, 3])
    let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
      continuation.yield([1])
      continuation.yield([2])
      continuation.finish()
    }
    #expect(try await HTTPResponse(head: head, body: stream).collect() == [1, 2])
  }

  @Test("TEST-12 the stream's error arrives after what came before it")
  func errors() async throws {
    let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
      continuation.yield([1])
      continuation.finish(throwing: HTTPError.cut("x"))
    }
    var seen: [[UInt8]] = []
    await #expect(throws: HTTPError.cut("x")) {
      for try await piece in HTTPResponse(head: head, body: stream).body { seen.append(piece) }
    }
    #expect(seen == [[1]])
  }

  @Test("TEST-12 a cancelled reader does not take half a body for the whole", .timeLimit(.minutes(1)))
  func cancelled() async {
    let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
    continuation.yield([1])
    let response = HTTPResponse(head: head, body: stream)
    let reader = Task { try await response.collect() }
    reader.cancel()
    await #expect(throws: HTTPError.cancelled) { try await reader.value }
  }

  @Test("FOUND-04 leaving the loop ends the stream, though the response is still held", .timeLimit(.minutes(1)))
  func left() async throws {
    let log = EventLog()
    let response = HTTPResponse(
      head: head,
      body: AsyncThrowingStream { continuation in
        continuation.onTermination = { _ in log.record("ended") }
        continuation.yield([1])
      })
    for try await _ in response.body { break }
    #expect(await log.wait(for: "ended"))
    #expect(response.head.status == 200)
  }

  @Test("TEST-12 a body that was left half read does not look whole and empty afterwards")
  func leftHalfRead() async throws {
    let response = HTTPResponse(head: head, body: HTTPBody([[1], [2]]))
    for try await _ in response.body { break }
    await #expect(throws: HTTPError.cancelled) { try await response.collect() }
    let whole = HTTPResponse(head: head, body: HTTPBody([[1], [2]]))
    #expect(try await whole.collect() == [1, 2])
    #expect(try await whole.collect() == [])
  }

  @Test("ROUTE-08 events from a body, split at will")
  func events() async throws {
    let text = "event: a\ndata: 1\n\ndata: 2\n\n"
    let response = HTTPResponse(head: head, body: HTTPBody(text.utf8.map { [$0] }))
    var events: [ServerSentEvent] = []
    for try await event in response.serverSentEvents() { events.append(event) }
    #expect(events == [ServerSentEvent(event: "a", data: "1"), ServerSentEvent(data: "2")])
  }
}
