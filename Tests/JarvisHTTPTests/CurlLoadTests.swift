import Foundation
import Testing

@testable import JarvisHTTP

extension OverSockets {
  @Suite("Under load", .serialized, .timeLimit(.minutes(3)))
  struct LoadTests {
    private func openDescriptors() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    /// Resident memory of this process in bytes.
    private func residentBytes() throws -> Int {
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
      return try #require(Int(line.split(separator: " ").dropFirst().first.map(String.init) ?? "")) * 1_024
    }

    @Test("TEST-12 many requests leave no descriptor behind: kept, closed, cut and cancelled ones")
    func descriptors() async throws {
      let server = try LoopbackServer { connection, request in
        switch request.path {
        case "/close":
          connection.answer(headers: ["Connection: close"], "x")
          connection.hangUp()
        case "/cut":
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")
          connection.hangUp()
        case "/silent": connection.waitForClose()
        default: connection.answer("x")
        }
      }
      let before = try openDescriptors()
      let transport = CurlTransport(environment: [:])
      for round in 0..<125 {
        _ = try await transport.send(HTTPRequest("GET", server.url + "/")).collect()
        _ = try await transport.send(HTTPRequest("GET", server.url + "/close")).collect()
        let cut = try await transport.send(HTTPRequest("GET", server.url + "/cut"))
        await #expect(throws: HTTPError.self) { try await cut.collect() }
        let silent = Task { try await transport.send(HTTPRequest("GET", server.url + "/silent")) }
        #expect(await server.log.wait(for: "request GET /silent", times: round + 1))
        silent.cancel()
        await #expect(throws: HTTPError.cancelled) { try await silent.value }
      }
      // All but the kept connections are gone on the server's side too.
      #expect(
        await server.log.wait { events in
          events.count { $0 == "connection" } - events.count { $0 == "closed" } <= 2
        })
      // Other suites may open some meanwhile; a leak would be hundreds.
      #expect(try openDescriptors() < before + 100)
    }

    @Test("TEST-12 a dropped transport ends its thread once its last body is over")
    func threadEnds() async throws {
      let server = try LoopbackServer { connection, _ in connection.answer("x") }
      weak var worker: CurlWorker?
      do {
        var transport: CurlTransport? = CurlTransport(environment: [:])
        worker = transport?.worker
        let response = try await #require(transport).send(HTTPRequest("GET", server.url + "/"))
        transport = nil
        #expect(try await response.collect() == Array("x".utf8))
      }
      #expect(await server.log.wait(for: "closed"))
      while worker != nil && !Task.isCancelled { await Task.yield() }
      #expect(worker == nil)
    }

    @Test("TEST-12 nothing of libcurl runs before the first request")
    func lazy() {
      let transport = CurlTransport(environment: [:])
      #expect(!transport.worker.isRunning)
    }

    @Test("TEST-12 one server that hangs delays nobody else")
    func hangingNeighbour() async throws {
      let hanging = try LoopbackServer { connection, _ in connection.waitForClose() }
      let quick = try LoopbackServer { connection, _ in connection.answer("x") }
      let transport = CurlTransport(environment: [:])
      let stuck = (0..<20).map { _ in Task { try await transport.send(HTTPRequest("GET", hanging.url + "/")) } }
      #expect(await hanging.log.wait(for: "request GET /", times: 20))
      let started = ContinuousClock.now
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<50 {
          group.addTask { try await transport.send(HTTPRequest("GET", quick.url + "/")).collect().count }
        }
        for try await count in group { #expect(count == 1) }
      }
      // The first-byte timeout of the stuck ones is 15 s.
      #expect(ContinuousClock.now - started < .seconds(10))
      for task in stuck { task.cancel() }
      #expect(await hanging.log.wait(for: "closed", times: 20))
    }

    @Test("TEST-12 a hundred megabytes pass in bounded memory")
    func throughput() async throws {
      let size = 100 << 20
      let block = [UInt8](repeating: 0x61, count: 1 << 20)
      let server = try LoopbackServer { connection, _ in
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
        for _ in 0..<(size / block.count) { connection.send(block) }
      }
      let transport = CurlTransport(environment: [:])
      let before = try residentBytes()
      let started = ContinuousClock.now
      let response = try await transport.send(HTTPRequest("GET", server.url + "/", maximumBodyBytes: size))
      var count = 0
      var peak = before
      var nextLook = 0
      for try await piece in response.body {
        count += piece.count
        guard count >= nextLook else { continue }
        peak = max(peak, try residentBytes())
        nextLook += 4 << 20
      }
      #expect(count == size)
      #expect(peak - before < 50 << 20, "grew by \((peak - before) >> 20) MiB")
      let elapsed = ContinuousClock.now - started
      #expect(elapsed < .seconds(30))
      print("100 MiB in \(elapsed), resident memory grew by at most \((peak - before) >> 20) MiB")
    }
  }
}
