import Foundation
import JarvisAPI
import JarvisHTTP

/// How often the cluster is asked.
public struct PollPace: Sendable, Hashable {
  /// Resources and tasks.
  public var interval: Duration
  /// Quorum and membership.
  public var status: Duration
  /// Rights and version.
  public var rights: Duration
  public init(interval: Duration = .seconds(12), status: Duration = .seconds(24), rights: Duration = .seconds(600)) {
    self.interval = interval
    self.status = status
    self.rights = rights
  }
}

/// A cluster that is watched: the client, the live picture, and what tools may ask. `run()` polls; everything else may be
/// called at any time, also before.
public actor LiveCluster: ClusterAPI {
  let client: ProxmoxClient
  private let clock: any Clock<Duration>
  private let now: @Sendable () -> Date
  private let pace: PollPace
  private var picture: LivePicture
  private var mailboxes: [WeakMailbox] = []
  private var refreshing: Task<Result<ClusterSnapshot, ProxmoxError>, Never>?

  private struct WeakMailbox: Sendable {
    weak var mailbox: UpdateMailbox?
  }

  /// - Parameters:
  ///   - clock: paces polls and following; tests control it.
  ///   - now: the wall clock, for ages.
  ///   - link: what is true before the first poll; `.none` where no cluster is configured.
  ///   - simulated: true for the demo's cluster; everything then says DEMO.
  ///   - makeID: makes event identities.
  public init(
    client: ProxmoxClient, pace: PollPace = .init(), clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @Sendable () -> Date = { Date() }, link: ClusterLink = .connecting, simulated: Bool = false,
    makeID: @escaping @Sendable () -> UUID = { UUID() }
  ) {
    self.client = client
    self.pace = pace
    self.clock = clock
    self.now = now
    let seconds = Double(pace.interval.components.seconds) + Double(pace.interval.components.attoseconds) / 1e18
    picture = LivePicture(pollInterval: seconds, link: link, simulated: simulated, makeID: makeID)
  }

  // MARK: Polling

  /// Polls until the task is cancelled. Rights, status and resources each have their own pace and their own failures:
  /// one that hangs delays no other.
  public func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.every(self.pace.rights, afterFailure: self.pace.status) { await self.pollRights() } }
      group.addTask { await self.every(self.pace.status, afterFailure: self.pace.status) { await self.pollStatus() } }
      group.addTask { await self.every(self.pace.status) { await self.pollMaintenance() } }
      group.addTask { await self.every(self.pace.interval) { await self.pollTasks() } }
      group.addTask { await self.every(self.pace.interval) { _ = await self.pollResources() } }
    }
  }

  private nonisolated func every(_ pause: Duration, _ poll: @Sendable () async -> Void) async {
    await every(pause, afterFailure: pause) {
      await poll()
      return true
    }
  }

  private nonisolated func every(
    _ pause: Duration, afterFailure: Duration, _ poll: @Sendable () async -> Bool
  ) async {
    while !Task.isCancelled {
      let fine = await poll()
      // Cancellation is how polling ends.
      guard (try? await clock.sleep(for: fine ? pause : afterFailure)) != nil else { return }
    }
  }

  private func pollRights() async -> Bool {
    do throws(ProxmoxError) {
      apply(.rights(try await client.permissions()))
      apply(.version(try await client.version().version))
      return true
    } catch {
      return false  // Shown by what polls more often; nothing is said to be withheld meanwhile.
    }
  }

  private func pollStatus() async -> Bool {
    do throws(ProxmoxError) {
      apply(.status(try await client.clusterStatus()))
      return true
    } catch {
      if error.kind != .cancelled { apply(.noStatus(error)) }
      return false
    }
  }

  private func pollMaintenance() async {
    do throws(ProxmoxError) {
      apply(.maintenance(try await client.read(.haManager()).inMaintenance))
    } catch {
      // Without the right nobody knows; any other trouble is told by the resources, and what was known stays.
      if case .forbidden = error.kind { apply(.maintenance(nil)) }
    }
  }

  private func pollTasks() async {
    // Tasks that cannot be read leave the last list standing; the link's own trouble is told by the resources.
    if case .success(let tasks) = await outcome({ () async throws(ProxmoxError) in try await client.clusterTasks() }) {
      apply(.tasks(tasks))
    }
  }

  private func pollResources() async -> ProxmoxError? {
    do throws(ProxmoxError) {
      let list = try await client.resources()
      let endpoint = await client.currentEndpoint()
      apply(.resources(list, via: endpoint?.node ?? endpoint?.base ?? ""))
      return nil
    } catch {
      if error.kind != .cancelled { apply(.lost(error)) }
      return error
    }
  }

  private func outcome<Value: Sendable>(
    _ ask: () async throws(ProxmoxError) -> Value
  ) async -> Result<Value, ProxmoxError> {
    do throws(ProxmoxError) { return .success(try await ask()) } catch { return .failure(error) }
  }

  private func apply(_ news: LivePicture.News) {
    let events = picture.apply(news, at: now())
    mailboxes.removeAll { $0.mailbox?.isClosed ?? true }
    for entry in mailboxes { entry.mailbox?.post(picture.snapshot, events) }
  }

  /// Pictures and events as they come; starts with the present picture. Of pictures only the newest waits, events wait
  /// up to a bound.
  public func updates() -> AsyncStream<ClusterUpdate> {
    let mailbox = UpdateMailbox()
    mailbox.post(picture.snapshot, [])
    mailboxes.append(WeakMailbox(mailbox: mailbox))
    return mailbox.stream()
  }

  /// Takes the guests that are off because the operator wants it so, by name or number; every listener hears of it.
  public func take(offOnPurpose names: Set<String>) {
    picture.take(offOnPurpose: names)
    for entry in mailboxes { entry.mailbox?.post(picture.snapshot, []) }
  }

  // MARK: ClusterAPI, live

  public func live() -> ClusterSnapshot { picture.snapshot }

  public func recentEvents() -> [ClusterEvent] { picture.events }

  public func account() -> String { client.tokenID }

  /// Callers at the same time share one look.
  public func refresh() async throws(ProxmoxError) -> ClusterSnapshot {
    let task: Task<Result<ClusterSnapshot, ProxmoxError>, Never>
    if let refreshing {
      task = refreshing
    } else {
      task = Task {
        async let status = self.pollStatus()
        let failure = await self.pollResources()
        _ = await status
        return failure.map { .failure($0) } ?? .success(self.picture.snapshot)
      }
      refreshing = task
    }
    let result = await task.value
    if refreshing == task { refreshing = nil }
    return try result.get()
  }

  /// One whole look without polling: rights first, so that what is withheld is told as that. For `status`.
  public func lookOnce() async throws(ProxmoxError) -> ClusterSnapshot {
    _ = await pollRights()
    return try await refresh()
  }

  // MARK: ClusterAPI, asked now

  public func nodeStatus(_ node: String) async throws(ProxmoxError) -> NodeDetails {
    if !picture.snapshot.nodes.isEmpty, !picture.snapshot.nodes.contains(where: { $0.name == node }) {
      let known = picture.snapshot.nodes.map(\.name).joined(separator: ", ")
      throw ProxmoxError(
        .notFound, attempted: "read the status of node \(OutsideText.name(node))",
        reason: "the cluster's nodes are \(known)")
    }
    return complete(try await client.nodeStatus(node), node)
  }

  /// All online nodes at once, each with its own fate.
  public func nodeStatuses() async -> [String: Result<NodeDetails, ProxmoxError>] {
    let names = picture.snapshot.nodes.filter { $0.status != .offline }.map(\.name)
    let client = client
    let answers = await SideBySide.ask(names) { node throws(ProxmoxError) in try await client.nodeStatus(node) }
    return Dictionary(
      uniqueKeysWithValues: answers.map { name, answer in (name, answer.map { self.complete($0, name) }) })
  }

  private func complete(_ details: NodeDetails, _ name: String) -> NodeDetails {
    var details = details
    details.node.name = name
    details.node.address = picture.snapshot.nodes.first { $0.name == name }?.address
    details.node.seenAt = now()
    return details
  }

  public func guestStatus(_ vmid: Int) async throws(ProxmoxError) -> GuestDetails {
    let client = client
    var (details, place) = try await locating(vmid, "read the status of") { place throws(ProxmoxError) in
      (try await client.guestStatus(place), place)
    }
    details.guest.node = place.node
    details.guest.seenAt = now()
    if details.guest.name.isEmpty { details.guest.name = picture.guest(vmid)?.name ?? "" }
    return details
  }

  public func guestConfig(_ vmid: Int) async throws(ProxmoxError) -> [String: JSONValue] {
    let client = client
    return try await locating(vmid, "read the configuration of") { place throws(ProxmoxError) in
      try await client.guestConfig(place)
    }
  }

  /// Asks about a guest where the picture has it; where it is not (any more), looks again once.
  private func locating<Answer: Sendable>(
    _ vmid: Int, _ attempted: String, _ ask: @Sendable (GuestPlace) async throws(ProxmoxError) -> Answer
  ) async throws(ProxmoxError) -> Answer {
    if let guest = picture.guest(vmid) {
      do throws(ProxmoxError) {
        return try await ask(GuestPlace(guest))
      } catch {
        // A guest that moved is answered like one that never was.
        guard error.kind == .failed, error.reason.contains("does not exist") else { throw error }
        let known = guest.node
        _ = try await refresh()
        guard let moved = picture.guest(vmid), moved.node != known else { throw error }
        return try await ask(GuestPlace(moved))
      }
    }
    _ = try await refresh()
    return try await ask(GuestPlace(try known(vmid, attempted)))
  }

  public func read<Answer: Sendable>(_ query: ClusterQuery<Answer>) async throws(ProxmoxError) -> Answer {
    try await client.read(query)
  }

  private func known(_ vmid: Int, _ attempted: String) throws(ProxmoxError) -> Guest {
    if let guest = picture.guest(vmid) { return guest }
    throw ProxmoxError(
      .notFound, attempted: "\(attempted) guest \(vmid)", reason: "no guest with this number is shown to the token")
  }

  public func tasks(limit: Int) async throws(ProxmoxError) -> [ClusterTask] {
    Array(try await client.clusterTasks().prefix(max(0, limit)))
  }

  /// Longer logs are cut at their beginning.
  static let maximumLogLines = 5_000

  public func taskLog(_ upid: UPID, limit: Int) async throws(ProxmoxError) -> [String] {
    let limit = min(max(1, limit), Self.maximumLogLines)
    let head = try await client.taskLog(upid, start: 0, limit: limit)
    guard head.total > head.lines.count, head.total > limit else { return head.lines }
    return try await client.taskLog(upid, start: head.total - limit, limit: limit).lines
  }

  // MARK: ClusterAPI, acting

  /// Throws where the cluster is known to have no quorum: mutations are refused then, before anything is sent.
  public func requireQuorum(for attempted: String) throws(ProxmoxError) {
    guard picture.snapshot.quorate == .known(false) else { return }
    throw ProxmoxError(.noQuorum, attempted: attempted, reason: "the cluster has no quorum, so nothing was sent")
  }

  public func change(_ change: ClusterChange) async throws(ProxmoxError) -> UPID? {
    try requireQuorum(for: change.attempted)
    return try await client.change(change)
  }

  public func follow(_ upid: UPID, patience: Duration) async throws(ProxmoxError) -> ClusterTask.Outcome {
    var following = TaskFollowing(patience: patience)
    while true {
      let began = now()
      let look = await look(at: upid)
      // A wall clock that was set back meanwhile must not lengthen the patience.
      switch following.after(look, took: .seconds(max(0, now().timeIntervalSince(began)))) {
      case .end(let outcome): return outcome
      case .fail(let error): throw error
      case .wait(let pause):
        do {
          try await clock.sleep(for: pause)
        } catch {
          throw ProxmoxError(
            .cancelled, attempted: "follow task \(OutsideText.name(upid.type))", reason: "it was stopped")
        }
      }
    }
  }

  /// The task's own node knows best; where it cannot be reached, the cluster's list of tasks still tells its end.
  private func look(at upid: UPID) async -> TaskFollowing.Look {
    do throws(ProxmoxError) {
      return .saw(try await client.taskStatus(upid))
    } catch {
      guard TaskFollowing.mayPass(error) else { return .failed(error) }
      let listed = await outcome { () async throws(ProxmoxError) in try await client.clusterTasks() }
      if case .success(let tasks) = listed, let task = tasks.first(where: { $0.upid == upid.text }),
        task.outcome != .running
      {
        return .saw(task.outcome)
      }
      return .failed(error)
    }
  }
}
