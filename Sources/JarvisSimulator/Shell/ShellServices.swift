/// `systemctl` and `journalctl` of the simulated nodes.
enum ShellServices {
  /// Units that run on every node, with what they are; those that Proxmox VE looks after have their state.
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
    if arguments.contains("--failed") {
      let failed = scene.node.services.filter { $0.state == "failed" }.map {
        "● \($0.name).service loaded failed failed \($0.description)\n"
      }
      return ShellOutput(failed.joined() + "\(failed.count) loaded units listed.\n")
    }
    switch words.first {
    case "status": return names.isEmpty ? overall(scene) : status(names, scene)
    case "is-active":
      let words = names.map { units[$0] == nil ? "inactive" : word(of: $0, scene) }
      return ShellOutput(words.map { $0 + "\n" }.joined(), code: words.contains("active") ? 0 : 3)
    case "list-units", nil:
      let rows = units.keys.sorted().map { name -> [String] in
        let state = word(of: name, scene)
        let sub = state == "active" ? "running" : state == "failed" ? "failed" : "dead"
        return [name + ".service", "loaded", state, sub, units[name] ?? ""]
      }
      return ShellOutput(
        TextTable.text([["UNIT", "LOAD", "ACTIVE", "SUB", "DESCRIPTION"]] + rows, [.left, .left, .left, .left, .left]))
    default:
      return ShellOutput(error: "Unknown command verb '\(words[0])'.\n", code: 1)
    }
  }

  /// `dmesg`: what the kernel wrote.
  static func kernelLog(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let lines = scene.cluster.log.filter { $0.node == scene.node.name && $0.tag == "kernel" }
    return ShellOutput(
      lines.suffix(defaultLines).map {
        "[\(NodeEndpoints.decimal(max(0, $0.at - scene.node.bootedAt), 6))] \($0.text)\n"
      }.joined())
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
        + "     Active: \(word(of: name, scene) == "active" ? "active (running)" : word(of: name, scene)) since \(ClockText.unix(scene.node.bootedAt + 9))\n"
    }
    return output
  }

  /// systemd's word for a unit, from the same state as the API's.
  private static func word(of unit: String, _ scene: ShellScene) -> String {
    let service = scene.node.services.first { $0.name == unit || (unit == "ssh" && $0.name == "sshd") }
    switch service?.state {
    case nil, "running": return "active"
    case "failed": return "failed"
    default: return "inactive"
    }
  }

  static func journalctl(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    var number = defaultLines
    var unit: String?
    var highest = 7
    var since: Double?
    var until: Double?
    var words: String?
    var stamps = false
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
        let levels = ["emerg": 0, "alert": 1, "crit": 2, "err": 3, "error": 3, "warning": 4, "notice": 5, "info": 6]
        highest = levels[level] ?? Int(level) ?? 7
      } else if let moment = value("-S", "--since") {
        since = moment.hasPrefix("@") ? Double(moment.dropFirst()) : nil
      } else if let moment = value("-U", "--until") {
        until = moment.hasPrefix("@") ? Double(moment.dropFirst()) : nil
      } else if let pattern = value("-g", "--grep") {
        words = pattern.filter { $0 != "\\" }.lowercased()
      } else if let form = value("-o", "--output") {
        stamps = form == "short-unix"
      }
      index += 1
    }
    let kernel = arguments.contains("-k")
    let lines = scene.cluster.log.filter {
      $0.node == scene.node.name && $0.priority <= highest && (unit == nil || $0.tag == unit)
        && (!kernel || $0.tag == "kernel") && $0.at >= since ?? 0 && $0.at <= until ?? .infinity
        && (words == nil || $0.text.lowercased().contains(words ?? ""))
    }
    .suffix(max(0, number))
    .map { entry in
      stamps
        ? "\(NodeEndpoints.decimal(entry.at, 6)) \(entry.node) \(entry.program): \(entry.text)\n" : entry.line + "\n"
    }
    if lines.isEmpty, words != nil { return ShellOutput("-- No entries --\n", code: 1) }
    return ShellOutput(lines.isEmpty ? "-- No entries --\n" : lines.joined())
  }
}
