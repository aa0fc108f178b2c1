extension SimulatedCluster {
  /// What the simulated cluster is made of, and what happens in it by itself.
  public struct Configuration: Sendable {
    /// The cluster's name.
    public var name: String
    /// Proxmox VE's version on all nodes.
    public var version: String
    public var nodes: [NodeConfiguration]
    public var guests: [GuestConfiguration]
    public var storages: [StorageConfiguration]
    public var tokens: [SimulatedToken]
    public var life: Life
    /// Multiplies how long tasks take; 0 lets them end at once.
    public var taskTime: Double

    public init(
      name: String = "homelab", version: String = "9.2.11", nodes: [NodeConfiguration] = [],
      guests: [GuestConfiguration] = [], storages: [StorageConfiguration] = [], tokens: [SimulatedToken] = [],
      life: Life = .quiet, taskTime: Double = 1
    ) {
      self.name = name
      self.version = version
      self.nodes = nodes
      self.guests = guests
      self.storages = storages
      self.tokens = tokens
      self.life = life
      self.taskTime = taskTime
    }
  }

  /// Means, in seconds, of the time between things that happen unasked; nil for never.
  public struct Life: Sendable {
    /// A guest of those that may stops without a task.
    public var crash: Double?
    /// A node of those that may goes offline.
    public var outage: Double?
    /// How long an outage lasts.
    public var outageLength: Double
    /// A vzdump of one guest begins.
    public var backup: Double?
    /// A small task: package lists, a console, a network reload.
    public var housekeeping: Double?
    /// A scrub of a ZFS pool begins.
    public var scrub: Double?
    /// Divides all of these: 2 is twice as lively.
    public var pace: Double
    /// True to begin with a day of past tasks.
    public var past: Bool

    public init(
      crash: Double? = nil, outage: Double? = nil, outageLength: Double = 240, backup: Double? = nil,
      housekeeping: Double? = nil, scrub: Double? = nil, pace: Double = 1, past: Bool = false
    ) {
      self.crash = crash
      self.outage = outage
      self.outageLength = outageLength
      self.backup = backup
      self.housekeeping = housekeeping
      self.scrub = scrub
      self.pace = pace
      self.past = past
    }

    /// Loads move and time passes, but nothing happens unasked.
    public static let quiet = Life()
    /// What the demo shows.
    public static let demo = Life(
      crash: 900, outage: 1500, outageLength: 240, backup: 420, housekeeping: 260, scrub: 3600, past: true)
  }
}

/// A node as it is built. Bytes and cores.
public struct NodeConfiguration: Sendable {
  public var name: String
  public var cores: Int
  public var memory: Int
  /// Size of the root file system.
  public var rootDisk: Int
  /// Share of it in use.
  public var rootUsed: Double
  public var cpuModel: String
  public var address: String
  /// Seconds it had been up when the simulation began.
  public var uptime: Double
  /// True for a node that now and then goes offline by itself.
  public var unsteady: Bool
  public var disks: [DiskConfiguration]
  /// Packages that could be upgraded.
  public var updates: [PackageUpdate]

  public init(
    name: String, cores: Int, memory: Int, rootDisk: Int = 94 << 30, rootUsed: Double = 0.3,
    cpuModel: String = "Intel(R) N100", address: String, uptime: Double = 41 * 86_400, unsteady: Bool = false,
    disks: [DiskConfiguration] = [], updates: [PackageUpdate] = []
  ) {
    self.name = name
    self.cores = cores
    self.memory = memory
    self.rootDisk = rootDisk
    self.rootUsed = rootUsed
    self.cpuModel = cpuModel
    self.address = address
    self.uptime = uptime
    self.unsteady = unsteady
    self.disks = disks
    self.updates = updates
  }
}

/// A guest as it is built.
public struct GuestConfiguration: Sendable {
  public enum Kind: String, Sendable { case qemu, lxc }
  public var vmid: Int
  public var name: String
  public var kind: Kind
  public var node: String
  public var cores: Int
  /// Bytes.
  public var memory: Int
  /// Bytes.
  public var disk: Int
  /// The storage its disk lies on.
  public var storage: String
  /// Mean share of its cores in use.
  public var cpuLoad: Double
  /// Mean share of its memory in use.
  public var memoryLoad: Double
  /// Mean traffic in, bytes a second; as much goes out again by half.
  public var traffic: Double
  public var tags: [String]
  public var running: Bool
  public var onBoot: Bool
  public var template: Bool
  public var protected: Bool
  /// True where the QEMU guest agent is configured.
  public var agent: Bool
  /// A guest that a shutdown never reaches: the task ends by its timeout.
  public var ignoresShutdown: Bool
  /// True for a guest that now and then crashes by itself.
  public var crashProne: Bool
  /// True where the HA manager looks after it.
  public var highlyAvailable = false
  /// "backup", "migrate", …: held from the start.
  public var lock: String?
  /// The notes.
  public var notes: String
  /// Names of its snapshots, oldest first.
  public var snapshots: [String]

  public init(
    vmid: Int, name: String, kind: Kind, node: String, cores: Int, memory: Int, disk: Int, storage: String,
    cpuLoad: Double = 0.1, memoryLoad: Double = 0.5, traffic: Double = 40_000, tags: [String] = [],
    running: Bool = true, onBoot: Bool = true, template: Bool = false, protected: Bool = false, agent: Bool = false,
    ignoresShutdown: Bool = false, crashProne: Bool = false, lock: String? = nil, notes: String = "",
    snapshots: [String] = []
  ) {
    self.vmid = vmid
    self.name = name
    self.kind = kind
    self.node = node
    self.cores = cores
    self.memory = memory
    self.disk = disk
    self.storage = storage
    self.cpuLoad = cpuLoad
    self.memoryLoad = memoryLoad
    self.traffic = traffic
    self.tags = tags
    self.running = running
    self.onBoot = onBoot
    self.template = template
    self.protected = protected
    self.agent = agent
    self.ignoresShutdown = ignoresShutdown
    self.crashProne = crashProne
    self.lock = lock
    self.notes = notes
    self.snapshots = snapshots
  }
}

/// A storage as it is defined.
public struct StorageConfiguration: Sendable {
  public var name: String
  /// "dir", "zfspool", "lvmthin", "pbs", "nfs".
  public var plugin: String
  public var content: [String]
  public var shared: Bool
  /// The nodes that have it; empty for all.
  public var nodes: [String]
  /// Bytes.
  public var size: Int
  /// Share in use at the start.
  public var used: Double
  /// Bytes a second by which it fills.
  public var growth: Double
  /// What using it ends with, e.g. "mount error: …"; nil for a storage that works.
  public var fault: String?
  /// The guest that serves it: the storage is there only while that guest runs.
  public var server: Int?

  public init(
    name: String, plugin: String, content: [String], shared: Bool = false, nodes: [String] = [], size: Int,
    used: Double,
    growth: Double = 0, fault: String? = nil, server: Int? = nil
  ) {
    self.name = name
    self.plugin = plugin
    self.content = content
    self.shared = shared
    self.nodes = nodes
    self.size = size
    self.used = used
    self.growth = growth
    self.fault = fault
    self.server = server
  }
}
