import Foundation
import JarvisLock

/// A simulated cluster that follows a clock: whoever looks, sees it as of now. Nobody looking, nothing runs.
public final class LiveCluster: Sendable {
  private let cluster: Guarded<SimulatedCluster>
  private let clock: @Sendable () -> Date

  /// - Parameter clock: the time now; tests pass one of their own.
  public init(_ cluster: SimulatedCluster, clock: @escaping @Sendable () -> Date) {
    self.cluster = Guarded(cluster)
    self.clock = clock
  }

  /// Brings the cluster to now and hands it over, to be read or changed.
  public func update<Result: Sendable, Failure: Error>(
    _ body: (inout SimulatedCluster) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let now = clock()
    return try cluster.withLock { (state: inout SimulatedCluster) throws(Failure) -> Result in
      state.advance(to: now)
      return try body(&state)
    }
  }

  /// The cluster as of now, as a value of its own.
  public func snapshot() -> SimulatedCluster {
    update { $0 }
  }
}
