import Foundation
import JarvisAPI

/// What the engine has told, as it told it: the attach's snapshot and every event since. Bounded; nothing is made up.
struct Mirror: Sendable {
  private(set) var cluster = ClusterSnapshot()
  private(set) var events: [ClusterEvent] = []
  private(set) var cost: CostReport?
  private(set) var providers: [ProviderHealth] = []
  private(set) var notices: [Notice] = []
  private(set) var holdsApprovalKey = false
  private(set) var readOnly = false
  private(set) var typedCommands: [TypedCommandInfo] = []
  /// The kill switch where it is on.
  private(set) var freeze: Freeze?
  /// SSH host keys that wait for a person.
  private(set) var hostKeys: [HostKeyQuestion] = []
  private(set) var allowances: [Allowance] = []
  private(set) var safety = SafetyStamp()
  private(set) var maintenance: [Maintenance] = []
  /// Known conversations, most recent first.
  private(set) var conversations: [ConversationInfo] = []
  private(set) var histories = Histories()
  /// What is wrong in the newest picture, worst first.
  private(set) var trouble: [Trouble] = []
  /// The newest picture's guests in the order of their panel.
  private(set) var board = GuestBoard()

  /// Why this screen cannot decide an approval; nil where it can.
  var whyUndecidable: String? {
    if readOnly { return "this screen is read-only" }
    return holdsApprovalKey ? nil : "another screen holds the approval key"
  }

  /// Why no shell can be had on a node; nil where one may be asked for.
  var whyNoShell: String? {
    if cluster.link == .none { return "no cluster is configured: no node to open a shell on" }
    if cluster.simulated { return "the simulated nodes have no login shell; /exec NODE COMMAND runs a command there" }
    return whyUndecidable.map { "\($0): no shell from here" }
  }

  mutating func attach(_ snapshot: Snapshot) {
    events = Array(snapshot.events.suffix(AppLimits.eventsKept))
    cost = snapshot.cost.at == .distantPast ? nil : snapshot.cost
    providers = snapshot.providers
    notices = Array(snapshot.notices.suffix(AppLimits.noticesKept))
    holdsApprovalKey = snapshot.holdsApprovalKey
    readOnly = snapshot.readOnly
    typedCommands = snapshot.typedCommands
    freeze = snapshot.freeze
    hostKeys = []
    allowances = snapshot.allowances
    safety = snapshot.safety
    maintenance = snapshot.maintenance
    conversations = []
    for info in snapshot.conversations { put(info) }
    take(snapshot.cluster)
  }

  mutating func take(_ cluster: ClusterSnapshot) {
    self.cluster = cluster
    histories.record(cluster)
    // Worked out once a poll, not once a frame: a cluster may have ten thousand guests.
    trouble = Trouble.list(in: cluster, stoppedAt: histories.stoppedAt)
    board = GuestBoard(cluster.guests, stoppedAt: histories.stoppedAt)
  }

  mutating func take(_ event: ClusterEvent) {
    events.append(event)
    if events.count > AppLimits.eventsKept { events.removeFirst(events.count - AppLimits.eventsKept) }
  }

  mutating func take(_ report: CostReport) { cost = report }

  mutating func take(_ health: ProviderHealth) {
    if let index = providers.firstIndex(where: { $0.id == health.id }) {
      providers[index] = health
    } else {
      providers.append(health)
    }
  }

  mutating func take(_ notice: Notice) {
    notices.removeAll { $0.id == notice.id }
    if !notice.text.isEmpty { notices.append(notice) }
    if notices.count > AppLimits.noticesKept { notices.removeFirst() }
  }

  mutating func endNotice(id: String) { notices.removeAll { $0.id == id } }

  /// ", maintenance" behind the state of a node (its name) or guest (its vmid) that is in it.
  func maintenanceMark(_ target: String) -> String {
    maintenance.contains { $0.target == target } ? ", maintenance" : ""
  }

  mutating func take(_ freeze: Freeze?) { self.freeze = freeze }
  mutating func take(_ waiting: [HostKeyQuestion]) { hostKeys = waiting }
  mutating func take(_ allowances: [Allowance]) { self.allowances = allowances }
  mutating func take(_ stamp: SafetyStamp) { safety = stamp }
  mutating func take(_ maintenance: [Maintenance]) { self.maintenance = maintenance }

  mutating func put(_ info: ConversationInfo) {
    conversations.removeAll { $0.id == info.id }
    let place = conversations.firstIndex { $0.updatedAt < info.updatedAt } ?? conversations.endIndex
    conversations.insert(info, at: place)
    if conversations.count > AppLimits.conversationsKnown { conversations.removeLast() }
  }

  mutating func forget(_ id: ConversationID) { conversations.removeAll { $0.id == id } }

  // MARK: Age

  /// True where the whole picture is old: what it says of state may have changed.
  func isPictureStale(now: Date) -> Bool { cluster.at != .distantPast && isStale(cluster.at, now: now) }

  /// True where a figure is older than three polls, or cannot be renewed.
  func isStale(_ seenAt: Date, now: Date) -> Bool {
    if case .lost = cluster.link { return true }
    return now.timeIntervalSince(seenAt) > cluster.pollInterval * AppLimits.stalePolls
  }
}
