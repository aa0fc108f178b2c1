import Foundation

/// Opens a TCP connection without blocking the loop's thread.
struct SocketDial {
  let loop: SSHLoop
  let node: SSHNode
  let deadline: SSHLoop.Instant

  /// Tries the name's addresses in turn, each with its share of the time that is left.
  /// - Returns: a connected, non-blocking socket that the caller closes.
  func connect(isolation: isolated (any Actor)? = #isolation) async throws(SSHError) -> Int32 {
    let addresses = try await NameLookup.addresses(of: node.address, port: node.port, loop: loop, until: deadline)
    var last = SSHError.nameNotFound(node.address)
    for (index, address) in addresses.enumerated() {
      let left = ContinuousClock.now.duration(to: deadline) / (addresses.count - index)
      do throws(SSHError) { return try await connect(to: address, until: .now + left) } catch { last = error }
    }
    throw last
  }

  private func connect(
    to address: NameLookup.Address, until deadline: SSHLoop.Instant, isolation: isolated (any Actor)? = #isolation
  ) async throws(SSHError) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let file = socket(address.family, type, 0)
    guard file >= 0 else { throw .outOfResources("no socket: \(String(cString: strerror(errno)))") }
    do throws(SSHError) {
      try await establish(file, address, until: deadline)
    } catch {
      close(file)
      throw error
    }
    SocketOptions.apply(to: file)
    return file
  }

  private func establish(
    _ file: Int32, _ address: NameLookup.Address, until deadline: SSHLoop.Instant,
    isolation: isolated (any Actor)? = #isolation
  ) async throws(SSHError) {
    let code = address.bytes.withUnsafeBytes { bytes -> Int32 in
      guard let base = bytes.baseAddress else { return EINVAL }
      let pointer = base.assumingMemoryBound(to: sockaddr.self)
      return Glibc.connect(file, pointer, socklen_t(bytes.count)) == 0 ? 0 : errno
    }
    if code == 0 { return }
    guard code == EINPROGRESS else { throw problem(code) }
    guard await loop.wait(loop.reserve(), descriptor: file, events: POLLOUT, until: deadline) == .ready else {
      throw .timeout(.connect)
    }
    var outcome: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(file, SOL_SOCKET, SO_ERROR, &outcome, &size)
    if outcome != 0 { throw problem(outcome) }
  }

  private func problem(_ code: Int32) -> SSHError {
    switch code {
    case ECONNREFUSED: .refused(place: node.host)
    case ETIMEDOUT: .timeout(.connect)
    default: .unreachable(place: node.host, reason: String(cString: strerror(code)))
    }
  }
}

/// What a kept connection's socket is set to.
enum SocketOptions {
  /// Refusals are let pass: each only makes a connection slower or its death later known.
  static func apply(to file: Int32) {
    set(file, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    set(file, SOL_SOCKET, SO_KEEPALIVE, 1)
    // A host that lost its power is noticed after 15 + 3 × 5 seconds, whatever is or is not being sent.
    set(file, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 15)
    set(file, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 5)
    set(file, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
    set(file, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 30_000)
  }

  private static func set(_ file: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(file, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
