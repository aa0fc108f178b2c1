import Foundation
import JarvisLock
import Synchronization

/// Addresses of a host name. `getaddrinfo` blocks, so names (not addresses) are looked up on a thread of their own.
enum NameLookup {
  struct Address: Sendable {
    var family: Int32
    /// A `sockaddr`.
    var bytes: [UInt8]
  }

  /// Look-ups under way at once; a resolver that hangs must not collect threads.
  static let limit = 16
  /// Addresses tried of one name.
  static let addressLimit = 8

  static func addresses(
    of host: String, port: Int, loop: SSHLoop, until deadline: SSHLoop.Instant,
    isolation: isolated (any Actor)? = #isolation
  ) async throws(SSHError) -> [Address] {
    if let known = ask(host, port, flags: AI_NUMERICHOST) { return known }
    guard loop.lookups.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
      loop.lookups.wrappingSubtract(1, ordering: .relaxed)
      throw .outOfResources("the name server does not answer; \(limit) look-ups are waiting for it")
    }
    let answer = Answer()
    let id = loop.reserve()
    let outcome = await loop.wait(id, until: deadline) {
      let thread = Thread {
        let found = ask(host, port, flags: AI_ADDRCONFIG) ?? []
        answer.addresses.withLock { $0 = found }
        loop.lookups.wrappingSubtract(1, ordering: .relaxed)
        loop.wake(id)
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    guard outcome == .woken else { throw .timeout(.connect) }
    let found = answer.addresses.withLock { $0 }
    if found.isEmpty { throw .nameNotFound(host) }
    return found
  }

  private final class Answer: Sendable {
    let addresses = Guarded<[Address]>([])
  }

  private static func ask(_ host: String, _ port: Int, flags: Int32) -> [Address]? {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = flags | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return nil }
    defer { freeaddrinfo(list) }
    var found: [Address] = []
    var next = list
    while let entry = next?.pointee, found.count < addressLimit {
      if let address = entry.ai_addr {
        let bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen)))
        found.append(Address(family: entry.ai_family, bytes: bytes))
      }
      next = entry.ai_next
    }
    return found.isEmpty ? nil : found
  }
}
