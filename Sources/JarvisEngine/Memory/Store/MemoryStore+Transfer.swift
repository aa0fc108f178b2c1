import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// What an import did; a broken line stops nothing.
public struct ImportReport: Sendable, Hashable {
  public struct BrokenLine: Sendable, Hashable {
    /// From 1.
    public var number: Int
    public var reason: String
  }

  public var added = 0
  /// Lines whose id was there already.
  public var known = 0
  public var broken: [BrokenLine] = []
}

extension MemoryStore {
  /// A line at most, in bytes.
  public static let maximumImportLine = 1 << 20
  /// Items of one transaction of an import, and of one piece of an export.
  static let transferBatch = 500
  /// Broken lines that a report names at most; more are counted by none, since the file is then none of ours.
  public static let maximumBrokenNamed = 1_000

  /// Writes every item as one line of JSON with sorted keys, oldest first.
  /// - Parameter write: called with some lines at a time.
  public func export(to write: (Data) throws -> Void) async throws {
    let encoder = Self.encoder()
    var last: Int64 = 0
    while true {
      let from = last
      let (items, next) = try await store.read("export what is remembered") { db in
        let rows = try Row.fetchAll(
          db, sql: "SELECT * FROM memory_item WHERE id > ? ORDER BY id LIMIT ?", arguments: [from, Self.transferBatch])
        return (try rows.map(MemoryItem.init(row:)), rows.last?["id"] as Int64?)
      }
      guard let next else { return }
      last = next
      var lines = Data()
      for item in items { lines += try encoder.encode(item) + Data("\n".utf8) }
      try write(lines)
    }
  }

  /// Takes exported lines in; what is there already stays as it is.
  public func importLines(_ data: Data) async throws(StorageError) -> ImportReport {
    var report = ImportReport()
    var batch: [MemoryItem] = []
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom(Self.date)
    for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      do {
        guard line.count <= Self.maximumImportLine else {
          throw BrokenLine("longer than \(Self.maximumImportLine) bytes")
        }
        batch.append(try decoder.decode(MemoryItem.self, from: Data(line)))
      } catch {
        if report.broken.count < Self.maximumBrokenNamed {
          report.broken.append(.init(number: index + 1, reason: Self.reason(error)))
        }
        continue
      }
      if batch.count == Self.transferBatch {
        try await take(batch, &report)
        batch = []
      }
    }
    try await take(batch, &report)
    return report
  }

  private struct BrokenLine: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
  }

  private func take(_ items: [MemoryItem], _ report: inout ImportReport) async throws(StorageError) {
    let writing = writing
    let added = try await store.write("import memories") { db in
      let writer = try writing.writer(db)
      let stemmer = try Stemmer(db)
      var added = 0
      for item in items {
        let draft = MemoryDraft(
          id: item.id, tier: item.tier, kind: item.kind, role: item.role, at: item.at, session: item.session,
          source: item.source, text: item.text, entities: item.entities, preference: item.preference)
        guard try writer.insert(draft, stemmer, db) else { continue }
        added += 1
        try db.cachedStatement(
          sql: """
            UPDATE memory_item SET expires_at = ?, pinned = ?, uses = ?, used_at = ?, valid_from = ?, valid_to = ?, subject = ?
            WHERE uid = ?
            """
        ).execute(arguments: [
          item.expiresAt?.timeIntervalSince1970, item.pinned, item.uses, item.usedAt?.timeIntervalSince1970,
          item.validFrom?.timeIntervalSince1970, item.validTo?.timeIntervalSince1970,
          item.preference?.key ?? (item.tier == .semantic ? Sentence(item.text).subject : nil), item.id.rawValue,
        ])
      }
      return added
    }
    report.added += added
    report.known += items.count - added
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as BrokenLine: error.reason
    case DecodingError.keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "not a JSON object"
        : "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is not what it should be"
    default: "not a memory"
    }
  }

  /// RFC 3339 with fractions of a second: what is exported is what is imported, to the microsecond.
  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var box = encoder.singleValueContainer()
      try box.encode(style.format(date))
    }
    return encoder
  }

  @Sendable private static func date(_ decoder: any Decoder) throws -> Date {
    let text = try decoder.singleValueContainer().decode(String.self)
    return try Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains(".")).parse(text)
  }
}
