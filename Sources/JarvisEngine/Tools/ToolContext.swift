import Foundation
import JarvisAPI
import JarvisCluster

/// What every tool works with.
public struct ToolContext: Sendable {
  public var cluster: any ClusterAPI
  public var now: @Sendable () -> Date
  /// Waits between two looks at a guest that changes.
  public var clock: any Clock<Duration>
  public var patience: ToolPatience
  public var format: ToolFormat

  /// - Parameter timeZone: the operator's, for the times in results.
  public init(
    cluster: any ClusterAPI, now: @escaping @Sendable () -> Date, clock: any Clock<Duration>, timeZone: TimeZone,
    patience: ToolPatience = ToolPatience()
  ) {
    self.cluster = cluster
    self.now = now
    self.clock = clock
    self.patience = patience
    format = ToolFormat(timeZone: timeZone)
  }

  /// The live picture; asks the cluster where there is none yet.
  func picture() async throws(UserFacingError) -> ClusterSnapshot {
    let live = await cluster.live()
    return live.nodes.isEmpty ? try await freshPicture() : live
  }

  /// The picture as the cluster tells it now.
  func freshPicture() async throws(UserFacingError) -> ClusterSnapshot {
    if await cluster.live().link == .none {
      throw UserFacingError(
        .configuration, attempted: "read the cluster", reason: "no cluster is configured",
        advice: "run `jarvis-tui init`")
    }
    do throws(ProxmoxError) {
      return try await cluster.refresh()
    } catch {
      throw error.userFacing
    }
  }
}

/// How long tools wait.
public struct ToolPatience: Sendable, Hashable {
  /// For the end of a task.
  public var task: Duration
  /// For the HA manager to carry out a wish.
  public var ha: Duration
  /// For the state to be read back after the task's end.
  public var readBack: Duration
  /// Between two looks.
  public var interval: Duration

  public init(
    task: Duration = .seconds(300), ha: Duration = .seconds(180), readBack: Duration = .seconds(30),
    interval: Duration = .seconds(1)
  ) {
    self.task = task
    self.ha = ha
    self.readBack = readBack
    self.interval = interval
  }
}
