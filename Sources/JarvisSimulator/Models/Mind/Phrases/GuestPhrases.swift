import JarvisAPI

/// Guests, spoken from `list_guests` and `guest_status`.
enum GuestPhrases {
  private static let maximumListed = 20

  /// "pihole (container 102)".
  static func title(_ guest: JSONValue) -> String {
    let name = MindFigures.name(guest["name"])
    guard let vmid = guest["vmid"]?.int else { return name }
    return "\(name) (\(kind(guest)) \(vmid))"
  }

  private static func kind(_ guest: JSONValue) -> String {
    switch guest["type"]?.string {
    case "lxc": "container"
    case "qemu": "VM"
    default: "guest"
    }
  }

  /// The whole state in a few sentences.
  static func speak(_ guest: JSONValue) -> String {
    let status = MindFigures.name(guest["status"])
    let node = guest["node"].map { " on \(MindFigures.name($0))" } ?? ""
    var text = "\(title(guest)) is **\(status)**\(node)"
    if status == "running" {
      if let up = MindFigures.duration(guest["uptime_seconds"]) { text += ", up \(up)" }
      text += ". CPU \(MindFigures.percent(guest["cpu_percent"])), memory \(memory(guest))."
    } else {
      text += "."
    }
    if let lock = guest["lock"]?.string, !lock.isEmpty { text += " It is locked (\(MindFigures.name(.string(lock))))." }
    if let managed = guest["ha"],
      managed.bool == true || (managed.string.map { !$0.isEmpty && $0 != "ignored" } ?? false)
    {
      text += " HA manages it\(managed.string.map { " (\(Sanitiser.clean($0, keepingNewlines: false)))" } ?? "")."
    }
    return text
  }

  static func memory(_ guest: JSONValue) -> String {
    MindFigures.memory(used: guest["memory_used_gib"], total: guest["memory_total_gib"])
  }

  /// The share of its memory that a guest uses, in percent.
  static func memoryPercent(_ guest: JSONValue) -> Double? {
    guard let used = guest["memory_used_gib"]?.number, let total = guest["memory_total_gib"]?.number, total > 0 else {
      return nil
    }
    return used / total * 100
  }

  /// A list by state, the busiest first where figures were asked for.
  static func list(_ rows: [JSONValue], question: MindQuestion) -> String {
    let guests = rows.filter { $0["template"]?.bool != true }
    let templates = rows.filter { $0["template"]?.bool == true }
    if guests.isEmpty, !templates.isEmpty, !question.words.contains(where: { $0.hasPrefix("templat") }) {
      return "There are only templates: \(MindFigures.list(templates.map(place), limit: maximumListed))."
    }
    if question.words.contains(where: { $0.hasPrefix("templat") }) {
      return templates.isEmpty
        ? "There are no templates." : "Templates: \(MindFigures.list(templates.map(place), limit: maximumListed))."
    }
    if guests.isEmpty { return "There are no guests that fit." }
    if question.topics.contains(.figures), let ranking = ranking(guests, question) { return ranking }
    let running = guests.filter { $0["status"]?.string == "running" }
    let others = guests.filter { $0["status"]?.string != "running" }
    let asksStopped = !Set(question.words).isDisjoint(with: ["stopped", "offline", "down", "off", "gestoppt", "aus"])
    if asksStopped {
      if others.isEmpty { return "None: all \(MindFigures.count(guests.count, "guest")) are running." }
      return "\(MindFigures.count(others.count, "guest")) \(others.count == 1 ? "is" : "are") not running: "
        + MindFigures.list(others.map(place), limit: maximumListed) + "."
    }
    var text =
      "\(running.count) of \(MindFigures.count(guests.count, "guest")) \(running.count == 1 ? "is" : "are") running"
    text += running.isEmpty ? "." : ": " + MindFigures.list(running.map(place), limit: maximumListed) + "."
    if !others.isEmpty {
      text += " Not running: " + MindFigures.list(others.map(place), limit: maximumListed) + "."
    }
    return text
  }

  private static func place(_ guest: JSONValue) -> String {
    MindFigures.name(guest["name"]) + (guest["node"].map { " on \(MindFigures.name($0))" } ?? "")
  }

  /// "Most memory", "highest CPU".
  private static func ranking(_ guests: [JSONValue], _ question: MindQuestion) -> String? {
    let words = Set(question.words)
    let byMemory = !words.isDisjoint(with: ["memory", "ram", "speicher", "memoire", "memoria", "hungriest", "swap"])
    let byUptime = words.contains("uptime")
    let figure: (JSONValue) -> Double? = { guest in
      byUptime
        ? guest["uptime_seconds"]?.number : byMemory ? guest["memory_used_gib"]?.number : guest["cpu_percent"]?.number
    }
    let ranked = guests.filter { figure($0) != nil && $0["status"]?.string == "running" }
      .sorted { (figure($0) ?? 0) > (figure($1) ?? 0) }
    guard !ranked.isEmpty else { return nil }
    let lines = ranked.prefix(5).map { guest in
      let value =
        byUptime
        ? "up " + (MindFigures.duration(guest["uptime_seconds"]) ?? "unknown")
        : byMemory ? memory(guest) : MindFigures.percent(guest["cpu_percent"])
      return "- \(place(guest)): \(value)"
    }
    return "By \(byUptime ? "uptime" : byMemory ? "memory" : "CPU"), the first ones:\n" + lines.joined(separator: "\n")
  }
}
