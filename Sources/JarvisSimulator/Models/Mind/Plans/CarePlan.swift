import JarvisAPI

/// A question that one particular tool answers: temperatures, updates, services, disks, journal, backups, snapshots,
/// addresses, HA, replication, Ceph.
enum CareWish: String, CaseIterable {
  case temperatures = "node_temperatures"
  case updates = "node_updates"
  case services = "node_services"
  case disks = "disk_health"
  case journal
  case freshness = "backup_freshness"
  case backups = "list_backups"
  case snapshots = "list_snapshots"
  case inside = "guest_agent_info"
  case availability = "ha_status"
  case replication = "replication_status"
  case ceph = "ceph_status"

  /// The wish that the words show; nil for another question, and for one about what a thing is.
  static func of(_ question: MindQuestion) -> CareWish? {
    guard !question.wantsTalk, question.commands.isEmpty else { return nil }
    let words = Set(question.words)
    if !words.isDisjoint(with: backupWords) {
      if !words.isDisjoint(with: ["list", "show", "which", "storage", "where", "size"]) { return .backups }
      return words.isDisjoint(with: freshWords) ? nil : .freshness
    }
    return table.first { !words.isDisjoint(with: $0.words) }?.wish
  }

  /// True where the tool is asked about a node, a guest, or neither.
  var subject: MindSubject.Kind? {
    switch self {
    case .temperatures, .updates, .services, .disks, .journal: .node
    case .snapshots, .inside, .freshness, .backups: .guest
    case .availability, .replication, .ceph: nil
    }
  }

  /// True where it can be asked without a subject, about all.
  var needsSubject: Bool { [.temperatures, .updates, .services, .disks, .snapshots, .inside].contains(self) }

  private static let backupWords: Set<String> = [
    "backup", "backups", "sicherung", "sicherungen", "sauvegarde", "sauvegardes", "respaldo", "respaldos", "backed",
  ]
  private static let freshWords: Set<String> = [
    "fresh", "freshness", "stale", "old", "recent", "current", "date", "never", "missing", "without", "aktuell", "alt",
    "recente", "reciente", "backed", "ok", "okay",
  ]
  private static let table: [(wish: CareWish, words: Set<String>)] = [
    (
      .temperatures,
      [
        "temperature", "temperatures", "temps", "temp", "hot", "heat", "sensors", "temperatur", "temperaturen", "heiss",
        "warm",
      ]
    ),
    (
      .updates, ["updates", "upgradable", "upgrades", "patches", "packages", "outdated", "aktualisierungen", "paquets"]
    ),
    (.services, ["service", "services", "daemon", "daemons", "dienst", "dienste"]),
    (.disks, ["smart", "drives", "drive", "ssd", "ssds", "nvme", "hdd", "hdds", "wear", "wearout", "festplatten"]),
    (.journal, ["journal", "journals", "syslog", "dmesg"]),
    (.snapshots, ["snapshot", "snapshots", "schnappschuss"]),
    (.inside, ["ip", "address", "addresses", "adresse", "adressen", "direccion", "filesystem", "filesystems"]),
    (.availability, ["ha", "availability", "failover"]),
    (.replication, ["replication", "replicated", "replikation"]),
    (.ceph, ["ceph", "osd", "osds"]),
  ]
}

/// Asks the tool that a wish names, about every node or guest that is meant.
struct CarePlan {
  let wish: CareWish
  let question: MindQuestion
  let memory: MindMemory

  /// nil while results are wanted.
  func answer(_ bench: inout MindBench) -> String? {
    guard let subjects = subjects(&bench) else { return nil }
    if wish.needsSubject, wish.subject == .guest, subjects.isEmpty {
      return "Which guest do you mean? There are \(names(bench))."
    }
    var calls: [(name: String, arguments: [String: JSONValue])] = subjects.map { subject in
      let key = wish == .journal ? "nodes" : subject.kind == .node ? "node" : "guest"
      return (subject.name, [key: wish == .journal ? .array([.string(subject.name)]) : .string(subject.name)])
    }
    if calls.isEmpty { calls = [("", [:])] }
    var findings: [(String, MindBench.Finding)] = []
    for call in calls.prefix(MindBench.maximumCallsPerStep) {
      if let finding = bench.need(wish.rawValue, call.arguments.merging(span) { first, _ in first }) {
        findings.append((call.name, finding))
      }
    }
    guard bench.wanted.isEmpty else { return nil }
    return findings.map { name, finding in
      let shown = MindFigures.name(.string(name))
      if let excuse = finding.excuse(for: name.isEmpty ? "that" : "that of \(shown)") { return excuse }
      return CarePhrases.speak(wish, finding.value ?? .null, of: shown)
    }.joined(separator: "\n")
  }

  /// "In the last hour", "today" for the journal; errors only where they are asked for.
  private var span: [String: JSONValue] {
    guard wish == .journal else { return [:] }
    var arguments: [String: JSONValue] = ["limit": 20]
    if question.words.contains("today") { arguments["since"] = "today" }
    if question.words.contains("day") { arguments["since"] = "1d" }
    if !Set(question.words).isDisjoint(with: ["error", "errors", "fehler", "problems"]) {
      arguments["priority"] = "err"
    }
    return arguments
  }

  /// Nodes or guests that are meant; for nodes all that are online where none is named. nil while results are wanted.
  private func subjects(_ bench: inout MindBench) -> [MindSubject]? {
    guard let kind = wish.subject else { return [] }
    guard let list = bench.need(kind == .node ? "list_nodes" : "list_guests") else { return nil }
    let named = NameFinder(bench.found).find(in: question.words, kinds: [kind]).subjects
    if !named.isEmpty { return named }
    if let subject = memory.subject, subject.kind == kind, question.pronoun || question.continues { return [subject] }
    guard kind == .node, wish.needsSubject else { return [] }
    return (list.value?.entries("nodes") ?? []).filter(NodePhrases.isOnline)
      .compactMap { $0["name"]?.string.map { MindSubject(.node, $0) } }
  }

  private func names(_ bench: MindBench) -> String {
    MindFigures.list(bench.found.guests.map { MindFigures.name(.string($0.name)) }, limit: 16)
  }
}
