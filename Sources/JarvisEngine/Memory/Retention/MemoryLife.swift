import Foundation
import JarvisAPI

/// How long each tier is remembered, in seconds from when something was said or happened (MEM-05).
public struct MemoryLife: Sendable, Hashable {
  public var conversation: TimeInterval
  public var episodic: TimeInterval

  public init(conversation: TimeInterval = 7 * 86_400, episodic: TimeInterval = 30 * 86_400) {
    self.conversation = conversation
    self.episodic = episodic
  }

  /// nil where there is no end.
  public func end(of tier: MemoryTier, from date: Date) -> Date? {
    switch tier {
    case .conversation: date + conversation
    case .episodic: date + episodic
    case .semantic: nil
    }
  }
}
