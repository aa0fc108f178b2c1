import Foundation
import Testing

@testable import JarvisHTTP

extension OverSockets {
  @Suite("Streams and cancellation", .serialized, .timeLimit(.minutes(2)))
  struct StreamTests {
    let transport = CurlTransport(environment: [:])
    private static let chunked =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

    /// A block of the long body, which is made of equal ones; no two neighbouring lines of it are alike.
    private static let block = (0..<(1 << 16)).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ ($0 >> 8)) }

    private static func chunk(_ text: String) -> String { "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" }

    @Test("ROUTE-08 an event is there when its bytes are, not when the body ends")
    func events() async throws {
      let asked = DispatchSemaphore(value: 0)
      let server = try LoopbackServer { connection, _ in
        connection.send(Self.chunked + Self.chunk(": hi\n\nevent: delta\nda") + Self.chunk("ta: grö"))
        connection.send(Self.chunk("ße\n\n"))
        // The second event leaves only after the client has read the first.
        asked.wait()
        connection.send(Self.chunk("data: 2\n\n") + "0\r\n\r\n")
      }
      let response = try await transport.send(HTTPRequest("GET", server.url + "/"))
      var seen: [ServerSentEvent] = []
      for try await event in response.serverSentEvents() {
        seen.append(event)
        if seen.count == 1 { asked.signal() }
      }
      #expect(seen == [ServerSentEvent(event: "delta", data: "größe"), ServerSentEvent(data: "2")])
    }

    @Test(
      "FOUND-04 cancelling closes the connection: before the head, and in the middle of the body",
      arguments: [true, false])
    func cancel(beforeHead: Bool) async throws {
      let server = try LoopbackServer { connection, _ in
        if !beforeHead { connection.send(Self.chunked + Self.chunk("data: 1\n\n")) }
        connection.waitForClose()
      }
      let log = EventLog()
      let task = Task { [transport] in
        let response = try await transport.send(HTTPRequest("GET", server.url + "/"))
        for try await _ in response.serverSentEvents() { log.record("event") }
      }
      #expect(await server.log.wait(for: "request GET /"))
      if !beforeHead { #expect(await log.wait(for: "event")) }
      task.cancel()
      await #expect(throws: HTTPError.cancelled) { try await task.value }
      #expect(await server.log.wait(for: "closed"))
    }

    @Test("FOUND-04 a task cancelled beforehand asks nobody")
    func cancelledBefore() async throws {
      let server = try LoopbackServer { connection, _ in connection.answer("x") }
      let task = Task { [transport] in
        withUnsafeCurrentTask { $0?.cancel() }
        return try await transport.send(HTTPRequest("GET", server.url + "/"))
      }
      await #expect(throws: HTTPError.cancelled) { try await task.value }
      #expect(server.log.events.isEmpty)
    }

    @Test("FOUND-04 leaving the loop closes the connection, even while the response is still held")
    func leave() async throws {
      let server = try LoopbackServer { connection, _ in
        connection.send(Self.chunked + Self.chunk("data: 1\n\n"))
        connection.waitForClose()
      }
      let response = try await transport.send(HTTPRequest("GET", server.url + "/"))
      #expect(response.head.header("transfer-encoding") == "chunked")
      for try await _ in response.body { break }
      #expect(await server.log.wait(for: "closed"))
      await #expect(throws: HTTPError.cancelled) { try await response.collect() }
    }

    @Test("FOUND-04 a response that nobody reads closes when it is dropped")
    func drop() async throws {
      let server = try LoopbackServer { connection, _ in
        connection.send(Self.chunked)
        connection.waitForClose()
      }
      do { _ = try await transport.send(HTTPRequest("GET", server.url + "/")) }
      #expect(await server.log.wait(for: "closed"))
    }

    @Test("TEST-12 a slow reader slows the server down, and misses nothing")
    func backpressure() async throws {
      let size = 24 << 20
      let stall = EventLog()
      let server = try LoopbackServer { connection, _ in
        var whole: [UInt8] = []
        while whole.count < size { whole += Self.block }
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
        let sent = connection.sendUntilStalled(whole, milliseconds: 300)
        stall.record("\(sent)")
        connection.send(Array(whole[sent...]))
      }
      let response = try await transport.send(HTTPRequest("GET", server.url + "/", maximumBodyBytes: size))
      var iterator = response.body.makeAsyncIterator()
      var count = 0
      var isIntact = true
      func take(_ piece: [UInt8]) {
        let start = count % Self.block.count
        let expected = (Self.block + Self.block)[start..<(start + piece.count)]
        if Data(piece) != Data(expected) { isIntact = false }
        count += piece.count
      }
      take(try #require(try await iterator.next()))
      #expect(await stall.wait { !$0.isEmpty })
      // What the kernel's two socket buffers, libcurl and the queue hold together, far from the whole.
      #expect(stall.events.first.flatMap { Int($0) }.map { $0 < size / 2 } == true)
      while let piece = try await iterator.next() { take(piece) }
      #expect(count == size && isIntact)
    }
  }
}
