import Foundation
import JarvisLock
import JarvisTestSupport

/// A TCP proxy on loopback that can stop forwarding, as a host that lost its power, and cut its connections.
final class FaultProxy: Sendable {
  private struct State {
    var isStalled = false
    var cuts = 0
    var accepted = 0
    var bytes = 0
    var isClosed = false
  }

  let port: Int
  private let listener: Int32
  private let target: Int
  private let state = Guarded(State())

  init(to target: Int) throws {
    self.target = target
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = Self.address(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard listener >= 0, isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread { [self] in serve() }.start()
  }

  /// Bytes are no longer carried; connections are still accepted, and stay.
  func stall(_ on: Bool = true) { state.withLock { $0.isStalled = on } }
  /// Ends all connections.
  func cut() { state.withLock { $0.cuts += 1 } }
  /// Accepts nobody any more.
  func close() {
    state.withLock { $0.isClosed = true }
    shutdown(listener, Int32(SHUT_RDWR))
  }
  /// Connections accepted so far.
  var accepted: Int { state.withLock { $0.accepted } }
  /// Bytes carried so far.
  var bytes: Int { state.withLock { $0.bytes } }

  private func serve() {
    while true {
      let client = accept(listener, nil, nil)
      if client < 0 {
        Glibc.close(listener)
        return
      }
      let cuts = state.withLock { state in
        state.accepted += 1
        return state.cuts
      }
      Thread { [self] in carry(client, since: cuts) }.start()
    }
  }

  private func carry(_ client: Int32, since cuts: Int) {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer {
      Glibc.close(client)
      Glibc.close(server)
    }
    var address = Self.address(target)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard connected else { return }
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let (now, isStalled, isClosed) = state.withLock { ($0.cuts, $0.isStalled, $0.isClosed) }
      guard now == cuts, !isClosed else { return }
      var watched = [client, server].map { pollfd(fd: isStalled ? -1 : $0, events: Int16(POLLIN), revents: 0) }
      poll(&watched, 2, 5)
      for (index, entry) in watched.enumerated() where entry.revents != 0 {
        let count = recv(entry.fd, &buffer, buffer.count, 0)
        guard count > 0 else { return }
        state.withLock { $0.bytes += count }
        var sent = 0
        while sent < count {
          let more = buffer[sent..<count].withUnsafeBytes {
            send(index == 0 ? server : client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
          }
          guard more > 0 else { return }
          sent += more
        }
      }
    }
  }

  private static func address(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}
