import JarvisAPI

/// How a deed is spoken of.
struct DeedWords: Sendable {
  /// "The snapshot of pihole".
  var noun: String
  /// "take a snapshot of pihole".
  var phrase: @Sendable (String) -> String
  /// "a snapshot of pihole was taken".
  var past: @Sendable (String) -> String
}

/// Deeds beyond power: snapshot, backup, migration, rollback, clone. Each needs its tool and what the tool asks for.
struct DeedPlan {
  /// The word that a tool of its own would begin with.
  let word: String
  /// Of the command's clause.
  let words: [String]
  let guest: MindInventory.Guest

  /// The tool that does it; nil where no deed of this plan is meant.
  static func tool(for word: String, _ words: [String]) -> String? {
    switch word {
    case "snapshot": "create_snapshot"
    case "delete" where words.contains("snapshot"): "delete_snapshot"
    case "rollback": "rollback_snapshot"
    case "backup": "backup_guest"
    case "migrate": "migrate_guest"
    case "clone": "clone_guest"
    default: nil
    }
  }

  /// nil while results are wanted.
  func answer(_ bench: inout MindBench) -> String? {
    guard let tool = Self.tool(for: word, words) else { return nil }
    let target = MindFigures.name(.string(guest.name))
    var arguments: [String: JSONValue] = ["guest": .string(guest.name)]
    switch tool {
    case "create_snapshot":
      guard let existing = snapshots(&bench) else { return nil }
      arguments["name"] = .string(given(besides: []) ?? free(existing))
    case "delete_snapshot", "rollback_snapshot":
      guard let existing = snapshots(&bench) else { return nil }
      guard let name = meant(of: existing) else {
        return existing.isEmpty
          ? "\(target) has no snapshots, so nothing was done."
          : "Which snapshot of \(target)? There are \(MindFigures.list(existing.map { MindFigures.name(.string($0)) }))."
      }
      arguments["name"] = .string(name)
    case "backup_guest":
      if let mode = ["stop", "suspend"].first(where: words.contains) { arguments["mode"] = .string(mode) }
    case "migrate_guest":
      guard bench.need("list_nodes") != nil else { return nil }
      let nodes = NameFinder(bench.found).find(in: words, kinds: [.node]).subjects
      guard let node = nodes.first(where: { $0.name != guest.node }) ?? nodes.first else {
        return
          "To which node shall I move \(target)? There are \(MindFigures.list(bench.found.nodes.map { MindFigures.name(.string($0)) }))."
      }
      arguments["node"] = .string(node.name)
    case "clone_guest": arguments["name"] = .string(given(besides: []) ?? "\(guest.name)-copy")
    default: break
    }
    guard let finding = bench.need(tool, arguments) else { return nil }
    return ActionPhrases.speak(deed, target: target, finding: finding)
  }

  private var deed: DeedWords {
    switch word {
    case "snapshot":
      DeedWords(noun: "snapshot", phrase: { "take a snapshot of \($0)" }, past: { "a snapshot of \($0) was taken" })
    case "delete":
      DeedWords(
        noun: "deletion of a snapshot", phrase: { "delete that snapshot of \($0)" },
        past: { "the snapshot of \($0) was deleted" })
    case "rollback":
      DeedWords(noun: "rollback", phrase: { "roll \($0) back" }, past: { "\($0) was rolled back" })
    case "backup":
      DeedWords(noun: "backup", phrase: { "back \($0) up" }, past: { "\($0) was backed up" })
    case "migrate":
      DeedWords(noun: "move", phrase: { "move \($0)" }, past: { "\($0) was moved" })
    default:
      DeedWords(noun: word, phrase: { [word] in "\(word) \($0)" }, past: { [word] in "the \(word) of \($0) was made" })
    }
  }

  /// The guest's snapshots, oldest first; nil while they are wanted.
  private func snapshots(_ bench: inout MindBench) -> [String]? {
    guard let finding = bench.need("list_snapshots", ["guest": .string(guest.name)]) else { return nil }
    return (finding.value?.entries("snapshots") ?? []).compactMap { $0["name"]?.string }
  }

  /// The word behind "called", "named" or "as".
  private func given(besides: Set<String>) -> String? {
    guard let index = words.firstIndex(where: { ["called", "named", "as", "namens", "nomme", "llamado"].contains($0) })
    else {
      return nil
    }
    let name = words[(index + 1)...].prefix(4).joined(separator: "-")
    return name.isEmpty ? nil : name
  }

  /// The snapshot that the words name, or the latest where they ask for that or there is but one.
  private func meant(of existing: [String]) -> String? {
    let joined = words.joined()
    if let named = existing.first(where: { joined.contains(MindWords.split($0).joined()) }) { return named }
    let latest = !Set(words).isDisjoint(with: ["last", "latest", "newest", "letzten", "dernier", "ultimo"])
    return latest || existing.count == 1 ? existing.last : nil
  }

  /// "snapshot-1", or the next number that is free.
  private func free(_ existing: [String]) -> String {
    var number = 1
    while existing.contains("snapshot-\(number)") { number += 1 }
    return "snapshot-\(number)"
  }
}
