import JarvisAPI

/// What to do about a command: look the guests up, act on those that are meant, speak from the results.
struct ActionPlan {
  let question: MindQuestion
  let memory: MindMemory

  private struct Job {
    var verb: ActionVerb
    var guest: MindInventory.Guest
    /// How the tool is told which: the name, or the number where two guests share the name.
    var reference: String
    /// Of "if so" and "if not".
    var condition: Bool?
  }

  /// nil while results are wanted.
  func answer(_ bench: inout MindBench) -> String? {
    var sentences: [String] = []
    var jobs: [Job] = []
    guard let listing = bench.need("list_guests") else { return nil }
    switch listing {
    case .value: break
    case .failed: return (listing.excuse(for: "the list of guests") ?? "") + " So I did nothing."
    case .notOffered: return withoutListing(&bench)
    }
    for command in question.commands {
      switch command.wish {
      case .other(let word):
        guard let sentence = other(word, command, &bench) else { return nil }
        sentences.append(sentence)
      case .guest(let verb):
        switch targets(of: command, verb, &bench) {
        case .none: return nil
        case .some(.guests(let guests)):
          jobs += guests.map {
            Job(
              verb: verb, guest: $0, reference: reference(to: $0, in: bench.found), condition: command.condition)
          }
        case .some(.explained(let text)): sentences.append(text)
        }
      }
    }
    sentences += work(through: jobs, &bench)
    return bench.wanted.isEmpty ? sentences.joined(separator: "\n") : nil
  }

  /// Different guests are acted on side by side; a second action on the same guest waits for the first, and falls away
  /// with it.
  private func work(through jobs: [Job], _ bench: inout MindBench) -> [String] {
    if let batch = batch(jobs, &bench) { return batch }
    var sentences: [String] = []
    var outcomes: [String: MindBench.Finding?] = [:]
    for job in jobs {
      let name = MindFigures.name(.string(job.guest.name))
      if let earlier = outcomes[job.reference] {
        guard let earlier else { continue }
        guard earlier.value?["done"]?.bool == true else {
          sentences.append("So I did not \(job.verb.phrase(name)).")
          continue
        }
      } else if let unmet = unmet(job, name) {
        sentences.append(unmet)
        continue
      } else if let idle = nothingToDo(job, name) {
        sentences.append(idle)
        continue
      }
      let finding = bench.need(job.verb.tool, ["guest": .string(job.reference)])
      outcomes[job.reference] = .some(finding)
      if let finding { sentences.append(ActionPhrases.speak(job.verb, target: name, finding: finding)) }
    }
    return sentences
  }

  /// The same for several guests goes behind one card, where the tool takes a list.
  private func batch(_ jobs: [Job], _ bench: inout MindBench) -> [String]? {
    guard let verb = jobs.first?.verb, jobs.allSatisfy({ $0.verb == verb && $0.condition == nil }),
      bench.tool(verb.tool)?.properties.contains("guests") == true
    else { return nil }
    var idle: [String] = []
    var targets: [String] = []
    for job in jobs where !targets.contains(job.reference) {
      if let words = nothingToDo(job, MindFigures.name(.string(job.guest.name))) {
        idle.append(words)
      } else {
        targets.append(job.reference)
      }
    }
    guard targets.count > 1 else { return nil }
    guard let finding = bench.need(verb.tool, ["guests": .array(targets.map { .string($0) })]) else { return idle }
    return idle + [
      ActionPhrases.speak(batch: verb, targets: targets.map { MindFigures.name(.string($0)) }, finding: finding)
    ]
  }

  /// "If so" and "if not" ask whether the guest runs, or whether it does not.
  private func unmet(_ job: Job, _ name: String) -> String? {
    guard let condition = job.condition, let status = job.guest.status else { return nil }
    let asksForTrouble = !Self.troubleWords.isDisjoint(with: question.words)
    let holds = (status == "running") != asksForTrouble
    return holds == condition ? nil : "\(name) is \(MindFigures.name(.string(status))), so I left it as it is."
  }

  private static let troubleWords: Set<String> = [
    "stopped", "down", "offline", "off", "dead", "crashed", "gestoppt", "aus", "arrete", "parado", "apagado",
  ]

  /// A guest that is already where the person wants it.
  private func nothingToDo(_ job: Job, _ name: String) -> String? {
    switch (job.verb, job.guest.status) {
    case (.start, "running"): "\(name) is already running, so there is nothing to start."
    case (.shutdown, "stopped"), (.stop, "stopped"): "\(name) is already stopped."
    case (.reboot, "stopped"):
      "\(name) is stopped, so there is nothing to reboot. " + MindMemory.offerText(.start, name)
    default: nil
    }
  }

  private func reference(to guest: MindInventory.Guest, in inventory: MindInventory) -> String {
    let sharesName = inventory.guests.filter { $0.name == guest.name }.count > 1
    if sharesName, let vmid = guest.vmid { return String(vmid) }
    return guest.name
  }

  private enum Targets { case guests([MindInventory.Guest]), explained(String) }

  private func targets(of command: MindCommand, _ verb: ActionVerb, _ bench: inout MindBench) -> Targets? {
    let inventory = bench.found
    let finder = NameFinder(inventory)
    let named = finder.find(in: command.words, kinds: [.guest])
    if !named.subjects.isEmpty { return .guests(guests(named.subjects, inventory)) }
    if !named.unclear.isEmpty {
      return .explained(
        "Which one do you mean: \(MindFigures.list(named.unclear.map { MindFigures.name(.string($0.name)) }))?")
    }
    if question.everyone && !question.pronoun { return everyone(verb, inventory, command.words) }

    let unknown = command.words.filter { word in
      !MindVocabulary.knows(word) || (word.count >= 3 && Int(word) != nil)
    }
    guard let nodes = bench.need("list_nodes") else {
      // Nodes are read only where the words may name one.
      return unknown.isEmpty && !NameFinder.mayName(command.words) ? fallback(verb, inventory, unknown) : nil
    }
    if nodes.value != nil {
      let node = NameFinder(bench.found).find(in: command.words, kinds: [.node]).subjects.first
      if let node {
        if let done = nodeDeed(verb, node, command, unknown, &bench) { return done }
        if !bench.wanted.isEmpty { return nil }
        return .explained(
          "\(MindFigures.name(.string(node.name))) is a node, and I have no tool to \(verb.phrase("a node")): only guests. Nothing was done."
        )
      }
    }
    return fallback(verb, inventory, unknown)
  }

  /// "Wake node backup", "restart pveproxy on pve"; nil where neither is meant, or results are wanted.
  private func nodeDeed(
    _ verb: ActionVerb, _ node: MindSubject, _ command: MindCommand, _ unknown: [String], _ bench: inout MindBench
  ) -> Targets? {
    let place = MindFigures.name(.string(node.name))
    if verb == .start, bench.offers("wake_node") {
      guard let finding = bench.need("wake_node", ["node": .string(node.name)]) else { return nil }
      let words = DeedWords(noun: "wake-up", phrase: { "wake \($0)" }, past: { "\($0) was woken" })
      return .explained(ActionPhrases.speak(words, target: "node \(place)", finding: finding))
    }
    let service = unknown.first { word in !MindWords.split(node.name).contains(word) }
    if verb == .reboot, let service, bench.offers("restart_service") {
      guard let finding = bench.need("restart_service", ["node": .string(node.name), "service": .string(service)])
      else {
        return nil
      }
      let words = DeedWords(noun: "restart", phrase: { "restart \($0)" }, past: { "\($0) was restarted" })
      return .explained(
        ActionPhrases.speak(words, target: "\(MindFigures.name(.string(service))) on \(place)", finding: finding))
    }
    return nil
  }

  private func fallback(_ verb: ActionVerb, _ inventory: MindInventory, _ unknown: [String]) -> Targets {
    if unknown.isEmpty {
      let elsewhere = NameFinder(inventory).find(in: question.words, kinds: [.guest]).subjects
      if !elsewhere.isEmpty { return .guests(guests(elsewhere, inventory)) }
      if let subject = memory.subject, subject.kind == .guest {
        let known = guests([subject], inventory)
        if !known.isEmpty { return .guests(known) }
      }
      return .explained("Which guest shall I \(verb.rawValue)? There are \(names(inventory)).")
    }
    return .explained(
      "I find no guest called “\(unknown.joined(separator: " "))”, so nothing was done. The guests are \(names(inventory))."
    )
  }

  /// "Start everything", "start everything on backup": with a node, its guests and no others.
  private func everyone(_ verb: ActionVerb, _ inventory: MindInventory, _ words: [String]) -> Targets {
    let all = inventory.guests.filter { !$0.template }
    let node = NameFinder(nodes: Set(all.compactMap(\.node)).sorted()).find(in: words, kinds: [.node]).subjects.first
    let meant = all.filter { node == nil || $0.node == node?.name }
    let place = node.map { " on \(MindFigures.name(.string($0.name)))" } ?? ""
    let running = meant.filter { $0.status == "running" }
    if verb != .start, node != nil, running.count > 1 { return .guests(running) }
    guard verb == .start else {
      let names = meant.filter { $0.status != "stopped" }.map { MindFigures.name(.string($0.name)) }
      return .explained(
        "That would \(verb.phrase("many guests")) at once. Tell me which ones, please: \(MindFigures.list(names, limit: 16))."
      )
    }
    let stopped = meant.filter { $0.status == "stopped" }
    return stopped.isEmpty
      ? .explained("No guest\(place) is stopped.") : .guests(Array(stopped.prefix(MindBench.maximumCallsPerStep)))
  }

  private func guests(_ subjects: [MindSubject], _ inventory: MindInventory) -> [MindInventory.Guest] {
    subjects.compactMap { subject in
      inventory.guests.first { $0.name == subject.name && (subject.vmid == nil || $0.vmid == subject.vmid) }
    }
  }

  private func names(_ inventory: MindInventory) -> String {
    MindFigures.list(inventory.guests.map { MindFigures.name(.string($0.name)) }, limit: 16)
  }

  /// A verb without an action of its own: where a tool of that name takes just a guest, it is used.
  private func other(_ word: String, _ command: MindCommand, _ bench: inout MindBench) -> String? {
    let tool = word + "_guest"
    let named = NameFinder(bench.found).find(in: command.words, kinds: [.guest]).subjects.first
    let target = named ?? memory.subject.flatMap { question.pronoun && $0.kind == .guest ? $0 : nil }
    if let deed = DeedPlan.tool(for: word, command.words), bench.offers(deed) {
      guard let target, let guest = guests([target], bench.found).first else {
        return "Which guest do you mean? There are \(names(bench.found))."
      }
      return DeedPlan(word: word, words: command.words, guest: guest).answer(&bench)
    }
    if bench.offers(tool), bench.tool(tool)?.required.isSubset(of: ["guest"]) == true, let target {
      guard let finding = bench.need(tool, ["guest": .string(target.name)]) else { return nil }
      let name = MindFigures.name(.string(target.name))
      if let excuse = finding.excuse(for: name) { return excuse }
      return "\(MindFigures.sentence(word)) of \(name): \(MindFigures.name(finding.value?["detail"] ?? finding.value))."
    }
    return
      "I have no tool to \(word) anything here, so nothing was done. What I can do to a guest: start it, shut it down, reboot it, stop it."
  }

  /// Where guests cannot be listed, the tool itself must find the guest by the one word that may be its name.
  private func withoutListing(_ bench: inout MindBench) -> String? {
    guard case .guest(let verb)? = question.commands.first?.wish else {
      return "I have no tool for that here, so nothing was done."
    }
    let name: String
    if let unknown = question.unknown.first, question.unknown.count == 1 {
      name = unknown
    } else if let subject = memory.subject, question.unknown.isEmpty {
      name = subject.name
    } else {
      return "I have no tool to look guests up, and your words do not tell me which one. Nothing was done."
    }
    guard let finding = bench.need(verb.tool, ["guest": .string(name)]) else { return nil }
    return ActionPhrases.speak(verb, target: name, finding: finding)
  }
}
