import Foundation
import JarvisAPI
import JarvisCluster

/// Gathers when each guest was backed up last: from vzdump tasks, and from storages only where the token's rights make
/// absence there mean something (listing backups needs a right that can also delete them).
struct BackupHistory: Sendable {
  let context: ToolContext

  /// Tasks of one node that are looked at.
  static let tasksPerNode = 200
  /// Logs of jobs over many guests that are read, newest first.
  static let maximumLogs = 24
  /// Lines read of each; a guest takes a score of them.
  static let logLines = 3_000

  struct Findings: Sendable {
    var ages: [Int: BackupAge] = [:]
    /// The oldest task seen: before it nothing is known.
    var since: Date?
    var notes: [String] = []
  }

  func gather(_ guests: [Guest], in picture: ClusterSnapshot) async throws(UserFacingError) -> Findings {
    var findings = Findings(ages: Dictionary(uniqueKeysWithValues: guests.map { ($0.vmid, BackupAge(vmid: $0.vmid)) }))
    let cluster = context.cluster
    let nodes = picture.nodes.map { (name: $0.name, offline: $0.status == .offline) }
    var tasks: [ClusterTask] = []
    for (node, answer) in await NodeFanOut.ask(
      nodes,
      { node throws(ProxmoxError) in
        try await cluster.read(.tasks(on: node, type: "vzdump", limit: Self.tasksPerNode))
      })
    {
      switch answer {
      case .success(let found): tasks += found
      case .failure(let error): findings.notes.append("tasks of \(node) were not read: \(error.reason)")
      }
    }
    tasks.sort { $0.startedAt > $1.startedAt }
    findings.since = tasks.last?.startedAt
    await learn(from: tasks, &findings)
    await askStorages(guests.filter { findings.ages[$0.vmid]?.lastGood == nil }, picture, &findings)
    return findings
  }

  private func learn(from tasks: [ClusterTask], _ findings: inout Findings) async {
    var logsLeft = Self.maximumLogs
    for task in tasks {
      guard let end = task.endedAt else { continue }
      if let vmid = Int(task.target) {
        switch task.outcome {
        case .ok, .warnings: Self.note(.ok, vmid, at: end, &findings)
        case .failed(let why): Self.note(.failed(why), vmid, at: end, &findings)
        case .running, .unknown: break
        }
        continue
      }
      // A job over many guests, or over all of one node.
      guard logsLeft > 0, let upid = UPID(task.upid) else { continue }
      logsLeft -= 1
      do throws(ProxmoxError) {
        let lines = try await context.cluster.taskLog(upid, limit: Self.logLines)
        for (vmid, result) in BackupLog.results(in: lines) { Self.note(result, vmid, at: end, &findings) }
      } catch {
        findings.notes.append("the log of a backup job on \(task.node) was not read: \(error.reason)")
      }
    }
  }

  private static func note(_ result: BackupLog.Result, _ vmid: Int, at: Date, _ findings: inout Findings) {
    guard var age = findings.ages[vmid] else { return }
    switch result {
    case .ok:
      if at > age.lastGood ?? .distantPast {
        age.lastGood = at
        age.source = "task"
      }
    case .failed(let why):
      if at > age.lastFailure?.at ?? .distantPast { age.lastFailure = (at, why) }
    }
    if let failure = age.lastFailure, let good = age.lastGood, failure.at < good { age.lastFailure = nil }
    findings.ages[vmid] = age
  }

  /// For guests of which no task tells: looks into the storages where the token's rights let it see backups.
  private func askStorages(_ guests: [Guest], _ picture: ClusterSnapshot, _ findings: inout Findings) async {
    guard !guests.isEmpty else { return }
    let rights: Permissions
    do throws(ProxmoxError) {
      rights = try await context.cluster.read(.permissions())
    } catch {
      findings.notes.append("the token's rights were not read: \(error.reason)")
      return
    }
    let places = picture.backupPlaces
    var volumes: [StorageVolume] = []
    var complete = !places.isEmpty && picture.backupPlacesAreWhole
    for place in places {
      do throws(ProxmoxError) {
        volumes += try await context.cluster.read(.volumes(of: place.storage, on: place.node, content: "backup"))
      } catch {
        complete = false
        findings.notes.append("backups on \(place.storage) were not listed: \(error.reason)")
      }
    }
    for guest in guests {
      let mine = volumes.filter { $0.vmid == guest.vmid }
      if let newest = mine.compactMap(\.made).max() {
        findings.ages[guest.vmid]?.lastGood = newest
        findings.ages[guest.vmid]?.source = "storage"
      } else if complete, places.allSatisfy({ rights.showsBackups(of: guest.vmid, on: $0.storage) }) {
        findings.ages[guest.vmid]?.never = true
      }
    }
  }
}

extension Permissions {
  /// True where the list of a storage's backups would show this guest's, were there any.
  func showsBackups(of vmid: Int, on storage: String) -> Bool {
    let sees =
      allows("Datastore.Audit", on: "/storage/\(storage)")
      || allows("Datastore.AllocateSpace", on: "/storage/\(storage)")
    return allows("Datastore.Allocate", on: "/storage/\(storage)") || (sees && allows("VM.Backup", on: "/vms/\(vmid)"))
  }
}

extension ClusterSnapshot {
  /// Where backups may lie: each shared storage once, each other on each of its nodes that is online.
  var backupPlaces: [StoragePlace] {
    let online = Set(nodes.filter { $0.status != .offline }.map(\.name))
    return storages.filter { $0.content.contains("backup") && online.contains($0.node) }
      .map { StoragePlace(storage: $0.name, node: $0.node) }
  }

  /// True where none of them is hidden behind a node that is away.
  var backupPlacesAreWhole: Bool {
    let online = Set(nodes.filter { $0.status != .offline }.map(\.name))
    return storages.filter { $0.content.contains("backup") }.allSatisfy { online.contains($0.node) && $0.available }
  }
}
