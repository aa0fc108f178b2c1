import NIOCore

/// Sends one response over a channel, waiting for each piece to leave before the next is asked for.
struct ResponseWriter: Sendable {
  /// What becomes of the connection.
  enum End: Sendable { case keepAlive, close, silence }

  /// Bytes by which a cut transfer's announced length exceeds what is sent.
  private static let missingBytes = 4096

  let channel: any Channel

  /// - Parameters:
  ///   - keepAlive: what the client wants; a response that says `Connection: close` overrules it.
  ///   - bodiless: true for HEAD.
  func send(_ response: SimulatedResponse, keepAlive: Bool, bodiless: Bool) async -> End {
    var head = ResponseHead(status: response.status, reason: response.reason, headers: response.headers)
    let says = response.headers.first { $0.name.lowercased() == "connection" }?.value.lowercased()
    let stays = keepAlive && says != "close"
    if says == nil { head.headers.append(("Connection", stays ? "Keep-Alive" : "close")) }
    do {
      switch response.body {
      case .bytes(let bytes):
        if !head.names("Content-Length") { head.headers.append(("Content-Length", "\(bytes.count)")) }
        try await write(head, bodiless ? [] : bytes)
        return stays ? .keepAlive : .close
      case .stream(let pieces):
        head.headers.append(("Transfer-Encoding", "chunked"))
        try await write(head, [])
        for await piece in pieces where !piece.isEmpty {
          try await write(chunk(piece))
        }
        if Task.isCancelled { return .close }
        try await write(channel.allocator.buffer(string: "0\r\n\r\n"))
        return stays ? .keepAlive : .close
      case .cut(let bytes):
        if !head.names("Content-Length"), !head.names("Transfer-Encoding") {
          head.headers.append(("Content-Length", "\(bytes.count + Self.missingBytes)"))
        }
        try await write(head, bytes)
        return .close
      case .none:
        try await write(head, [])
        return .close
      case .hangUp:
        return .close
      case .silence:
        return .silence
      }
    } catch {
      // The client left while we were writing: there is nobody to tell.
      return .close
    }
  }

  private func write(_ head: ResponseHead, _ body: [UInt8]) async throws {
    var bytes = head.encoded(into: channel.allocator)
    bytes.writeBytes(body)
    try await write(bytes)
  }

  private func write(_ bytes: ByteBuffer) async throws {
    try await channel.writeAndFlush(bytes).get()
  }

  private func chunk(_ piece: [UInt8]) -> ByteBuffer {
    var bytes = channel.allocator.buffer(capacity: piece.count + 16)
    bytes.writeString(String(piece.count, radix: 16) + "\r\n")
    bytes.writeBytes(piece)
    bytes.writeString("\r\n")
    return bytes
  }
}
