import Foundation

/// The engine's current view of the cluster: the *live picture*. Plain values with their age.
public struct ClusterSnapshot: Codable, Sendable, Equatable {
  /// The cluster's name, or the single node's.
  public var name: String
  /// When this picture was put together.
  public var at: Date
  public var link: ClusterLink
  /// True with quorum; unknown until `/cluster/status` answered.
  public var quorate: Reading<Bool>
  /// Proxmox VE version of the node asked first, e.g. "9.2.11".
  public var version: String?
  public var nodes: [Node]
  public var guests: [Guest]
  public var storages: [Storage]
  /// Most recent first; bounded by the poller.
  public var tasks: [ClusterTask]
  /// What the token's rights leave out, in words: "no right: Sys.Audit /nodes/pve".
  public var blindSpots: [String]
  /// Seconds between polls: what is older than three of them is stale.
  public var pollInterval: TimeInterval
  /// True in the simulated cluster: everything on the screen then says DEMO.
  public var simulated: Bool

  public init(
    name: String = "", at: Date = .distantPast, link: ClusterLink = .connecting, quorate: Reading<Bool> = .unknown,
    version: String? = nil, nodes: [Node] = [], guests: [Guest] = [], storages: [Storage] = [],
    tasks: [ClusterTask] = [],
    blindSpots: [String] = [], pollInterval: TimeInterval = 12, simulated: Bool = false
  ) {
    self.name = name
    self.at = at
    self.link = link
    self.quorate = quorate
    self.version = version
    self.nodes = nodes
    self.guests = guests
    self.storages = storages
    self.tasks = tasks
    self.blindSpots = blindSpots
    self.pollInterval = pollInterval
    self.simulated = simulated
  }
}

/// Whether the cluster's API can be reached.
public enum ClusterLink: Codable, Sendable, Hashable {
  /// No cluster is configured.
  case none
  case connecting
  /// Reached through this node.
  case connected(node: String)
  /// Lost at this time, for this reason; what to do.
  case lost(since: Date, reason: String, advice: String)
}

/// A Proxmox VE node.
public struct Node: Codable, Sendable, Equatable, Identifiable {
  public enum Status: String, Codable, Sendable { case online, offline, unknown }
  /// The node's name; unique in the cluster.
  public var name: String
  public var status: Status
  /// Share of all cores in use, 0…1.
  public var cpu: Reading<Double>
  public var cores: Reading<Int>
  public var memory: Reading<Usage>
  /// The root file system.
  public var disk: Reading<Usage>
  /// Seconds since boot.
  public var uptime: Reading<TimeInterval>
  /// Address on the cluster network, where known.
  public var address: String?
  /// When the API last told these figures.
  public var seenAt: Date
  /// When the node went offline, as far as Jarvis saw it.
  public var offlineSince: Date?
  /// True where the HA manager has put the node in maintenance: its guests are moved away, and it may be restarted.
  public var maintenance: Reading<Bool>

  public var id: String { name }

  public init(
    name: String, status: Status, cpu: Reading<Double> = .unknown, cores: Reading<Int> = .unknown,
    memory: Reading<Usage> = .unknown, disk: Reading<Usage> = .unknown, uptime: Reading<TimeInterval> = .unknown,
    address: String? = nil, seenAt: Date, offlineSince: Date? = nil,
    maintenance: Reading<Bool> = .unknown
  ) {
    self.name = name
    self.status = status
    self.cpu = cpu
    self.cores = cores
    self.memory = memory
    self.disk = disk
    self.uptime = uptime
    self.address = address
    self.seenAt = seenAt
    self.offlineSince = offlineSince
    self.maintenance = maintenance
  }
}

/// Bytes used of bytes in all.
public struct Usage: Codable, Sendable, Hashable {
  /// Bytes.
  public var used: Int64
  /// Bytes; 0 where the API tells no limit.
  public var total: Int64
  public init(used: Int64, total: Int64) {
    self.used = used
    self.total = total
  }
  /// Share in use, 0…1; nil without a total.
  public var fraction: Double? { total > 0 ? Double(used) / Double(total) : nil }
}

/// A virtual machine or container.
public struct Guest: Codable, Sendable, Equatable, Identifiable {
  public enum Kind: String, Codable, Sendable { case qemu, lxc }
  public enum Status: String, Codable, Sendable { case running, stopped, paused, suspended, unknown }
  /// The guest's number; unique in the cluster.
  public var vmid: Int
  /// Already sanitised for drawing; empty where the API withholds it.
  public var name: String
  public var kind: Kind
  public var node: String
  public var status: Status
  public var template: Bool
  /// Share of its own cores in use, 0…1.
  public var cpu: Reading<Double>
  public var cores: Reading<Int>
  public var memory: Reading<Usage>
  /// Unknown for virtual machines: the API reports 0.
  public var disk: Reading<Usage>
  public var uptime: Reading<TimeInterval>
  /// Bytes since start: traffic in and out.
  public var networkIn: Reading<Int64>
  public var networkOut: Reading<Int64>
  /// "backup", "migrate", "snapshot", …: the guest is held by a task.
  public var lock: String?
  /// HA manager's state, where it manages this guest.
  public var haState: String?
  public var tags: [String]
  public var seenAt: Date
  /// The operator said that it is off because somebody wants it so: no trouble is made of it.
  public var offOnPurpose = false

  public var id: Int { vmid }

  public init(
    vmid: Int, name: String, kind: Kind, node: String, status: Status, template: Bool = false,
    cpu: Reading<Double> = .unknown, cores: Reading<Int> = .unknown, memory: Reading<Usage> = .unknown,
    disk: Reading<Usage> = .unknown, uptime: Reading<TimeInterval> = .unknown, networkIn: Reading<Int64> = .unknown,
    networkOut: Reading<Int64> = .unknown, lock: String? = nil, haState: String? = nil, tags: [String] = [],
    seenAt: Date
  ) {
    self.vmid = vmid
    self.name = name
    self.kind = kind
    self.node = node
    self.status = status
    self.template = template
    self.cpu = cpu
    self.cores = cores
    self.memory = memory
    self.disk = disk
    self.uptime = uptime
    self.networkIn = networkIn
    self.networkOut = networkOut
    self.lock = lock
    self.haState = haState
    self.tags = tags
    self.seenAt = seenAt
  }
}

/// A storage as one node sees it; shared storage appears once.
public struct Storage: Codable, Sendable, Equatable, Identifiable {
  public var name: String
  /// The node that reported it; for shared storage the first that did.
  public var node: String
  public var shared: Bool
  /// Plugin: "zfspool", "dir", "pbs", …
  public var plugin: String?
  public var usage: Reading<Usage>
  /// False where the node reports it as not available.
  public var available: Bool
  public var content: [String]
  public var seenAt: Date

  /// Unique in the cluster.
  public var id: String { shared ? name : node + "/" + name }

  public init(
    name: String, node: String, shared: Bool, plugin: String? = nil, usage: Reading<Usage> = .unknown,
    available: Bool = true, content: [String] = [], seenAt: Date
  ) {
    self.name = name
    self.node = node
    self.shared = shared
    self.plugin = plugin
    self.usage = usage
    self.available = available
    self.content = content
    self.seenAt = seenAt
  }
}

/// A Proxmox task, running or ended.
public struct ClusterTask: Codable, Sendable, Hashable, Identifiable {
  public enum Outcome: Codable, Sendable, Hashable {
    case running
    case ok
    /// Ended with this many warnings: a success that must be told.
    case warnings(Int)
    /// The exit status's own words.
    case failed(String)
    /// Ended, but nobody knows how.
    case unknown
  }
  public var upid: String
  public var node: String
  /// "qmstart", "vzdump", …
  public var type: String
  /// The guest or object worked on; may be empty.
  public var target: String
  /// Who started it: "root@pam!jarvis".
  public var user: String
  public var startedAt: Date
  public var endedAt: Date?
  public var outcome: Outcome

  public var id: String { upid }

  public init(
    upid: String, node: String, type: String, target: String, user: String, startedAt: Date, endedAt: Date? = nil,
    outcome: Outcome
  ) {
    self.upid = upid
    self.node = node
    self.type = type
    self.target = target
    self.user = user
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.outcome = outcome
  }
}

/// Something that happened, for the events column and the memory: one sentence with its time.
public struct ClusterEvent: Codable, Sendable, Hashable, Identifiable {
  public enum Severity: String, Codable, Sendable, CaseIterable { case information, warning, critical, good }
  /// The subject went down, or came back: two of them enclose an outage.
  public enum Change: String, Codable, Sendable { case down, up }
  public var id: UUID
  public var at: Date
  public var severity: Severity
  /// What it is about: "node:backup", "guest:102", "storage:tank"; empty for the cluster.
  public var subject: String
  /// Already sanitised.
  public var text: String
  /// nil for everything else.
  public var change: Change?
  public init(
    id: UUID = UUID(), at: Date, severity: Severity, subject: String, text: String, change: Change? = nil
  ) {
    self.id = id
    self.at = at
    self.severity = severity
    self.subject = subject
    self.text = text
    self.change = change
  }
}
