import Foundation
import JarvisAPI

/// The guests as their panel shows them: counts, and a bounded number of each kind in order.
struct GuestBoard: Sendable, Equatable {
  /// Guests of a kind kept for the panel.
  static let kept = 128

  var total = 0
  var up = 0
  var stopped = 0
  /// Paused or suspended.
  var paused = 0
  /// Their node is gone, or the token may not see their state.
  var unknown = 0
  /// Not stopped, by load.
  private(set) var busy: [Guest] = []
  /// Stopped under our eyes.
  private(set) var alarming: [Guest] = []
  /// Stopped, perhaps on purpose.
  private(set) var resting: [Guest] = []

  init() {}

  init(_ guests: [Guest], stoppedAt: [Int: Date]) {
    var loads: [(index: Int, load: Double)] = []
    for index in guests.indices where !guests[index].template {
      total += 1
      switch guests[index].status {
      case .stopped:
        stopped += 1
        let wasSeen = stoppedAt[guests[index].vmid] != nil
        if wasSeen, alarming.count < Self.kept { alarming.append(guests[index]) }
        if !wasSeen, resting.count < Self.kept { resting.append(guests[index]) }
      case .running:
        up += 1
        loads.append((index, guests[index].cpu.value ?? -1))
      case .paused, .suspended:
        paused += 1
        loads.append((index, guests[index].cpu.value ?? -1))
      case .unknown:
        unknown += 1
        loads.append((index, -2))
      }
    }
    loads.sort { ($1.load, guests[$0.index].vmid) < ($0.load, guests[$1.index].vmid) }
    busy = loads.prefix(Self.kept).map { guests[$0.index] }
  }

  /// "14 up, 1 down, 2 unknown": every guest is in one of the counts.
  var counts: String {
    let all = [(up, "up"), (stopped, "down"), (paused, "paused"), (unknown, "unknown")]
    return all.enumerated().filter { $0.offset < 2 || $0.element.0 > 0 }.map { "\($0.element.0) \($0.element.1)" }
      .joined(separator: ", ")
  }

  /// The same in fewer cells: "14 up, 1 down, 2 ?".
  var shortCounts: String {
    counts.replacingOccurrences(of: " unknown", with: " ?").replacingOccurrences(of: " paused", with: " paus.")
  }

  /// The busiest; a few rows at the end belong to those that stopped under our eyes.
  func rows(_ count: Int) -> [Guest] {
    let alarms = alarming.prefix(max(1, count / 3))
    return Array((busy.prefix(max(0, count - alarms.count)) + alarms + resting).prefix(max(0, count)))
  }
}
