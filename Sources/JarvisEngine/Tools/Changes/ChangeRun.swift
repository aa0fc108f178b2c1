import Foundation
import JarvisAPI
import JarvisCluster

/// Act → follow the task to its real end → read the target's state back. Says done only for what was read (FOUND-01,
/// "act, then look"). The one way in which anything is changed on the cluster.
struct ChangeRun {
  let context: ToolContext
  let change: Change

  /// How far a node's clock may be off when a lost task is looked for.
  static let clockTolerance: TimeInterval = 30
  /// Tasks that are looked through for a lost one, at most.
  static let maximumTasksSearched = 100

  func run() async throws(UserFacingError) -> ToolReport {
    let (outcome, remark) = try await act()
    let reading = await readBack(after: outcome)
    return ChangeReceipt(
      change: change, outcome: outcome, reading: reading,
      remarks: [remark, change.remark].compactMap(\.self)
    ).report
  }

  /// The task's end; and what a person must know about how it was learned.
  private func act() async throws(UserFacingError) -> (ClusterTask.Outcome, remark: String?) {
    let began = context.now()
    let earlier = Set(await context.cluster.live().tasks.map(\.upid))
    let upid: UPID?
    var remark: String?
    do throws(ProxmoxError) {
      upid = try await change.send()
    } catch {
      guard error.leavesOutcomeOpen else { throw error.userFacing }
      // Never asked twice: the first may have been heard.
      guard let found = await lostTask(since: began, besides: earlier) else {
        return (.unknown, "the answer was lost (\(error.reason)), and no task of it was found")
      }
      remark = "the answer was lost (\(error.reason)); its task was found in the cluster's log"
      upid = found
    }
    guard let upid else { return (.ok, remark) }
    do throws(ProxmoxError) {
      return (try await context.cluster.follow(upid, patience: change.taskPatience ?? context.patience.task), remark)
    } catch {
      return (.unknown, "its task \(upid.text) could not be followed to its end: \(error.reason)")
    }
  }

  /// The task that a lost answer would have named: of this account, on this target, begun since. Somebody else's is never
  /// taken for it.
  private func lostTask(since began: Date, besides earlier: Set<String>) async -> UPID? {
    guard !change.trace.types.isEmpty else { return nil }
    let tasks: [ClusterTask]
    do throws(ProxmoxError) {
      tasks = try await context.cluster.tasks(limit: Self.maximumTasksSearched)
    } catch {
      // The cluster cannot be asked now: then nobody knows, and the receipt says so.
      return nil
    }
    let account = await context.cluster.account()
    let span =
      began.addingTimeInterval(-Self.clockTolerance)...max(began, context.now()).addingTimeInterval(Self.clockTolerance)
    let mine = tasks.filter { task in
      task.target == change.trace.target && change.trace.types.contains(task.type) && task.user == account
        && span.contains(task.startedAt) && !earlier.contains(task.upid)
    }
    return mine.max { $0.startedAt < $1.startedAt }.flatMap { UPID($0.upid) }
  }

  /// Looks until the wish was seen reached often enough, no look can help any more, or patience is over.
  private func readBack(after outcome: ClusterTask.Outcome) async -> ChangeReceipt.Reading {
    let patience = patience(after: outcome)
    var looks = max(1, Int(patience / context.patience.interval))
    var seen = 0
    var last: ChangeReceipt.Reading = .unreadable("nothing was read")
    while looks > 0 {
      looks -= 1
      do throws(ProxmoxError) {
        let look = try await change.look()
        seen = look.reached ? seen + 1 : 0
        last = .read(look)
        if seen >= change.confirmations || look.hopeless { return last }
      } catch {
        seen = 0
        last = .unreadable(error.reason)
      }
      if looks == 0 { return last }
      do {
        try await context.clock.sleep(for: context.patience.interval)
      } catch {
        // Only a clock that is shut down refuses to sleep: what was read last must do.
        return last
      }
    }
    return last
  }

  private func patience(after outcome: ClusterTask.Outcome) -> Duration {
    switch outcome {
    // The task says that nothing was done; one look tells how things are now.
    case .failed, .running: context.patience.interval
    case .ok, .warnings, .unknown: change.readBack
    }
  }
}
