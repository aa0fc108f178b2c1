import JarvisLock
import NIOCore
import NIOSSL

/// What a server's connections share: counters, the certificate in use, and who is connected.
final class ServerState: Sendable {
  let service: any SimulatedService
  let limits: ServerLimits
  private let shared: Guarded<Shared>

  private struct Shared {
    var counts = ServerCounts()
    var context: NIOSSLContext?
    var channels: [ObjectIdentifier: any Channel] = [:]
    var stopping = false
  }

  init(service: any SimulatedService, limits: ServerLimits, context: NIOSSLContext?) {
    self.service = service
    self.limits = limits
    shared = Guarded(Shared(context: context))
  }

  var counts: ServerCounts { shared.withLock { $0.counts } }

  /// The certificate that the next connection is greeted with; nil for plain HTTP.
  var context: NIOSSLContext? {
    get { shared.withLock { $0.context } }
    set { shared.withLock { $0.context = newValue } }
  }

  func count(_ change: (inout ServerCounts) -> Void) {
    shared.withLock { change(&$0.counts) }
  }

  /// Takes a new client in, or says no because the server is full or stopping.
  func admit(_ channel: any Channel) -> Bool {
    shared.withLock {
      guard !$0.stopping, $0.channels.count < limits.connections else { return false }
      $0.channels[ObjectIdentifier(channel)] = channel
      $0.counts.connections += 1
      $0.counts.open += 1
      return true
    }
  }

  func leave(_ channel: any Channel) {
    shared.withLock {
      guard $0.channels.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
      $0.counts.open -= 1
    }
  }

  /// Admits nobody any more and returns who is still connected.
  func drain() -> [any Channel] {
    shared.withLock {
      $0.stopping = true
      return Array($0.channels.values)
    }
  }

  /// Those connected now.
  func connected() -> [any Channel] { shared.withLock { Array($0.channels.values) } }
}
