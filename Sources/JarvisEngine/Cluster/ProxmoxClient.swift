import Foundation
import JarvisAPI
import JarvisHTTP

/// What Jarvis may ask of a cluster's API, typed. Each call asks the node that answered last and, where that is allowed,
/// another one when it is gone.
public struct ProxmoxClient: Sendable {
  let gateway: ProxmoxGateway
  /// "jarvis@pve!console".
  public let tokenID: String

  /// - Parameters:
  ///   - endpoints: known ways in, best first. Those without trust are never asked.
  ///   - now: the wall clock, for pauses after failures.
  public init(
    transport: any HTTPTransport, token: APIToken, endpoints: [ClusterEndpoint], timeouts: CallTimeouts = .init(),
    now: @escaping @Sendable () -> Date
  ) {
    gateway = ProxmoxGateway(transport: transport, token: token, endpoints: endpoints, timeouts: timeouts, now: now)
    tokenID = token.id
  }

  /// The ways into the cluster known by now.
  public func endpoints() async -> [ClusterEndpoint] { await gateway.endpoints }

  /// The endpoint that answered last.
  public func currentEndpoint() async -> ClusterEndpoint? { await gateway.current }

  /// Takes the person's consent to a certificate: the endpoint at `base` is asked again at once.
  public func trust(_ trust: TLSTrust, base: String) async { await gateway.trust(trust, base: base) }

  private func ask<Answer>(
    _ route: APIRoute<Answer>, _ path: [String: String] = [:], _ parameters: [(name: String, value: String)] = [],
    attempted: String
  ) async throws(ProxmoxError) -> Answer {
    let call = route.call(path, parameters: parameters, attempted: attempted)
    // An empty segment would make another path of it, and another call.
    guard path.values.allSatisfy({ !$0.isEmpty }) else {
      throw ProxmoxError(.notFound, attempted: attempted, reason: "a name in the path is empty")
    }
    return try await gateway.send(call, to: route)
  }
}

// MARK: By value

extension ProxmoxClient {
  /// Asks one of the questions of `ClusterQuery`.
  public func read<Answer>(_ query: ClusterQuery<Answer>) async throws(ProxmoxError) -> Answer {
    try await ask(query.route, query.path, query.parameters, attempted: query.attempted)
  }

  /// Makes one of the changes of `ClusterChange`. Answering is no success: where there is a task, its end decides.
  /// - Returns: the task; nil where the call was carried out at once.
  public func change(_ change: ClusterChange) async throws(ProxmoxError) -> UPID? {
    try await ask(change.route, change.path, change.parameters, attempted: change.attempted)
  }
}

// MARK: The whole cluster

extension ProxmoxClient {
  /// Version of the node asked. Needs no right at all: the first thing to ask with a new token.
  public func version() async throws(ProxmoxError) -> VersionInfo {
    try await ask(ProxmoxRoutes.version, attempted: "read the version of Proxmox VE")
  }

  /// Quorum, and every node with its address. Also teaches the client the other ways in.
  public func clusterStatus() async throws(ProxmoxError) -> ClusterStatus {
    let status = try await ask(ProxmoxRoutes.clusterStatus, attempted: "read the cluster's status")
    await gateway.learn(status)
    return status
  }

  /// Nodes, guests and storages of the whole cluster.
  package func resources() async throws(ProxmoxError) -> ResourceList {
    try await ask(ProxmoxRoutes.resources, attempted: "read the cluster's resources")
  }

  /// Recent tasks of all nodes, newest first. Without `Sys.Audit` only the token's own.
  public func clusterTasks() async throws(ProxmoxError) -> [ClusterTask] {
    try await ask(ProxmoxRoutes.clusterTasks, attempted: "read the cluster's tasks")
  }

  /// State of the HA manager and what it manages.
  public func haStatus() async throws(ProxmoxError) -> HAStatus {
    try await ask(ProxmoxRoutes.haStatus, attempted: "read the state of high availability")
  }

  /// What a node's clock says.
  public func time(_ node: String) async throws(ProxmoxError) -> Date {
    try await ask(ProxmoxRoutes.nodeTime, ["node": node], attempted: "read the clock of node \(OutsideText.name(node))")
  }

  /// The lowest free guest number.
  public func nextID() async throws(ProxmoxError) -> Int {
    try await ask(ProxmoxRoutes.nextID, attempted: "read the next free guest number")
  }

  /// What the token may do.
  public func permissions() async throws(ProxmoxError) -> Permissions {
    try await ask(ProxmoxRoutes.permissions, attempted: "read the token's rights")
  }

  /// Storages as they are configured, for all nodes.
  public func storageConfigs() async throws(ProxmoxError) -> [StorageConfig] {
    try await ask(ProxmoxRoutes.storageConfigs, attempted: "read the storage configuration")
  }

  /// Names and certificate fingerprints of all nodes.
  public func nodes() async throws(ProxmoxError) -> [NodeListRow] {
    try await ask(ProxmoxRoutes.nodes, attempted: "list the nodes")
  }
}

// MARK: Shown as it comes

extension ProxmoxClient {
  /// A list whose rows are passed on as they come, e.g. `records("/nodes/{node}/services", ["node": "pve"])`.
  /// - Parameter template: one of the route table's lists.
  public func records(_ template: String, _ path: [String: String] = [:]) async throws(ProxmoxError) -> [Record] {
    let attempted = "read \(OutsideText.name(template))"
    guard let route = ProxmoxRoutes.records.first(where: { $0.template == template }) else {
      throw ProxmoxError(.notImplemented, attempted: attempted, reason: "Jarvis does not use this list")
    }
    return try await ask(route, path, attempted: attempted)
  }

  /// An object that is passed on as it comes, e.g. `fields("/nodes/{node}/subscription", ["node": "pve"])`.
  /// - Parameter template: one of the route table's objects.
  public func fields(
    _ template: String, _ path: [String: String] = [:]
  ) async throws(ProxmoxError) -> [String: JSONValue] {
    let attempted = "read \(OutsideText.name(template))"
    guard let route = ProxmoxRoutes.objects.first(where: { $0.template == template }) else {
      throw ProxmoxError(.notImplemented, attempted: attempted, reason: "Jarvis does not use this object")
    }
    return try await ask(route, path, attempted: attempted)
  }
}

// MARK: One node

extension ProxmoxClient {
  /// Load, memory and disk of a node as it tells them now. Time and name are filled in by the caller.
  func nodeStatus(_ node: String) async throws(ProxmoxError) -> NodeDetails {
    try await ask(ProxmoxRoutes.nodeStatus, ["node": node], attempted: "read the status of node \(node)")
  }

  /// Version of one node: nodes may differ during an upgrade.
  public func nodeVersion(_ node: String) async throws(ProxmoxError) -> VersionInfo {
    try await ask(ProxmoxRoutes.nodeVersion, ["node": node], attempted: "read the version of node \(node)")
  }

  /// The node's certificates, the cluster's authority among them.
  public func certificates(_ node: String) async throws(ProxmoxError) -> [CertificateInfo] {
    try await ask(ProxmoxRoutes.certificates, ["node": node], attempted: "read the certificates of node \(node)")
  }

  /// Storages as this node sees them now.
  public func storages(on node: String) async throws(ProxmoxError) -> [StorageStatus] {
    try await ask(ProxmoxRoutes.nodeStorages, ["node": node], attempted: "list the storages of node \(node)")
  }

  /// One storage as this node sees it now.
  public func storageStatus(_ storage: String, on node: String) async throws(ProxmoxError) -> StorageStatus {
    var status = try await ask(
      ProxmoxRoutes.storageStatus, ["node": node, "storage": storage], attempted: "read storage \(storage) on \(node)")
    if status.name.isEmpty { status.name = storage }
    return status
  }

  /// What a storage holds, as this node sees it.
  public func volumes(of storage: String, on node: String) async throws(ProxmoxError) -> [StorageVolume] {
    try await ask(
      ProxmoxRoutes.storageContent, ["node": node, "storage": storage], attempted: "list storage \(storage) on \(node)")
  }

  /// A node's tasks, newest first.
  /// - Parameters:
  ///   - limit: at most this many; the API's own default is 50.
  ///   - vmid: only those about this guest.
  ///   - failed: only those that did not end well.
  public func tasks(
    on node: String, limit: Int, vmid: Int? = nil, failed: Bool = false
  ) async throws(ProxmoxError) -> [ClusterTask] {
    var parameters: [(name: String, value: String)] = [("limit", String(max(1, limit))), ("source", "all")]
    if let vmid { parameters.append(("vmid", String(vmid))) }
    if failed { parameters.append(("errors", "1")) }
    return try await ask(
      ProxmoxRoutes.nodeTasks, ["node": node], parameters, attempted: "list the tasks of node \(node)")
  }

  /// Whether a task runs, or how it ended.
  public func taskStatus(_ upid: UPID) async throws(ProxmoxError) -> ClusterTask.Outcome {
    try await ask(
      ProxmoxRoutes.taskStatus, ["node": upid.node, "upid": upid.text],
      attempted: "follow task \(OutsideText.name(upid.type)) on \(OutsideText.name(upid.node))")
  }

  /// Lines `start ..< start + limit` of a task's log. A missing log is answered with a line that says so.
  public func taskLog(_ upid: UPID, start: Int, limit: Int) async throws(ProxmoxError) -> TaskLog {
    try await ask(
      ProxmoxRoutes.taskLog, ["node": upid.node, "upid": upid.text],
      [("start", String(max(0, start))), ("limit", String(max(1, limit)))],
      attempted: "read the log of task \(OutsideText.name(upid.type)) on \(OutsideText.name(upid.node))")
  }
}

// MARK: One guest

extension ProxmoxClient {
  func guests(_ kind: Guest.Kind, on node: String) async throws(ProxmoxError) -> [GuestDetails] {
    try await ask(ProxmoxRoutes.guests(kind), ["node": node], attempted: "list the guests of node \(node)")
  }

  func guestStatus(_ guest: GuestPlace) async throws(ProxmoxError) -> GuestDetails {
    try await ask(ProxmoxRoutes.guestStatus(guest.kind), guest.path, attempted: "read the status of \(guest)")
  }

  func guestConfig(_ guest: GuestPlace) async throws(ProxmoxError) -> [String: JSONValue] {
    try await ask(ProxmoxRoutes.guestConfig(guest.kind), guest.path, attempted: "read the configuration of \(guest)")
  }

  /// A guest's snapshots, without the present state.
  public func snapshots(of guest: GuestPlace) async throws(ProxmoxError) -> [SnapshotInfo] {
    try await ask(ProxmoxRoutes.snapshots(guest.kind), guest.path, attempted: "list the snapshots of \(guest)")
  }

  /// The interfaces inside a running container.
  public func interfaces(ofContainer vmid: Int, on node: String) async throws(ProxmoxError) -> [GuestInterface] {
    let guest = GuestPlace(vmid: vmid, kind: .lxc, node: node)
    return try await ask(ProxmoxRoutes.interfaces, guest.path, attempted: "read the addresses of \(guest)")
  }
}

// MARK: History

/// How far back `rrddata` reaches; the words are the API's.
public enum HistorySpan: String, Sendable, CaseIterable {
  case hour, day, week, month, year
}

extension ProxmoxClient {
  /// A node's figures over time, oldest first.
  public func history(ofNode node: String, _ span: HistorySpan) async throws(ProxmoxError) -> [HistoryPoint] {
    try await ask(
      ProxmoxRoutes.nodeHistory, ["node": node], Self.span(span), attempted: "read the history of node \(node)")
  }

  /// A guest's figures over time, oldest first.
  public func history(of guest: GuestPlace, _ span: HistorySpan) async throws(ProxmoxError) -> [HistoryPoint] {
    try await ask(
      ProxmoxRoutes.guestHistory(guest.kind), guest.path, Self.span(span), attempted: "read the history of \(guest)")
  }

  /// A storage's figures over time, oldest first.
  public func history(
    ofStorage storage: String, on node: String, _ span: HistorySpan
  ) async throws(ProxmoxError) -> [HistoryPoint] {
    try await ask(
      ProxmoxRoutes.storageHistory, ["node": node, "storage": storage], Self.span(span),
      attempted: "read the history of storage \(storage) on \(node)")
  }

  private static func span(_ span: HistorySpan) -> [(name: String, value: String)] {
    [("timeframe", span.rawValue), ("cf", "AVERAGE")]
  }
}

/// Where a guest is: what a call about it needs.
public struct GuestPlace: Sendable, Hashable, CustomStringConvertible {
  /// The guest's number.
  public var vmid: Int
  /// Decides the path of its calls.
  public var kind: Guest.Kind
  /// The node it is on.
  public var node: String
  public init(vmid: Int, kind: Guest.Kind, node: String) {
    self.vmid = vmid
    self.kind = kind
    self.node = node
  }
  /// Where the live picture has this guest.
  public init(_ guest: Guest) { self.init(vmid: guest.vmid, kind: guest.kind, node: guest.node) }

  var path: [String: String] { ["node": node, "vmid": String(vmid)] }

  /// "guest 102 on agent".
  public var description: String { "guest \(vmid) on \(node)" }
}
