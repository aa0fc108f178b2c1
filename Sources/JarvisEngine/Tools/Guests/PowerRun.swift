import Foundation
import JarvisAPI
import JarvisCluster

/// Act → follow the task to its real end → read the guest's state back. Says done only for what was read (FOUND-01,
/// "act, then look").
struct PowerRun {
  let context: ToolContext
  let action: GuestAction
  let vmid: Int

  /// Looks in a row that must agree, so that a guest which dies right after its start is noticed.
  static let confirmations = 2
  /// How far a node's clock may be off when a lost task is looked for.
  static let clockTolerance: TimeInterval = 30
  /// Tasks that are looked through for a lost one, at most.
  static let maximumTasksSearched = 100

  func run() async throws(UserFacingError) -> ToolReport {
    let before: GuestDetails
    do throws(ProxmoxError) {
      before = try await context.cluster.guestStatus(vmid)
    } catch {
      throw error.userFacing
    }
    let goal = PowerGoal(action: action, before: before)
    let (outcome, remark) = try await act()
    let reading = await readBack(goal, after: outcome)
    return PowerReceipt(action: action, goal: goal, outcome: outcome, reading: reading, remark: remark).report
  }

  /// The task's end; and what a person must know about how it was learned.
  private func act() async throws(UserFacingError) -> (ClusterTask.Outcome, remark: String?) {
    let began = context.now()
    let earlier = Set(await context.cluster.live().tasks.map(\.upid))
    let upid: UPID
    var remark: String?
    do throws(ProxmoxError) {
      upid = try await context.cluster.perform(action, on: vmid)
    } catch {
      guard error.leavesOutcomeOpen else { throw error.userFacing }
      // Never asked twice: the first may have been heard.
      guard let found = await lostTask(since: began, besides: earlier) else {
        return (.unknown, "the answer was lost (\(error.reason)), and no task of it was found")
      }
      remark = "the answer was lost (\(error.reason)); its task was found in the cluster's log"
      upid = found
    }
    do throws(ProxmoxError) {
      return (try await context.cluster.follow(upid, patience: context.patience.task), remark)
    } catch {
      return (.unknown, "its task \(upid.text) could not be followed to its end: \(error.reason)")
    }
  }

  /// The task that a lost answer would have named: of this account, on this guest, begun since. Somebody else's is never
  /// taken for it.
  private func lostTask(since began: Date, besides earlier: Set<String>) async -> UPID? {
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
      task.target == String(vmid) && action.taskTypes.contains(task.type) && task.user == account
        && span.contains(task.startedAt) && !earlier.contains(task.upid)
    }
    return mine.max { $0.startedAt < $1.startedAt }.flatMap { UPID($0.upid) }
  }

  /// Looks until the goal was seen twice in a row, HA has given up, or patience is over.
  private func readBack(_ goal: PowerGoal, after outcome: ClusterTask.Outcome) async -> PowerReceipt.Reading {
    let patience = patience(goal, outcome)
    var looks = max(1, Int(patience / context.patience.interval))
    var seen = 0
    var last: PowerReceipt.Reading = .unreadable("nothing was read")
    while looks > 0 {
      looks -= 1
      do throws(ProxmoxError) {
        let now = try await context.cluster.guestStatus(vmid)
        seen = goal.isReached(by: now) ? seen + 1 : 0
        last = .read(now, reached: seen > 0)
        if seen >= Self.confirmations || now.guest.haState == "error" { return last }
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

  private func patience(_ goal: PowerGoal, _ outcome: ClusterTask.Outcome) -> Duration {
    switch outcome {
    // The task says that nothing was done; one look tells how things are now.
    case .failed, .running: context.patience.interval
    case .ok, .warnings, .unknown: goal.before.managedByHA ? context.patience.ha : context.patience.readBack
    }
  }
}
