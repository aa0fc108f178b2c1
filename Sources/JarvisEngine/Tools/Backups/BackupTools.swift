import Foundation
import JarvisAPI
import JarvisCluster

/// When each guest was backed up last.
struct BackupFreshnessTool: ReadTool {
  let context: ToolContext
  let name = "backup_freshness"
  let summary =
    "When each guest, or one, was last backed up well, and what failed since. \"never\" is said only where it is known."
  let inputSchema = ToolParameter.schema([.text("guest", "only this guest: name or vmid")])
  let typedName = "freshness"
  let typedArguments = ["guest"]

  /// A backup older than this is stale: a nightly one that was missed twice.
  static let staleAfter: TimeInterval = 50 * 3_600

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    var guests = picture.guests.filter { !$0.template }.sorted { $0.vmid < $1.vmid }
    if let query = arguments["guest"]?.string { guests = [try TargetFinder(picture: picture).guest(query)] }
    let findings = try await BackupHistory(context: context).gather(guests, in: picture)
    let now = context.now()
    var table = TextTable(["guest", "last good backup", "age", "since then"])
    var rows: [JSONValue] = []
    var counts: [String: Int] = [:]
    for guest in guests {
      let age = findings.ages[guest.vmid] ?? BackupAge(vmid: guest.vmid)
      let state = Self.state(age, now: now)
      counts[state, default: 0] += 1
      let span = age.lastGood.map { ToolFormat.duration(max(0, now.timeIntervalSince($0))) }
      table.add([
        guest.labelWithNode,
        age.lastGood.map { context.format.clock($0, now: now) } ?? (age.never ? "never" : "none seen"),
        span ?? "", age.lastFailure.map { "failed: \($0.reason)" } ?? "",
      ])
      rows.append([
        "vmid": .int(guest.vmid), "name": .string(guest.name), "node": .string(guest.node), "state": .string(state),
        "last_good": context.format.time(age.lastGood),
        "age_hours": age.lastGood.map { .double((now.timeIntervalSince($0) / 360).rounded() / 10) } ?? .null,
        "learned_from": ToolFormat.json(age.source),
        "last_failure": age.lastFailure.map {
          ["at": context.format.time($0.at), "reason": .string($0.reason)]
        } ?? .null,
      ])
    }
    let order = ["fresh", "stale", "never", "none_seen"].filter { counts[$0] != nil }
    let since = findings.since.map { "tasks are kept since \(context.format.clock($0, now: now))" }
    return ToolReport(
      content: [
        "guests": .array(rows), "counts": .object(counts.mapValues { .int($0) }),
        "tasks_since": context.format.time(findings.since), "notes": .array(findings.notes.map { .string($0) }),
      ],
      summary: order.map { "\(counts[$0] ?? 0) \($0 == "none_seen" ? "with none seen" : $0)" }.joined(separator: ", "),
      text: ([table.text] + [since].compactMap(\.self) + findings.notes).joined(separator: "\n"))
  }

  /// "none_seen" is no "never": older tasks may be gone, and the token may not see the storages.
  static func state(_ age: BackupAge, now: Date) -> String {
    guard let good = age.lastGood else { return age.never ? "never" : "none_seen" }
    return now.timeIntervalSince(good) > staleAfter ? "stale" : "fresh"
  }
}

/// The backups there are.
struct ListBackupsTool: ReadTool {
  let context: ToolContext
  let name = "list_backups"
  let summary = "Backups on the storages, newest first; of one guest, or on one storage. Says what rights hide."
  let inputSchema = ToolParameter.schema([
    .text("guest", "only of this guest: name or vmid"), .text("storage", "only on this storage"),
  ])
  let typedName = "backups"
  let typedArguments = ["guest", "storage"]

  /// Backups told, at most.
  static let maximumBackups = 300

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    var vmid: Int?
    if let query = arguments["guest"]?.string {
      // A guest that is gone can still have backups, under its number.
      vmid = Int(query)
      if vmid == nil { vmid = try TargetFinder(picture: picture).guest(query).vmid }
    }
    var places = picture.backupPlaces
    if let query = arguments["storage"]?.string {
      let place = try StoragePlace.find(query, on: nil, in: picture)
      places = places.filter { $0.storage == place.storage }
      if places.isEmpty { places = [place] }
    }
    var found: [(place: StoragePlace, volume: StorageVolume)] = []
    var notes: [String] = []
    for place in places {
      do throws(ProxmoxError) {
        let volumes = try await context.cluster.read(
          .volumes(of: place.storage, on: place.node, content: "backup", vmid: vmid))
        found += volumes.map { (place, $0) }
      } catch {
        notes.append("\(place.storage) on \(place.node) was not read: \(error.reason)")
      }
    }
    notes += await hidden(places, vmid)
    found.sort { ($0.volume.createdAt ?? 0, $0.volume.id) > ($1.volume.createdAt ?? 0, $1.volume.id) }
    let shown = found.prefix(Self.maximumBackups)
    var table = TextTable(["made", "guest", "size", "volume"])
    for (_, volume) in shown {
      let guest = picture.guests.first { $0.vmid == volume.vmid }?.label ?? volume.vmid.map { "\($0)" } ?? "?"
      table.add([
        context.format.clock(volume.made, now: context.now()), guest,
        volume.size.map { ToolFormat.text(Usage(used: $0, total: 0)) } ?? "?", volume.id,
      ])
    }
    return ToolReport(
      content: [
        "count": .int(found.count), "notes": .array(notes.map { .string($0) }),
        "backups": .array(
          shown.map { place, volume in
            .object(
              volume.toolFields(context.format).merging([
                "storage": .string(place.storage), "node": .string(place.node),
              ]) { first, _ in first })
          }),
      ], summary: CountWords.of(found.count, "backup") + (notes.isEmpty ? "" : "; not all can be seen"),
      text: ([found.isEmpty ? "no backups are told" : table.text] + notes).joined(separator: "\n"))
  }

  /// The API leaves out what the token may not see, without a word: this is the word.
  private func hidden(_ places: [StoragePlace], _ vmid: Int?) async -> [String] {
    do throws(ProxmoxError) {
      let rights = try await context.cluster.read(.permissions())
      return Set(places.map(\.storage)).sorted().compactMap { storage in
        if rights.allows("Datastore.Allocate", on: "/storage/\(storage)") { return nil }
        let path = vmid.map { "/vms/\($0)" } ?? "/vms"
        return rights.allows("VM.Backup", on: path)
          ? nil : "no right: VM.Backup \(path) – backups on \(storage) are hidden"
      }
    } catch {
      return ["the token's rights were not read: \(error.reason)"]
    }
  }
}
