import Foundation

/// A Proxmox VE cluster as a state machine: nodes, guests, storages, tasks, and what happens to them as time passes.
///
/// It is a plain value. Time comes in by `advance(to:)`, chance from the seed: the same configuration, seed and calls give
/// the same history, however often it is advanced in between. Loads are functions of time, so an idle cluster costs nothing.
public struct SimulatedCluster: Sendable {
  /// Bounds of what a cluster remembers.
  enum Limit {
    /// Ended tasks beyond these are forgotten, oldest first.
    static let tasks = 1_000
    static let logEntries = 1_000
    /// Figures in `/cluster/resources` are told by each node once in so many seconds.
    static let broadcast: Double = 10
    /// Spontaneous events worked through by one `advance`; what lies beyond is skipped, so that a long sleep ends.
    static let eventsPerAdvance = 20_000
  }

  public let configuration: Configuration
  let seed: UInt64
  /// Seconds since 1970.
  private(set) var now: Double
  let begunAt: Double
  var random: SeededRandom
  var nodes: [NodeState]
  var guests: [Int: GuestState]
  var storages: [StorageConfiguration]
  /// The vmids on each node, in order.
  var residents: [String: [Int]]
  /// Oldest first.
  var tasks: [TaskState] = []
  var log: [LogEntry] = []
  var logCount = 0
  /// Guests that tasks are making.
  var births: [Int: GuestConfiguration] = [:]
  /// Oldest first.
  var backups: [BackupState] = []
  /// Scrubs of pools under way: pool → its span.
  var scrubs: [String: (from: Double, to: Double)] = [:]
  var events = EventQueue()
  var failures: [TaskFailure] = []
  /// The tokens with their secrets.
  public let tokens: [SimulatedToken]

  /// - Throws: `SimulatorError.badConfiguration` where two things bear one name, or a guest lives nowhere.
  public init(_ configuration: Configuration, seed: UInt64 = 1, at date: Date) throws(SimulatorError) {
    try configuration.check()
    let now = date.timeIntervalSince1970.rounded(.down)
    var random = SeededRandom(seed: seed)
    self.configuration = configuration
    self.seed = seed
    self.now = now
    begunAt = now
    let machines = configuration.nodes.enumerated().map {
      NodeState($1, number: $0 + 1, now: now, random: &random, seed: seed)
    }
    let booted = Dictionary(machines.map { ($0.name, $0.bootedAt) }) { first, _ in first }
    var virtual: [Int: GuestState] = [:]
    for guest in configuration.guests {
      let boot = booted[guest.node] ?? now
      virtual[guest.vmid] = GuestState(
        guest, bootedAt: boot + 20 + random.unit() * 60, random: &random, seed: seed,
        begunAt: now)
    }
    nodes = machines
    guests = virtual
    storages = configuration.storages
    residents = Dictionary(grouping: configuration.guests, by: \.node).mapValues { $0.map(\.vmid).sorted() }
    tokens = configuration.tokens.map {
      var token = $0
      if token.secret == nil { token.secret = random.uuid() }
      return token
    }
    self.random = random
    if configuration.life.past { inventPast() }
    scheduleLife()
  }

  /// The cluster's own time.
  public var date: Date { Date(timeIntervalSince1970: now) }

  /// Lets time pass: tasks end, guests crash, nodes come back. Earlier times are ignored.
  public mutating func advance(to date: Date) {
    let target = date.timeIntervalSince1970
    guard target > now else { return }
    var budget = Limit.eventsPerAdvance
    while budget > 0, let event = events.next(upTo: target) {
      now = max(now, event.at)
      happen(event.kind)
      budget -= 1
    }
    now = target
  }

  mutating func note(
    _ text: String, node: String, tag: String, process: Int = 1, user: String = "root@pam", priority: Int = 6
  ) {
    logCount += 1
    log.append(
      LogEntry(
        number: logCount, at: now, node: node, tag: tag, process: process, user: user, priority: priority, text: text))
    log.removeFirst(max(0, log.count - Limit.logEntries))
  }

  /// Sets the time while the past is being invented.
  mutating func pretend(_ time: Double) {
    now = time
  }
}
