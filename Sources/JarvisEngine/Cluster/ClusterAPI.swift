import Foundation
import JarvisAPI

/// What tools, chat and monitor may ask of the cluster. One implementation talks to Proxmox VE; tests script another.
///
/// Reads marked *live* come from the picture that the poller keeps; all others ask the API now.
public protocol ClusterAPI: Sendable {
  /// The live picture; never waits for the network.
  func live() async -> ClusterSnapshot
  /// What happened lately, newest last; bounded.
  func recentEvents() async -> [ClusterEvent]
  /// Who acts: the token's name as tasks bear it, "jarvis@pve!console".
  func account() async -> String
  /// Asks the cluster now and returns the new picture.
  func refresh() async throws(ProxmoxError) -> ClusterSnapshot
  func nodeStatus(_ node: String) async throws(ProxmoxError) -> NodeDetails
  /// The guest's state as its node tells it now, not the broadcast's.
  func guestStatus(_ vmid: Int) async throws(ProxmoxError) -> GuestDetails
  /// The guest's configuration: keys as in the API. Values are text from outside and may hold secrets.
  func guestConfig(_ vmid: Int) async throws(ProxmoxError) -> [String: JSONValue]
  /// Latest tasks of all nodes, newest first.
  func tasks(limit: Int) async throws(ProxmoxError) -> [ClusterTask]
  /// The last `limit` lines of a task's log, oldest first. Text from outside.
  func taskLog(_ upid: UPID, limit: Int) async throws(ProxmoxError) -> [String]
  /// Asks one of the questions of `ClusterQuery`.
  func read<Answer: Sendable>(_ query: ClusterQuery<Answer>) async throws(ProxmoxError) -> Answer
  /// Makes a change and returns its task at once: the task's end decides, not this answer. nil where there is no task.
  ///
  /// Without quorum nothing is sent.
  func change(_ change: ClusterChange) async throws(ProxmoxError) -> UPID?
  /// Follows a task to its end; `patience` bounds the wait. A task that still runs then has the outcome `.running`.
  func follow(_ upid: UPID, patience: Duration) async throws(ProxmoxError) -> ClusterTask.Outcome
}

/// What may be done to a guest's power state; the words are Proxmox's own.
public enum GuestAction: String, Codable, Sendable, CaseIterable {
  case start, shutdown, reboot, stop
}

/// A node as `/nodes/{node}/status` tells it.
public struct NodeDetails: Sendable, Equatable {
  /// Name, address and figures.
  public var node: Node
  /// Load averages over 1, 5 and 15 minutes.
  public var load: [Double]
  /// Release of the running kernel.
  public var kernel: String?
  /// Version of Proxmox VE: "9.2.11".
  public var version: String?
  /// As the processor calls itself.
  public var cpuModel: String?
  /// Swap space.
  public var swap: Reading<Usage>
  /// Share of time waiting for disks, 0…1.
  public var ioWait: Reading<Double>
  public init(
    node: Node, load: [Double] = [], kernel: String? = nil, version: String? = nil, cpuModel: String? = nil,
    swap: Reading<Usage> = .unknown, ioWait: Reading<Double> = .unknown
  ) {
    self.node = node
    self.load = load
    self.kernel = kernel
    self.version = version
    self.cpuModel = cpuModel
    self.swap = swap
    self.ioWait = ioWait
  }
}

/// A guest as its `status/current` tells it.
public struct GuestDetails: Sendable, Equatable {
  /// Name, place, state and figures.
  public var guest: Guest
  /// QEMU's own word, e.g. "paused", "prelaunch".
  public var qmpStatus: String?
  /// True where the guest agent is configured.
  public var agent: Bool?
  /// Of QEMU or the container's init, on the node.
  public var processID: Int?
  /// True where the HA manager manages it: lifecycle calls then only record a wish.
  public var managedByHA: Bool
  public init(
    guest: Guest, qmpStatus: String? = nil, agent: Bool? = nil, processID: Int? = nil, managedByHA: Bool = false
  ) {
    self.guest = guest
    self.qmpStatus = qmpStatus
    self.agent = agent
    self.processID = processID
    self.managedByHA = managedByHA
  }
}
