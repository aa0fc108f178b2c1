import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSSH

/// What every tool works with.
public struct ToolContext: Sendable {
  public var cluster: any ClusterAPI
  public var now: @Sendable () -> Date
  /// Waits between two looks at a guest that changes.
  public var clock: any Clock<Duration>
  public var patience: ToolPatience
  public var format: ToolFormat
  /// Runs commands on nodes; nil where SSH is not set up: then what needs it says so.
  public var shell: (any NodeShell)?
  /// Judges commands; nil where there is no judge: then none runs.
  public var classifier: (any CommandClassifier)?

  /// - Parameter timeZone: the operator's, for the times in results.
  public init(
    cluster: any ClusterAPI, now: @escaping @Sendable () -> Date, clock: any Clock<Duration>, timeZone: TimeZone,
    patience: ToolPatience = ToolPatience(), shell: (any NodeShell)? = nil,
    classifier: (any CommandClassifier)? = nil
  ) {
    self.cluster = cluster
    self.now = now
    self.clock = clock
    self.patience = patience
    self.shell = shell
    self.classifier = classifier
    format = ToolFormat(timeZone: timeZone)
  }

  /// Asks one of the cluster's questions.
  func read<Answer: Sendable>(_ query: ClusterQuery<Answer>) async throws(UserFacingError) -> Answer {
    do throws(ProxmoxError) {
      return try await cluster.read(query)
    } catch {
      throw error.userFacing
    }
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
  /// For the end of a task that moves a guest's data: backup, migration, clone, restore.
  public var longTask: Duration
  /// For the HA manager to carry out a wish.
  public var ha: Duration
  /// For the state to be read back after the task's end.
  public var readBack: Duration
  /// For a node to be back after it was woken.
  public var boot: Duration
  /// Between two looks.
  public var interval: Duration

  public init(
    task: Duration = .seconds(300), longTask: Duration = .seconds(7_200), ha: Duration = .seconds(180),
    readBack: Duration = .seconds(30),
    boot: Duration = .seconds(300), interval: Duration = .seconds(1)
  ) {
    self.task = task
    self.longTask = longTask
    self.ha = ha
    self.readBack = readBack
    self.boot = boot
    self.interval = interval
  }
}
