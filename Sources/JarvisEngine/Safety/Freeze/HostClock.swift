import Foundation

/// The host's clocks as all its processes see them: the wall's, which people set, and the time since the boot.
public struct HostClock: Sendable {
  /// A moment of this boot.
  public struct Uptime: Sendable, Hashable {
    /// Another after each boot.
    public var boot: String
    /// Seconds since then, sleep included.
    public var seconds: TimeInterval
    public init(boot: String, seconds: TimeInterval) {
      self.boot = boot
      self.seconds = seconds
    }
  }

  public var now: @Sendable () -> Date
  /// nil where the host does not tell.
  public var uptime: @Sendable () -> Uptime?

  public init(now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Uptime?) {
    self.now = now
    self.uptime = uptime
  }

  /// Linux: `boot_id` of the kernel, CLOCK_BOOTTIME.
  public static func linux(now: @escaping @Sendable () -> Date) -> HostClock {
    HostClock(now: now) {
      var time = timespec()
      guard clock_gettime(CLOCK_BOOTTIME, &time) == 0,
        let text = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id")
      else { return nil }
      let boot = String(decoding: text.prefix(64), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      return boot.isEmpty ? nil : Uptime(boot: boot, seconds: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }
  }
}
