import Foundation
import GRDB
import JarvisAPI

/// The one door into the tables: every draft is redacted here, whoever writes it. Redacted, bounded, with their entities and stems, in the caller's transaction.
struct MemoryWriter: Sendable {
  let names: NameIndex
  let redact: @Sendable (String) -> String
  let life: MemoryLife

  /// Adds an item; a fact closes the one of the same subject that held until now.
  /// - Returns: whether it was added; an item whose id is there is not added a second time.
  @discardableResult
  func insert(_ draft: MemoryDraft, _ stemmer: Stemmer, _ db: Database) throws -> Bool {
    let draft = redacted(draft)
    let text = bounded(draft.text)
    let content = try content(of: text, entities: draft.entities, stemmer)
    let semantic = draft.tier == .semantic
    if semantic, let subject = draft.subject {
      try db.cachedStatement(
        sql: """
          UPDATE memory_item SET valid_to = max(?1, valid_from)
          WHERE subject = ?2 AND valid_to IS NULL AND (valid_from <= ?1 OR ?3)
          """
      ).execute(arguments: [draft.at.timeIntervalSince1970, subject, draft.isSaidNow])
    }
    // After the one it takes the place of was closed.
    if semantic, draft.kind == .preference { try MemoryStore.requireRoomForPreference(at: draft.at, in: db) }
    let place = try draft.session.map { session in
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT max(place) FROM memory_item WHERE session = ? AND tier = ?"),
        arguments: [session, TierIndex(draft.tier).rawValue]) ?? 0
    }
    let derived = try draft.derivedFrom.flatMap {
      try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT id FROM memory_item WHERE uid = ?"), arguments: [$0.rawValue])
    }
    try db.cachedStatement(sql: Self.insertion).execute(arguments: [
      draft.id.rawValue, TierIndex(draft.tier).rawValue, draft.kind.rawValue, draft.role,
      draft.at.timeIntervalSince1970,
      draft.session, (place ?? 0) + 1, draft.source, text, content.entities, content.identifiers, content.stems.data,
      content.marks.data, life.end(of: draft.tier, from: draft.at)?.timeIntervalSince1970,
      semantic ? draft.at.timeIntervalSince1970 : nil, draft.subject, try draft.preference?.json(), derived,
      draft.message?.rawValue,
    ])
    return db.changesCount > 0
  }

  /// Other words for an item that stays what it is.
  func rewrite(_ id: MemoryID, text: String, _ stemmer: Stemmer, _ db: Database) throws {
    let text = bounded(redact(text))
    let content = try content(of: text, entities: [], stemmer)
    try db.execute(
      sql: "UPDATE memory_item SET text = ?, entities = ?, identifiers = ?, stems = ?, marks = ? WHERE uid = ?",
      arguments: [
        text, content.entities, content.identifiers, content.stems.data, content.marks.data, id.rawValue,
      ])
  }

  /// Every word of a draft: a secret may stand in what was read out of the text as well.
  private func redacted(_ draft: MemoryDraft) -> MemoryDraft {
    var draft = draft
    draft.text = redact(draft.text)
    draft.source = redact(draft.source)
    draft.entities = draft.entities.map(redact)
    draft.subject = draft.subject.map(redact)
    if case .alias(let name, let thing) = draft.preference {
      draft.preference = .alias(name: redact(name), of: redact(thing))
    }
    return draft
  }

  private struct Content {
    /// One a line.
    var entities: String
    var identifiers: String
    var stems: Stems
    var marks: Stems
  }

  private func content(of text: String, entities: [String], _ stemmer: Stemmer) throws -> Content {
    let speaker = Speaker(text)
    let found = self.names.names(in: text)
    let names = (entities + found + [speaker.name].compactMap { $0 }).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return Content(
      entities: names.joined(separator: "\n"), identifiers: Identifiers.found(in: text).joined(separator: "\n"),
      stems: Stems(hashes: try stemmer.stems(speaker.said).hashes + found.map(Stems.hash(ofName:))),
      marks: Stems(hashes: try stemmer.stems(names.joined(separator: " ")).hashes + names.map(Stems.hash(ofName:))))
  }

  private func bounded(_ text: String) -> String {
    let clean = Sanitiser.clean(text)
    return clean.count > MemoryStore.maximumText ? clean.prefix(MemoryStore.maximumText) + " …" : clean
  }

  private static let insertion = """
    INSERT INTO memory_item (uid, tier, kind, role, at, session, place, source, text, entities, identifiers, stems, marks,
      expires_at, valid_from, subject, preference, derived_from, message)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING
    """
}

/// "Ada: the pool is full" was said by Ada.
struct Speaker {
  /// Longer beginnings are no names.
  static let maximumName = 30

  var name: String?
  var said: String

  init(_ text: String) {
    said = text
    guard let colon = text.prefix(Self.maximumName).firstIndex(of: ":"), text[colon...].hasPrefix(": ") else { return }
    let words = text[..<colon].split(separator: " ")
    guard (1...2).contains(words.count),
      words.allSatisfy({ $0.first?.isUppercase == true && $0.allSatisfy(\.isLetter) })
    else { return }
    name = String(text[..<colon])
    said = String(text[text.index(after: colon)...])
  }
}

/// Ids, addresses and disk names: what is found by its letters and digits, not by its meaning.
enum Identifiers {
  /// More of them in one text are left to the words.
  static let maximum = 200
  /// A trigram needs as many characters.
  static let minimumLength = 3

  static func found(in text: String) -> [String] {
    guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [] }
    var found: [String] = []
    for word in text.split(whereSeparator: { !isPart($0) }) {
      let word = word.trimmingSigns()
      guard word.utf8.count >= minimumLength, word.contains(where: \.isNumber), !found.contains(word) else { continue }
      found.append(word)
      if found.count == maximum { break }
    }
    return found
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.:/@".contains(character)
  }
}

extension Substring {
  fileprivate func trimmingSigns() -> String {
    var text = self
    while let last = text.last, !last.isLetter, !last.isNumber { text.removeLast() }
    while let first = text.first, !first.isLetter, !first.isNumber { text.removeFirst() }
    return text.lowercased()
  }
}
