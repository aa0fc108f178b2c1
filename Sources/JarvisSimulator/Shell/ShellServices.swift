/// `systemctl` and `journalctl` of the simulated nodes.
enum ShellServices {
  /// Units that run on every node, with what they are.
  private static let units = [
    "chrony": "chrony, an NTP client/server", "corosync": "Corosync Cluster Engine",
    "cron": "Regular background program processing daemon", "pve-cluster": "The Proxmox VE cluster filesystem",
    "pve-firewall": "Proxmox VE firewall", "pvedaemon": "PVE API Daemon", "pveproxy": "PVE API Proxy Server",
    "pvescheduler": "Proxmox VE scheduler", "pvestatd": "PVE Status Daemon", "ssh": "OpenBSD Secure Shell server",
  ]
  /// Journal lines told when nobody says how many.
  private static let defaultLines = 200

  static func systemctl(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let words = arguments.filter { !$0.hasPrefix("-") }
    let names = words.dropFirst().map { $0.hasSuffix(".service") ? String($0.dropLast(8)) : $0 }
    if arguments.contains("--failed") { return ShellOutput("0 loaded units listed.\n") }
    switch words.first {
    case "status": return names.isEmpty ? overall(scene) : status(names, scene)
    case "is-active":
      let known = names.map { units[$0] != nil }
      return ShellOutput(
        known.map { $0 ? "active\n" : "inactive\n" }.joined(), code: known.contains(true) ? 0 : 3)
    case "list-units", nil:
      let rows = units.keys.sorted().map { [$0 + ".service", "loaded", "active", "running", units[$0] ?? ""] }
      return ShellOutput(
        TextTable.text([["UNIT", "LOAD", "ACTIVE", "SUB", "DESCRIPTION"]] + rows, [.left, .left, .left, .left, .left]))
    default:
      return ShellOutput(error: "Unknown command verb '\(words[0])'.\n", code: 1)
    }
  }

  private static func overall(_ scene: ShellScene) -> ShellOutput {
    let since = ClockText.unix(scene.node.bootedAt)
    return ShellOutput(
      "● \(scene.node.name)\n    State: running\n    Units: 412 loaded (incl. loaded aliases)\n     Jobs: 0 queued\n"
        + "   Failed: 0 units\n    Since: \(since)\n")
  }

  private static func status(_ names: [String], _ scene: ShellScene) -> ShellOutput {
    var output = ShellOutput()
    for name in names {
      guard let what = units[name] else {
        output.error += "Unit \(name).service could not be found.\n"
        output.code = 4
        continue
      }
      output.text +=
        "● \(name).service - \(what)\n     Loaded: loaded (/usr/lib/systemd/system/\(name).service; enabled)\n"
        + "     Active: active (running) since \(ClockText.unix(scene.node.bootedAt + 9))\n"
    }
    return output
  }

  static func journalctl(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    var number = defaultLines
    var unit: String?
    var highest = 7
    var index = 0
    /// The value of an option, in the same word or the next.
    func value(_ short: String, _ long: String) -> String? {
      let word = arguments[index]
      if word == short || word == long {
        index += 1
        return index < arguments.count ? arguments[index] : nil
      }
      if word.hasPrefix(long + "=") { return String(word.dropFirst(long.count + 1)) }
      if word.hasPrefix(short), !word.hasPrefix("--"), word.count > short.count {
        return String(word.dropFirst(short.count))
      }
      return nil
    }
    while index < arguments.count {
      if let lines = value("-n", "--lines") {
        number = Int(lines) ?? number
      } else if let name = value("-u", "--unit") {
        unit = name.hasSuffix(".service") ? String(name.dropLast(8)) : name
      } else if let level = value("-p", "--priority") {
        highest = ["err": 3, "error": 3, "warning": 4, "notice": 5, "info": 6][level] ?? Int(level) ?? 7
      }
      index += 1
    }
    let kernel = arguments.contains("-k")
    let lines = scene.cluster.log.filter {
      $0.node == scene.node.name && $0.priority <= highest && (unit == nil || $0.tag == unit)
        && (!kernel || $0.tag == "kernel")
    }
    .suffix(max(0, number))
    .map { entry in
      let process = entry.process > 0 ? "[\(entry.process)]" : ""
      return "\(ClockText.journal(entry.at)) \(entry.node) \(entry.tag)\(process): \(entry.text)\n"
    }
    return ShellOutput(lines.isEmpty ? "-- No entries --\n" : lines.joined())
  }
}
