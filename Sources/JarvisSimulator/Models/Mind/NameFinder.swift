/// Finds the names of an inventory in a person's words: with other separators ("home assistant" is `home-assistant`), by
/// number, with a slip of the keyboard, by a beginning or a part that only one name has.
struct NameFinder {
  private struct Candidate {
    var subject: MindSubject
    var joined: String
    var parts: [String]
  }

  /// What the words name. More than one in `unclear` share the beginning or part that was written.
  struct Finding: Sendable, Equatable {
    var subjects: [MindSubject] = []
    var unclear: [MindSubject] = []
  }

  private let candidates: [Candidate]

  init(_ inventory: MindInventory) {
    var candidates = inventory.guests.map { Self.candidate(MindSubject(.guest, $0.name, vmid: $0.vmid)) }
    candidates += inventory.nodes.map { Self.candidate(MindSubject(.node, $0)) }
    candidates += inventory.storages.map { Self.candidate(MindSubject(.storage, $0)) }
    self.candidates = candidates.filter { !$0.joined.isEmpty }
  }

  /// Finds nodes only.
  init(nodes: [String]) {
    candidates = nodes.map { Self.candidate(MindSubject(.node, $0)) }.filter { !$0.joined.isEmpty }
  }

  private static func candidate(_ subject: MindSubject) -> Candidate {
    let parts = MindWords.split(subject.name)
    return Candidate(subject: subject, joined: parts.joined(), parts: parts)
  }

  /// - Parameter kinds: the kinds that the question can be about; where one name is of two kinds, the first wins.
  func find(in words: [String], kinds: [MindSubject.Kind]) -> Finding {
    var finding = Finding()
    var used = Set<Int>()
    var unclear: [MindSubject] = []
    // Exact names first, the longest first; then what is merely like one.
    for length in stride(from: min(Self.maximumNameWords, words.count), through: 1, by: -1) {
      for start in 0...(words.count - length) where used.isDisjoint(with: start..<(start + length)) {
        guard let match = exact(words, start..<(start + length), kinds) else { continue }
        add(match, to: &finding)
        used.formUnion(start..<(start + length))
      }
    }
    for start in words.indices where !used.contains(start) && !MindVocabulary.knows(words[start]) {
      let matches = near(words, at: start, kinds)
      if matches.count == 1 {
        add(matches[0], to: &finding)
      } else {
        unclear += matches
      }
    }
    if finding.subjects.isEmpty { finding.unclear = Array(unclear.prefix(Self.maximumUnclear)) }
    return finding
  }

  /// True where the words as a whole are the name of a guest or node.
  func names(exactly words: [String]) -> Bool {
    let joined = words.joined()
    return candidates.contains { $0.joined == joined && $0.subject.kind != .storage }
  }

  private func add(_ subject: MindSubject, to finding: inout Finding) {
    if !finding.subjects.contains(subject) { finding.subjects.append(subject) }
  }

  /// Words that a name may span in a sentence.
  private static let maximumNameWords = 6
  /// Names listed when a word fits several.
  private static let maximumUnclear = 8

  private func exact(_ words: [String], _ range: Range<Int>, _ kinds: [MindSubject.Kind]) -> MindSubject? {
    let joined = words[range].joined()
    // "Back up" is no node called backup.
    if range.count > 1, MindVocabulary.ambiguousNames.contains(joined) { return nil }
    let before = range.lowerBound > 0 ? words[range.lowerBound - 1] : ""
    let number = range.count == 1 && !Self.otherNumbers.contains(before) ? Int(joined) : nil
    let matches = candidates.filter { $0.joined == joined || (number != nil && $0.subject.vmid == number) }
    guard !matches.isEmpty, Self.isName(words, range) else { return nil }
    return kinds.lazy.compactMap { kind in matches.first { $0.subject.kind == kind } }.first?.subject
  }

  /// What is numbered, too, and is no guest.
  private static let otherNumbers: Set<String> = [
    "process", "pid", "port", "line", "disk", "vlan", "prozess", "core", "cpu",
  ]

  /// Everyday words ("home", "backup") are names only where their neighbours say so.
  private static func isName(_ words: [String], _ range: Range<Int>) -> Bool {
    guard range.count == 1, MindVocabulary.ambiguousNames.contains(words[range.lowerBound]) else { return true }
    let before = range.lowerBound > 0 ? words[range.lowerBound - 1] : nil
    let after = range.upperBound < words.count ? words[range.upperBound] : nil
    if let after, MindVocabulary.notAfterName.contains(after) { return false }
    if words.count <= 2 && !(before.map(MindVocabulary.notBeforeName.contains) ?? false) { return true }
    if let after, MindVocabulary.afterName.contains(after), before != "a", before != "last" { return true }
    if let before, MindVocabulary.notBeforeName.contains(before) { return false }
    return before.map { MindVocabulary.beforeName.contains($0) || ActionVerb.vocabulary.contains($0) } ?? false
  }

  /// True where a look into the lists of names may be worth it.
  static func mayName(_ words: [String]) -> Bool {
    words.indices.contains { index in
      let word = words[index]
      if !MindVocabulary.knows(word) || (word.count >= 3 && word.count <= 9 && Int(word) != nil) { return true }
      return MindVocabulary.likelyNodeNames.contains(word) && isName(words, index..<(index + 1))
    }
  }

  private func near(_ words: [String], at start: Int, _ kinds: [MindSubject.Kind]) -> [MindSubject] {
    let word = words[start]
    let pool = candidates.filter { kinds.contains($0.subject.kind) }
    if word.count >= 4 {
      let parts = pool.filter { $0.parts.contains(word) }
      if !parts.isEmpty { return parts.map(\.subject) }
      let beginnings = pool.filter { $0.joined.hasPrefix(word) || $0.parts.contains { $0.hasPrefix(word) } }
      if !beginnings.isEmpty { return beginnings.map(\.subject) }
    }
    for length in [1, 2] where start + length <= words.count {
      let joined = words[start..<(start + length)].joined()
      guard joined.count >= 5 else { continue }
      let allowed = joined.count >= 9 ? 2 : 1
      let close = pool.filter { Self.distance($0.joined, joined, atMost: allowed) }
      if close.count == 1 { return [close[0].subject] }
    }
    return services(word, in: pool)
  }

  /// Programs by what people call their service: "my dns" is a Pi-hole in most homes.
  private func services(_ word: String, in pool: [Candidate]) -> [MindSubject] {
    guard let programs = Self.programs[word] else { return [] }
    return pool.filter { candidate in programs.contains { candidate.joined.contains($0) } }.map(\.subject)
  }

  private static let programs: [String: [String]] = [
    "dns": ["pihole", "adguard", "unbound", "technitium", "dns", "bind"],
    "adblocker": ["pihole", "adguard"],
    "movies": ["jellyfin", "plex", "emby", "kodi"],
    "films": ["jellyfin", "plex", "emby"],
    "media": ["jellyfin", "plex", "emby", "media"],
    "streaming": ["jellyfin", "plex", "emby"],
    "windows": ["win"],
    "photos": ["immich", "photoprism"],
    "fotos": ["immich", "photoprism"],
    "smarthome": ["homeassistant", "hass", "iobroker", "openhab"],
    "router": ["opnsense", "pfsense", "openwrt", "vyos"],
    "firewall": ["opnsense", "pfsense", "openwrt"],
    "passwords": ["vaultwarden", "bitwarden"],
    "mail": ["mail", "mailcow", "postfix"],
    "database": ["postgres", "mariadb", "mysql", "db"],
  ]

  /// True where at most `limit` letters were mistyped, left out, added or swapped.
  static func distance(_ left: String, _ right: String, atMost limit: Int) -> Bool {
    let first = Array(left.unicodeScalars)
    let second = Array(right.unicodeScalars)
    guard abs(first.count - second.count) <= limit, !first.isEmpty, !second.isEmpty else { return left == right }
    var older = [Int](repeating: 0, count: second.count + 1)
    var previous = Array(0...second.count)
    for row in 1...first.count {
      var current = [row] + [Int](repeating: 0, count: second.count)
      for column in 1...second.count {
        let cost = first[row - 1] == second[column - 1] ? 0 : 1
        current[column] = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
        if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
          current[column] = min(current[column], older[column - 2] + 1)
        }
      }
      older = previous
      previous = current
    }
    return previous[second.count] <= limit
  }
}
