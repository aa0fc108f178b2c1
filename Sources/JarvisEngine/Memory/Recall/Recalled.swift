import Foundation
import JarvisAPI

/// What a question found.
public struct Recalled: Sendable, Hashable {
  public struct Hit: Sendable, Hashable {
    public var item: MemoryItem
    /// Comparable within one answer only; more is better.
    public var score: Double
    public init(item: MemoryItem, score: Double) {
      self.item = item
      self.score = score
    }
  }

  /// Best first; empty where nothing relevant is remembered.
  public var hits: [Hit]
  /// The time that the question names.
  public var range: TimeRange?
  /// Nothing was there in that time: the hits are from another, and whoever shows them says so.
  public var widened: Bool
  /// The question was about a time and nothing else: the hits are what that time holds, in its order.
  public var listsRange: Bool
  /// Indexes that were found damaged by this question and were made again before it was answered.
  public var rebuilt: [String] = []

  public init(hits: [Hit] = [], range: TimeRange? = nil, widened: Bool = false, listsRange: Bool = false) {
    self.hits = hits
    self.range = range
    self.widened = widened
    self.listsRange = listsRange
  }
}

/// Turns texts into vectors, where the local model server can; recall works without it.
public protocol Embedder: Sendable {
  /// As many vectors as texts, of one length.
  func vectors(for texts: [String]) async throws -> [[Float]]
}
