import Foundation
import JarvisAPI

/// Rates from the guests' byte counters: what all of them together received and sent a second.
///
/// A counter that runs backwards was reset (the guest restarted): it gives no rate until it has been read twice again.
struct TrafficMeter: Sendable, Equatable {
  struct Rate: Sendable, Equatable {
    /// Bytes a second towards the guests.
    var received: Double
    /// Bytes a second from the guests.
    var sent: Double
  }

  private struct Counter: Sendable, Equatable {
    var received: Int64
    var sent: Int64
    var at: Date
    var rate: Rate?
  }

  /// Seconds that a counter may stand still before that means that nothing flows.
  static let broadcastPatience: TimeInterval = 15

  private var counters: [Int: Counter] = [:]

  /// Reads the counters of this picture.
  /// - Returns: the sum of all known rates; nil where no guest has been read twice yet.
  mutating func read(_ guests: [Guest]) -> Rate? {
    var seen: [Int: Counter] = [:]
    for guest in guests.prefix(AppLimits.guestsTracked) where guest.status == .running {
      guard let received = guest.networkIn.value, let sent = guest.networkOut.value else { continue }
      seen[guest.vmid] = counter(for: guest, received: received, sent: sent)
    }
    counters = seen
    let rates = seen.values.compactMap(\.rate)
    guard !rates.isEmpty else { return nil }
    return Rate(received: rates.reduce(0) { $0 + $1.received }, sent: rates.reduce(0) { $0 + $1.sent })
  }

  private func counter(for guest: Guest, received: Int64, sent: Int64) -> Counter {
    var counter = Counter(received: received, sent: sent, at: guest.seenAt)
    guard let before = counters[guest.vmid] else { return counter }
    let seconds = guest.seenAt.timeIntervalSince(before.at)
    if seconds <= 0 { return before }
    // Nodes broadcast their counters about every ten seconds: an unchanged one was not read anew, it says nothing yet.
    if received == before.received, sent == before.sent, seconds < Self.broadcastPatience { return before }
    if received >= before.received, sent >= before.sent {
      counter.rate = Rate(
        received: (Double(received) - Double(before.received)) / seconds,
        sent: (Double(sent) - Double(before.sent)) / seconds)
    }
    return counter
  }
}
