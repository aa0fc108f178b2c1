import Foundation
import JarvisAPI

/// What stands in the freeze file: the last word on the kill switch, who said it and when.
struct FreezeRecord: Codable, Hashable {
  static let currentVersion = 1
  /// Characters of a reason and of a name, at most.
  static let maximumText = 500

  enum Word: String, Codable { case frozen, off }

  var version = FreezeRecord.currentVersion
  /// Tells two freezes for the same reason apart, so that each is audited once.
  var id: String
  var state: Word
  /// Seconds since 1970, as all times here.
  var at: Double
  var until: Double?
  var reason: String
  var by: String
  /// The boot in which it was written, and the seconds since then.
  var boot: String?
  var uptime: Double?

  /// What is wrong with a record that a program did not write; nil for a good one.
  var fault: String? {
    if version != Self.currentVersion { return "it is of version \(version), which this Jarvis does not know" }
    if !at.isFinite || until?.isFinite == false || uptime?.isFinite == false { return "a time in it is no time" }
    return nil
  }

  /// The freeze in force; nil where it is off or has ended.
  ///
  /// An end by the wall clock holds only once as much time has passed by the host's uptime, too: a clock that is set
  /// forward does not lift it early. One that is set back makes it last longer. After another boot only the wall counts.
  func freeze(at moment: HostClock) -> Freeze? {
    if state == .off || hasEnded(at: moment) { return nil }
    return Freeze(
      reason: reason, since: Date(timeIntervalSince1970: at), until: until.map(Date.init(timeIntervalSince1970:)),
      by: by)
  }

  private func hasEnded(at clock: HostClock) -> Bool {
    guard let until, clock.now().timeIntervalSince1970 >= until else { return false }
    guard let boot, let uptime, let present = clock.uptime(), present.boot == boot else { return true }
    return present.seconds - uptime >= until - at
  }
}
