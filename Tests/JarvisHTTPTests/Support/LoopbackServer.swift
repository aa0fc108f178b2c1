import Foundation
import Glibc

/// A plain HTTP server on 127.0.0.1 whose answers a test writes byte by byte. One thread a connection.
///
/// Events: "connection", "request METHOD PATH", "closed" (the client closed or reset, or the test's handler did).
final class LoopbackServer: Sendable {
  typealias Handler = @Sendable (LoopbackConnection, LoopbackRequest) -> Void

  let port: Int
  let log = EventLog()
  private let listener: Int32

  var url: String { "http://127.0.0.1:\(port)" }

  /// - Parameter greeting: sent to each connection before anything is read.
  init(greeting: String = "", _ handler: @escaping Handler) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = Self.address(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, length) == 0 && listen(listener, 128) == 0
          && getsockname(listener, generic, &length) == 0
      }
    }
    guard bound else {
      close(listener)
      throw POSIXError(.EADDRNOTAVAIL)
    }
    self.listener = listener
    port = Int(UInt16(bigEndian: address.sin_port))
    let log = log
    Thread {
      // This thread alone closes the listener: closed from elsewhere, its number could already be that of the next
      // test's listener when `accept` is called, and that test's client would get this handler's answer.
      defer { close(listener) }
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        var noDelay: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        log.record("connection")
        Thread {
          let connection = LoopbackConnection(descriptor: descriptor)
          connection.send(greeting)
          connection.serve(log, handler)
          log.record("closed")
        }.start()
      }
    }.start()
  }

  static func address(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
    return address
  }

  /// Ends the accepting thread, also one that has yet to begin; connections end with their clients.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}

struct LoopbackRequest: Sendable {
  var method: String
  /// As in the request line: a path, or a whole URL to a proxy.
  var path: String
  var headers: [String: String]
  var body: [UInt8]
}

/// One accepted connection, used by its own thread, blocking.
final class LoopbackConnection {
  private let descriptor: Int32
  private var isOpen = true
  private var buffered: [UInt8] = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  func serve(_ log: EventLog, _ handler: LoopbackServer.Handler) {
    while isOpen, let request = readRequest() {
      log.record("request \(request.method) \(request.path)")
      handler(self, request)
    }
    hangUp()
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while isOpen, !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return hangUp() }
      rest = rest.dropFirst(count)
    }
  }

  /// Sends without waiting beyond `milliseconds` for the reader. Returns how many bytes went before it stalled.
  func sendUntilStalled(_ bytes: [UInt8], milliseconds: Int32) -> Int {
    var sent = 0
    while isOpen, sent < bytes.count {
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard poll(&entry, 1, milliseconds) > 0 else { return sent }
      let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
      let count = bytes[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
      if count <= 0 {
        hangUp()
        return sent
      }
      sent += count
    }
    return sent
  }

  /// An ordinary answer that keeps the connection.
  func answer(status: String = "200 OK", headers: [String] = [], _ body: String = "") {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
    send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// Passes bytes on, both ways, to a port of this machine until one side closes: what a proxy does for CONNECT.
  func tunnel(to port: Int) {
    let far = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = LoopbackServer.address(port: port)
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(far, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    send("HTTP/1.1 \(connected ? "200 Connection established" : "502 Bad Gateway")\r\nX-Proxy: yes\r\n\r\n")
    var isOpen = connected
    while isOpen {
      var entries = [descriptor, far].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      poll(&entries, 2, -1)
      for (entry, other) in zip(entries, [far, descriptor]) where isOpen && entry.revents != 0 {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(entry.fd, &bytes, bytes.count, 0)
        isOpen = count > 0 && Glibc.send(other, bytes, count, Int32(MSG_NOSIGNAL)) == count
      }
    }
    close(far)
    hangUp()
  }

  /// Blocks until the client closes.
  func waitForClose() {
    while isOpen, let piece = readPiece() { buffered += piece }
    hangUp()
  }

  func hangUp() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
  }

  private func readPiece() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? Array(bytes.prefix(count)) : nil
  }

  private func readRequest() -> LoopbackRequest? {
    let end = Array("\r\n\r\n".utf8)
    var searched = 0
    var headEnd: Int?
    while headEnd == nil {
      var index = max(0, searched - 3)
      while index + 4 <= buffered.count, headEnd == nil {
        if Array(buffered[index..<(index + 4)]) == end { headEnd = index + 4 }
        index += 1
      }
      searched = buffered.count
      if headEnd == nil {
        guard let piece = readPiece() else { return nil }
        buffered += piece
      }
    }
    guard let headEnd else { return nil }
    let lines = String(decoding: buffered[..<headEnd], as: UTF8.self).split(separator: "\r\n")
    buffered.removeFirst(headEnd)
    let words = lines[0].split(separator: " ").map(String.init)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while buffered.count < length {
      guard let piece = readPiece() else { return nil }
      buffered += piece
    }
    let body = Array(buffered.prefix(length))
    buffered.removeFirst(length)
    return LoopbackRequest(method: words[0], path: words[1], headers: headers, body: body)
  }
}
