import JarvisAPI

/// The state of the whole, spoken from `cluster_status` and what was read beside it.
enum OverviewPhrases {
  /// A storage at this share or more is worth a word, in percent; the node threshold for a warning.
  static let fullStorage = 90.0
  private static let maximumProblems = 8
  private static let maximumEvents = 3

  static func speak(status: JSONValue, storages: JSONValue?, events: JSONValue?) -> String {
    let offline = strings(status["nodes"]?["offline"])
    let problems = status.entries("problems").filter { severity($0) != "info" }
    let fullest = fullestStorage(status, storages)
    let fullStorages = fullest.filter { ($0["percent"]?.number ?? 0) >= fullStorage }
    let quorumLost = status["quorate"]?.bool == false
    let calm = offline.isEmpty && problems.isEmpty && fullStorages.isEmpty && !quorumLost

    var lines: [String] = []
    let blind = strings(status["blind_spots"])
    lines.append(
      !calm ? "Not everything is fine." : blind.isEmpty ? "Yes, everything looks fine." : "What I can see looks fine.")
    lines.append(nodesSentence(status, offline) + " " + guestsSentence(status))
    if quorumLost { lines.append("The cluster has **no quorum**: nothing can be started or changed until it has.") }
    if !problems.isEmpty {
      lines.append("What I see:")
      for problem in problems.prefix(maximumProblems) {
        lines.append("- **\(severity(problem))**: \(MindFigures.name(problem["what"]))")
      }
      if problems.count > maximumProblems { lines.append("- and \(problems.count - maximumProblems) more") }
    }
    // What a problem has told already is not told again.
    if let first = fullest.first, !isTold(first, in: problems) {
      lines.append(storageSentence(first, full: !fullStorages.isEmpty))
    }
    if !blind.isEmpty { lines.append("I do not see everything: \(MindFigures.list(blind)).") }
    let notable = (events?.entries("events") ?? []).filter { ["warning", "critical", "error"].contains(severity($0)) }
    if !notable.isEmpty {
      lines.append("Lately:")
      for event in notable.suffix(maximumEvents).reversed() { lines.append(EventPhrases.line(event)) }
    }
    return lines.joined(separator: "\n")
  }

  private static func isTold(_ storage: JSONValue, in problems: [JSONValue]) -> Bool {
    guard let name = storage["name"]?.string else { return false }
    let words = MindWords.split(name)
    return problems.prefix(maximumProblems).contains { problem in
      let told = MindWords.split(problem["what"]?.string ?? "")
      return told.contains("storage") && told.indices.contains { told[$0...].starts(with: words) }
    }
  }

  private static func nodesSentence(_ status: JSONValue, _ offline: [String]) -> String {
    let cluster = status["cluster"]?.string.map { " of \(Sanitiser.clean($0, keepingNewlines: false))" } ?? ""
    guard let online = status["nodes"]?["online"]?.int, let total = status["nodes"]?["total"]?.int else {
      return "How many nodes are online is unknown."
    }
    if offline.isEmpty {
      return online == total
        ? "All \(total) nodes\(cluster) are online." : "\(online) of \(total) nodes\(cluster) are online."
    }
    return
      "\(online) of \(total) nodes\(cluster) are online; **\(MindFigures.list(offline))** \(offline.count == 1 ? "is" : "are") offline."
  }

  private static func guestsSentence(_ status: JSONValue) -> String {
    guard let running = status["guests"]?["running"]?.int else { return "How many guests run is unknown." }
    let stopped = strings(status["guests"]?["stopped_names"])
    let total = status["guests"]?["total"]?.int ?? running + stopped.count
    let unknown = strings(status["guests"]?["unknown_names"])
    var text = "\(running) of \(MindFigures.count(total, "guest")) \(running == 1 ? "is" : "are") running"
    if !stopped.isEmpty { text += "; \(MindFigures.list(stopped)) \(stopped.count == 1 ? "is" : "are") stopped" }
    if !unknown.isEmpty {
      text += "; nobody knows how \(MindFigures.list(unknown)) \(unknown.count == 1 ? "is" : "are")"
    }
    return text + "."
  }

  /// Fullest first, from the list where it was read, else from the status.
  private static func fullestStorage(_ status: JSONValue, _ storages: JSONValue?) -> [JSONValue] {
    let list = storages?["storages"]?.array ?? status["storage_fullest"]?.array ?? []
    return list.filter { $0["percent"]?.number != nil }
      .sorted { ($0["percent"]?.number ?? 0) > ($1["percent"]?.number ?? 0) }
  }

  private static func storageSentence(_ storage: JSONValue, full: Bool) -> String {
    let place = StoragePhrases.place(storage)
    let percent = MindFigures.percent(storage["percent"])
    return full ? "Storage \(place) is nearly full: \(percent)." : "The fullest storage is \(place) at \(percent)."
  }

  private static func severity(_ value: JSONValue) -> String {
    MindFigures.name(value["severity"]).lowercased()
  }

  private static func strings(_ value: JSONValue?) -> [String] {
    (value?.array ?? []).map { MindFigures.name($0) }
  }
}
