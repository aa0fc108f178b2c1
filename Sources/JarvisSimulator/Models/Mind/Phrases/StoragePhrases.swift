import JarvisAPI

/// Storages, spoken from `list_storage`.
enum StoragePhrases {
  private static let maximumListed = 8

  /// "tank on pve", or the name alone where the storage is shared.
  static func place(_ storage: JSONValue) -> String {
    let name = MindFigures.name(storage["name"])
    if storage["shared"]?.bool == true { return "\(name) (shared)" }
    return name + (storage["node"]?.string.map { " on \(Sanitiser.clean($0, keepingNewlines: false))" } ?? "")
  }

  private static func line(_ storage: JSONValue) -> String {
    if let withheld = MindFigures.withheld(storage["percent"]) ?? MindFigures.withheld(storage["used_gib"]) {
      return "\(place(storage)): \(withheld)"
    }
    if storage["available"]?.bool == false { return "\(place(storage)): **not available**" }
    guard let used = storage["used_gib"]?.number, let total = storage["total_gib"]?.number else {
      return "\(place(storage)): \(MindFigures.percent(storage["percent"]))"
    }
    return
      "\(place(storage)): \(MindFigures.percent(storage["percent"])), \(MindFigures.number(used)) of \(MindFigures.number(total)) GiB used, \(MindFigures.number(max(0, total - used))) GiB free"
  }

  /// Fullest first, each storage once.
  static func list(_ storages: [JSONValue], named: [String] = []) -> String {
    var seen = Set<String>()
    let chosen = storages.filter { named.isEmpty || named.contains($0["name"]?.string ?? "") }
      .filter { seen.insert(place($0)).inserted }
      .sorted { ($0["percent"]?.number ?? -1) > ($1["percent"]?.number ?? -1) }
    guard let first = chosen.first else { return "No storage was listed." }
    if chosen.count == 1 { return line(first) + "." }
    var lines = [
      (first["percent"]?.number ?? 0) >= OverviewPhrases.fullStorage
        ? "\(place(first)) is nearly full." : "No storage is close to full; \(place(first)) is the fullest."
    ]
    lines += chosen.prefix(maximumListed).map { "- " + line($0) }
    if chosen.count > maximumListed { lines.append("- and \(chosen.count - maximumListed) more") }
    return lines.joined(separator: "\n")
  }
}
