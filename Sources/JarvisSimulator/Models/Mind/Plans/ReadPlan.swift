import JarvisAPI

/// What to read for a question about the state of things, and how to speak of it.
struct ReadPlan {
  let question: MindQuestion
  let memory: MindMemory

  /// nil while results are wanted.
  func answer(_ bench: inout MindBench) -> String? {
    let naming: Naming
    switch subjects(&bench) {
    case .none: return nil
    case .some(let found): naming = found
    }
    if naming.subjects.isEmpty, !naming.unclear.isEmpty {
      return "Which one do you mean: \(MindFigures.list(naming.unclear.map { MindFigures.name(.string($0.name)) }))?"
    }
    let topics = topics(without: naming.subjects)
    let names = !question.unknown.isEmpty || NameFinder.mayName(question.words)
    let asksWhy = question.asksWhy || (question.topics.isEmpty && question.continues && memory.askedWhy && !names)
    let subject = naming.subjects.first

    if topics.contains(.log) { return TaskPlan(subjects: naming.subjects, words: question.words).log(&bench) }
    if topics.contains(.config), let subject, subject.kind == .guest { return config(subject, &bench) }
    if asksWhy || topics.contains(.trouble) {
      if let subject, subject.kind != .storage { return DiagnosisPlan(subject: subject).answer(&bench) }
      if subject == nil && !topics.contains(.tasks) { return overview(&bench, missing: naming.missing) }
    }
    if topics.contains(.tasks) { return TaskPlan(subjects: naming.subjects, words: question.words).list(&bench) }
    if topics.contains(.events) {
      guard let finding = bench.need("recent_events") else { return nil }
      return finding.excuse(for: "the events") ?? EventPhrases.list(finding.value?.entries("events") ?? [])
    }
    if topics.contains(.storage) || subject?.kind == .storage { return storage(naming.subjects, &bench) }
    if question.words.contains("version"), subject?.kind != .guest { return versions(&bench) }
    let compares = !Self.superlatives.isDisjoint(with: question.words)
    if let subject, subject.kind == .node, topics.contains(.figures), compares {
      return guests(on: subject.name, &bench)
    }
    if topics.contains(.guests), naming.subjects.allSatisfy({ $0.kind == .node }) {
      return guests(on: subject?.name, &bench)
    }
    if let subject, subject.kind == .node, question.everyone { return wholeNode(subject, &bench) }
    if !naming.subjects.isEmpty { return status(of: naming.subjects, &bench) }
    if topics.contains(.nodes) { return nodes(&bench) }
    if let missing = naming.missing, !topics.contains(.overview), !compares { return notFound(missing, bench) }
    if topics.contains(.figures) && !topics.contains(.overview) { return guests(on: nil, &bench) }
    return overview(&bench, missing: naming.missing)
  }

  /// Words that ask for the first of all, so that no single one need be named.
  private static let superlatives: Set<String> = [
    "most", "highest", "busiest", "hungriest", "top", "biggest", "largest", "least", "lowest", "eats", "eating", "hogs",
    "hogging", "consumes", "meisten", "meiste",
    "plus",
    "mas",
  ]

  private struct Naming {
    var subjects: [MindSubject]
    var unclear: [MindSubject] = []
    /// The words that may be a name nobody has.
    var missing: String?
  }

  private func subjects(_ bench: inout MindBench) -> Naming? {
    let kinds: [MindSubject.Kind] =
      question.topics.contains(.storage) ? [.storage, .guest, .node] : [.guest, .node, .storage]
    let remembered = NameFinder(bench.remembered).find(in: question.words, kinds: kinds)
    if !remembered.subjects.isEmpty { return Naming(subjects: remembered.subjects) }
    guard NameFinder.mayName(question.words) else { return Naming(subjects: fromMemory()) }

    let wish: [String] =
      question.topics.contains(.storage)
      ? ["list_storage", "list_guests", "list_nodes"] : ["list_guests", "list_nodes"]
    var findings: [MindBench.Finding?] = []
    for tool in wish { findings.append(bench.need(tool)) }
    guard bench.wanted.isEmpty, !findings.contains(where: { $0 == nil }) else { return nil }
    let found = NameFinder(bench.found).find(in: question.words, kinds: kinds)
    if !found.subjects.isEmpty || !found.unclear.isEmpty {
      return Naming(subjects: found.subjects, unclear: found.unclear)
    }
    let missing = question.unknown.isEmpty ? nil : question.unknown.prefix(4).joined(separator: " ")
    return Naming(subjects: missing == nil ? fromMemory() : [], missing: missing)
  }

  /// "And why?", "is it up again?": what was spoken of last. A question about the whole has no subject.
  private func fromMemory() -> [MindSubject] {
    guard question.pronoun || question.continues || question.words.count <= 3 else { return [] }
    if memory.topicsAreNewer && !question.pronoun { return [] }
    if question.everyone || question.topics.contains(.overview) && !question.pronoun { return [] }
    if question.topics.isDisjoint(with: [.figures, .trouble, .log, .config, .tasks]) && !question.topics.isEmpty
      && !question.pronoun
    {
      return []
    }
    return memory.subject.map { [$0] } ?? []
  }

  /// A word that is a name here is no topic: node `backup` is no backup task.
  private func topics(without subjects: [MindSubject]) -> Set<MindTopic> {
    let names = Set(subjects.flatMap { MindWords.split($0.name) })
    var topics: Set<MindTopic> = question.asksHistory ? [.tasks] : []
    for word in question.words where !names.contains(word) { topics.formUnion(MindTopic.of(word)) }
    if topics.isEmpty && question.continues {
      topics = subjects.isEmpty ? memory.topics : memory.topics.subtracting([.overview, .nodes, .guests])
    }
    return topics
  }

  private func overview(_ bench: inout MindBench, missing: String?) -> String? {
    let status = bench.need("cluster_status")
    let storages = bench.need("list_storage")
    let events = bench.need("recent_events")
    guard bench.wanted.isEmpty, let status, let storages, let events else { return nil }
    if let excuse = status.excuse(for: "the state of the cluster") { return excuse }
    var text = OverviewPhrases.speak(status: status.value ?? .null, storages: storages.value, events: events.value)
    for (finding, subject) in [(storages, "the storages"), (events, "the events")] {
      if case .failed = finding, let excuse = finding.excuse(for: subject) { text += "\n" + excuse }
    }
    if let missing, soundsLikeName(missing) {
      text = "I find no guest, node or storage called “\(missing)”. As for the whole:\n" + text
    }
    return text
  }

  private func status(of subjects: [MindSubject], _ bench: inout MindBench) -> String? {
    var findings: [(MindSubject, MindBench.Finding?)] = []
    for subject in subjects.prefix(MindBench.maximumCallsPerStep) where subject.kind != .storage {
      findings.append((subject, read(subject, &bench)))
    }
    guard bench.wanted.isEmpty else { return nil }
    return findings.compactMap { subject, finding in
      guard let finding else { return nil }
      let name = MindFigures.name(.string(subject.name))
      if let excuse = finding.excuse(for: name) { return excuse }
      let value = finding.value ?? .null
      let text = subject.kind == .node ? NodePhrases.speak(value) : GuestPhrases.speak(value)
      return opening(value, subject.kind, only: subjects.count == 1) + text
    }.joined(separator: "\n")
  }

  /// "Is everything on backup fine": the node and what lives there.
  private func wholeNode(_ subject: MindSubject, _ bench: inout MindBench) -> String? {
    let node = status(of: [subject], &bench)
    let guests = guests(on: subject.name, &bench)
    guard let node, let guests else { return nil }
    return node + "\n\n" + guests
  }

  private func read(_ subject: MindSubject, _ bench: inout MindBench) -> MindBench.Finding? {
    subject.kind == .node
      ? bench.need("node_status", ["node": .string(subject.name)])
      : bench.need("guest_status", ["guest": .string(subject.name)])
  }

  /// "Yes" or "No" to a question that is one.
  private func opening(_ value: JSONValue, _ kind: MindSubject.Kind, only: Bool) -> String {
    let first = question.words.first { !CommandReader.fillers.contains($0) } ?? ""
    let asksWhether = ["is", "are", "ist", "lauft", "est", "esta", "does", "did"].contains(first)
    let good: Set = ["ok", "okay", "running", "up", "online", "alive", "fine", "healthy", "back", "ordnung", "lauft"]
    guard only, asksWhether, !good.isDisjoint(with: question.words), let status = value["status"]?.string else {
      return ""
    }
    return ["running", "online"].contains(status) ? "Yes. " : "No. "
  }

  private func guests(on node: String?, _ bench: inout MindBench) -> String? {
    var arguments: [String: JSONValue] = [:]
    if let node { arguments["node"] = .string(node) }
    guard let finding = bench.need("list_guests", arguments) else { return nil }
    if let excuse = finding.excuse(for: "the guests") { return excuse }
    let guests = (finding.value?.entries("guests") ?? []).filter { node == nil || $0["node"]?.string == node }
    return GuestPhrases.list(guests, question: question)
  }

  private func nodes(_ bench: inout MindBench) -> String? {
    guard let finding = bench.need("list_nodes") else { return nil }
    let nodes = finding.value?.entries("nodes") ?? []
    return finding.excuse(for: "the nodes") ?? NodePhrases.ranking(nodes, question) ?? NodePhrases.list(nodes)
  }

  /// The version of each node that is online, or of the one named.
  private func versions(_ bench: inout MindBench) -> String? {
    guard let finding = bench.need("list_nodes") else { return nil }
    if let excuse = finding.excuse(for: "the nodes") { return excuse }
    let nodes = (finding.value?.entries("nodes") ?? []).filter(NodePhrases.isOnline)
    var findings: [MindBench.Finding] = []
    for node in nodes.prefix(MindBench.maximumCallsPerStep) {
      if let status = bench.need("node_status", ["node": node["name"] ?? .null]) { findings.append(status) }
    }
    guard bench.wanted.isEmpty else { return nil }
    let lines = findings.compactMap(\.value).map {
      "- \(MindFigures.name($0["name"])): \(NodePhrases.version($0) ?? "unknown")"
    }
    return lines.isEmpty ? "No node tells its version." : "Versions of Proxmox VE:\n" + lines.joined(separator: "\n")
  }

  /// True for words that stand where a name stands, so that it helps to say that nobody has it.
  private func soundsLikeName(_ missing: String) -> Bool {
    guard let first = MindWords.split(missing).first, let index = question.words.firstIndex(of: first), index > 0 else {
      return false
    }
    return MindVocabulary.beforeName.contains(question.words[index - 1])
  }

  private func storage(_ subjects: [MindSubject], _ bench: inout MindBench) -> String? {
    let node = subjects.first { $0.kind == .node }?.name
    guard let finding = bench.need("list_storage", node.map { ["node": .string($0)] } ?? [:]) else { return nil }
    return finding.excuse(for: "the storages")
      ?? StoragePhrases.list(
        finding.value?.entries("storages") ?? [], named: subjects.filter { $0.kind == .storage }.map(\.name))
  }

  private func config(_ subject: MindSubject, _ bench: inout MindBench) -> String? {
    guard let finding = bench.need("guest_config", ["guest": .string(subject.name)]) else { return nil }
    return finding.excuse(for: "the configuration of \(MindFigures.name(.string(subject.name)))")
      ?? ConfigPhrases.speak(finding.value ?? .null)
  }

  private func notFound(_ missing: String, _ bench: MindBench) -> String {
    let names = bench.found.guests.map(\.name) + bench.found.nodes
    if names.isEmpty { return "I could not look up “\(missing)”: the tools gave me no names." }
    return
      "I find no guest, node or storage called “\(missing)”. There are \(MindFigures.list(names.map { MindFigures.name(.string($0)) }, limit: 24))."
  }
}
