import JarvisAPI

/// What the tools of care tell, in words.
enum CarePhrases {
  private static let maximumListed = 10

  static func speak(_ wish: CareWish, _ value: JSONValue, of name: String) -> String {
    switch wish {
    case .temperatures: temperatures(value, name)
    case .updates: updates(value, name)
    case .services: services(value, name)
    case .disks: disks(value, name)
    case .journal: journal(value)
    case .freshness: freshness(value)
    case .backups: backups(value)
    case .snapshots: snapshots(value, name)
    case .inside: inside(value, name)
    case .availability: availability(value)
    case .replication: replication(value)
    case .ceph: ceph(value)
    }
  }

  private static func temperatures(_ value: JSONValue, _ name: String) -> String {
    let sensors = value.entries("sensors")
    guard !sensors.isEmpty else { return "\(name): no sensor tells a temperature." }
    let places = sensors.prefix(maximumListed).map {
      "\(MindFigures.name($0["label"])) \(MindFigures.name($0["celsius"])) °C"
    }
    let hot = (value["too_hot"]?.array ?? []).map { MindFigures.name($0) }
    return "\(name): \(MindFigures.list(places))." + (hot.isEmpty ? "" : " **Too hot**: \(MindFigures.list(hot)).")
  }

  private static func updates(_ value: JSONValue, _ name: String) -> String {
    let packages = value.entries("packages")
    guard !packages.isEmpty else { return "\(name) is up to date." }
    let names = packages.map { MindFigures.name($0["name"]) }
    return "\(name) has \(MindFigures.count(packages.count, "update")) waiting: \(MindFigures.list(names))."
      + (value["kernel"]?.bool == true ? " A kernel is among them, so it will need a restart." : "")
  }

  private static func services(_ value: JSONValue, _ name: String) -> String {
    let failed = (value["failed"]?.array ?? []).map { MindFigures.name($0) }
    let all = value.entries("services")
    if !failed.isEmpty { return "\(name): **failed**: \(MindFigures.list(failed))." }
    return "\(name): \(MindFigures.count(all.count, "service")), none has failed."
  }

  private static func disks(_ value: JSONValue, _ name: String) -> String {
    let disks = value.entries("disks")
    guard !disks.isEmpty else { return "\(name) tells of no disks." }
    var lines = ["The disks of \(name):"]
    for disk in disks.prefix(maximumListed) {
      var line =
        "- \(MindFigures.name(disk["device"])) (\(MindFigures.name(disk["model"]))): \(MindFigures.name(disk["health"]))"
      if let wear = disk["wear_percent"]?.int { line += ", \(wear) % worn" }
      if let heat = disk["celsius"]?.int { line += ", \(heat) °C" }
      let warnings = (disk["warnings"]?.array ?? []).map { MindFigures.name($0) }
      if !warnings.isEmpty { line += ", **\(MindFigures.list(warnings))**" }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  private static func journal(_ value: JSONValue) -> String {
    let silent = (value["not_read"]?.object ?? [:]).keys.sorted().map { MindFigures.name(.string($0)) }
    let missing = silent.isEmpty ? "" : "\nNot read: \(MindFigures.list(silent))."
    guard let tail = TaskPhrases.logTail(value) else { return "There are no such lines in the journal." + missing }
    return "The latest of the journal:\n\(tail)" + missing
  }

  private static func freshness(_ value: JSONValue) -> String {
    let guests = value.entries("guests")
    func those(_ state: String) -> [String] {
      guests.filter { $0["state"]?.string == state }.map { guest in
        let hours = guest["age_hours"]?.number.map { " (\(MindFigures.number($0)) h ago)" } ?? ""
        return MindFigures.name(guest["name"]) + hours
      }
    }
    if guests.count == 1, let guest = guests.first {
      let name = MindFigures.name(guest["name"])
      guard let moment = MindFigures.moment(guest["last_good"]) else {
        return guest["state"]?.string == "never"
          ? "\(name) was **never** backed up." : "I see no good backup of \(name), and cannot tell that there is none."
      }
      return "The last good backup of \(name) ended \(moment)"
        + (those("stale").isEmpty ? "." : ", which is **stale**.")
    }
    var lines = ["\(MindFigures.count(those("fresh").count, "guest")) with a fresh backup."]
    for (state, words) in [
      ("stale", "Stale"), ("never", "Never backed up"),
      ("none_seen", "No backup seen, which may be a matter of rights"),
    ] {
      let names = those(state)
      if !names.isEmpty { lines.append("- **\(words)**: \(MindFigures.list(names))") }
    }
    return lines.joined(separator: "\n")
  }

  private static func backups(_ value: JSONValue) -> String {
    let backups = value.entries("backups")
    let notes = (value["notes"]?.array ?? []).map { MindFigures.name($0) }
    guard !backups.isEmpty else {
      return (["No backup is shown to me."] + notes).joined(separator: "\n")
    }
    var lines = ["The latest of \(MindFigures.count(value["count"]?.int ?? backups.count, "backup")):"]
    lines += backups.prefix(maximumListed).map {
      "- \(MindFigures.moment($0["created"]) ?? "at an unknown time"): \(MindFigures.name($0["volid"]))"
    }
    return (lines + notes).joined(separator: "\n")
  }

  private static func snapshots(_ value: JSONValue, _ name: String) -> String {
    let snapshots = value.entries("snapshots")
    if snapshots.isEmpty { return "\(name) has no snapshots." }
    let lines = snapshots.suffix(maximumListed).map {
      "- \(MindFigures.name($0["name"])), \(MindFigures.moment($0["taken"]) ?? "at an unknown time")"
    }
    return "\(name) has \(MindFigures.count(snapshots.count, "snapshot")):\n" + lines.joined(separator: "\n")
  }

  private static func inside(_ value: JSONValue, _ name: String) -> String {
    let addresses = value.entries("interfaces").flatMap { $0["addresses"]?.array ?? [] }.map { MindFigures.name($0) }
    var text = addresses.isEmpty ? "\(name) tells no address." : "\(name) has \(MindFigures.list(addresses))."
    if let system = value["os"]?.string { text += " It runs \(MindFigures.name(.string(system)))." }
    for disk in value.entries("filesystems").prefix(maximumListed) {
      text += " \(MindFigures.name(disk["mount"])) is \(MindFigures.percent(disk["percent"])) full."
    }
    return text
  }

  private static func availability(_ value: JSONValue) -> String {
    let services = value.entries("services")
    if services.isEmpty { return "HA manages no guest here." }
    return "HA manages:\n"
      + services.prefix(maximumListed).map {
        "- \(MindFigures.name($0["guest"])) on \(MindFigures.name($0["node"])): \(MindFigures.name($0["state"]))"
      }.joined(separator: "\n")
  }

  private static func replication(_ value: JSONValue) -> String {
    let jobs = value.entries("jobs")
    if jobs.isEmpty { return "No replication is set up." }
    return "\(MindFigures.count(jobs.count, "replication job")), \(value["failing"]?.int ?? 0) failing."
  }

  private static func ceph(_ value: JSONValue) -> String {
    value["installed"]?.bool == false
      ? "This cluster has no Ceph." : "Ceph says **\(MindFigures.name(value["health"]))**."
  }
}
