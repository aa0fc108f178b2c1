import NIOCore
import NIOPosix

/// The one thread that simulated servers run on; it sleeps while nobody asks anything.
public final class ServerLoop: Sendable {
  let group: MultiThreadedEventLoopGroup

  public init() {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  }

  /// Ends the thread. Call it after the servers on it were stopped.
  public func stop() async {
    // Fails only where it was shut down before.
    try? await group.shutdownGracefully()
  }
}
