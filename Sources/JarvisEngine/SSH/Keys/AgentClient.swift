import Foundation

/// A key that an agent holds.
struct AgentIdentity: Sendable, Equatable {
  var blob: [UInt8]
  var type: String { WireReader(blob).text() ?? "" }
}

/// Talks to an ssh-agent (draft-ietf-sshm-ssh-agent) without blocking the loop's thread, which libssh2's own client does.
struct AgentClient: ~Copyable {
  /// A longer answer is no agent's. Bytes.
  static let answerLimit = 256 << 10
  /// Keys tried; sshd's `MaxAuthTries` is 6.
  static let identityLimit = 5

  private let loop: SSHLoop
  private let deadline: SSHLoop.Instant
  private let file: Int32

  /// - Throws: `SSHError.agent`.
  init(path: String, loop: SSHLoop, deadline: SSHLoop.Instant) async throws(SSHError) {
    self.loop = loop
    self.deadline = deadline
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let file = socket(AF_UNIX, type, 0)
    guard file >= 0 else { throw .outOfResources("no socket: \(String(cString: strerror(errno)))") }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      close(file)
      throw .agent("the socket's path is too long")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 ? 0 : errno
      }
    }
    guard code == 0 else {
      close(file)
      throw .agent("\(path): \(String(cString: strerror(code)))")
    }
    self.file = file
  }

  deinit { close(file) }

  /// The keys that libssh2 can use, in the agent's order. RSA keys are passed over: they would need SHA-2.
  func identities(isolation: isolated (any Actor)? = #isolation) async throws(SSHError) -> [AgentIdentity] {
    guard let list = Self.identities(in: try await ask([11])) else { throw .agent("its list cannot be read") }
    return Array(
      list.filter { $0.type == "ssh-ed25519" || $0.type.hasPrefix("ecdsa-sha2-") }.prefix(Self.identityLimit))
  }

  /// The bare signature, without the name of its algorithm.
  func sign(
    _ data: [UInt8], with identity: AgentIdentity, isolation: isolated (any Actor)? = #isolation
  ) async throws(SSHError) -> [UInt8] {
    var request = WireWriter()
    request.byte(13)
    request.string(identity.blob)
    request.string(data)
    request.number(0)
    guard let signature = Self.signature(in: try await ask(request.bytes)) else { throw .agent("it refused to sign") }
    return signature
  }

  /// SSH_AGENT_IDENTITIES_ANSWER.
  static func identities(in answer: [UInt8]) -> [AgentIdentity]? {
    var reader = WireReader(answer)
    guard reader.byte() == 12, let count = reader.number(), count <= 1_000 else { return nil }
    var list: [AgentIdentity] = []
    for _ in 0..<count {
      guard let blob = reader.string(), reader.string() != nil else { return nil }
      list.append(AgentIdentity(blob: blob))
    }
    return list
  }

  /// SSH_AGENT_SIGN_RESPONSE.
  static func signature(in answer: [UInt8]) -> [UInt8]? {
    var reader = WireReader(answer)
    guard reader.byte() == 14, let wrapped = reader.string() else { return nil }
    var inner = WireReader(wrapped)
    guard inner.string() != nil else { return nil }
    return inner.string()
  }

  private func ask(_ request: [UInt8], isolation: isolated (any Actor)? = #isolation) async throws(SSHError) -> [UInt8]
  {
    var packet = WireWriter()
    packet.string(request)
    var sent = 0
    while sent < packet.bytes.count {
      let count = packet.bytes[sent...].withUnsafeBytes { send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count > 0 { sent += count } else { try await pause(for: POLLOUT, after: errno) }
    }
    var head = WireReader(try await receive(4))
    guard let length = head.number(), length >= 1, length <= Self.answerLimit else {
      throw .agent("no agent answers there")
    }
    return try await receive(Int(length))
  }

  private func receive(_ count: Int, isolation: isolated (any Actor)? = #isolation) async throws(SSHError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = bytes.withUnsafeMutableBytes { recv(file, $0.baseAddress.map { $0 + filled }, count - filled, 0) }
      if more == 0 { throw .agent("it closed the connection") }
      if more > 0 { filled += more } else { try await pause(for: POLLIN, after: errno) }
    }
    return bytes
  }

  private func pause(for events: Int32, after code: Int32, isolation: isolated (any Actor)? = #isolation)
    async throws(SSHError)
  {
    guard code == EAGAIN || code == EINTR else { throw .agent(String(cString: strerror(code))) }
    guard await loop.wait(loop.reserve(), descriptor: file, events: events, until: deadline) == .ready else {
      throw .agent("it does not answer")
    }
  }
}
