import Foundation
import JarvisAPI
import JarvisSafety
import JarvisStorage

/// The audit as screens look through it.
struct AuditReader: Sendable {
  let audit: AuditLog

  /// Fields of a row, and characters of a field's text, at most.
  private static let maximumFields = 40
  private static let maximumText = 4_000

  func page(_ query: AuditQuery) async throws(UserFacingError) -> AuditPage {
    let kinds = query.kinds.compactMap(AuditKind.init(rawValue:))
    guard kinds.count == query.kinds.count else {
      let known = AuditKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw UserFacingError(
        .usage, attempted: "read the audit", reason: "there is no such kind of row", advice: "there are \(known)")
    }
    do throws(StorageError) {
      let (rows, next) = try await audit.page(
        before: query.before, kinds: kinds,
        words: query.words.prefix(AuditQuery.maximumWords).map { String($0.prefix(100)) })
      return AuditPage(
        query: query, entries: rows.map(Self.entry), next: next, total: try await audit.head().rows)
    } catch {
      throw error.userFacing
    }
  }

  static func entry(_ row: AuditRow) -> AuditEntry {
    // A body that is no JSON, or was forgotten, has no fields: the row itself is still shown.
    let body = row.body.flatMap { try? JSONValue(parsing: $0) }
    let fields = (body?.object ?? [:]).sorted { $0.key < $1.key }.prefix(maximumFields).map {
      AuditEntry.Field(name: clean($0.key), value: clean($0.value.string ?? $0.value.text))
    }
    return AuditEntry(
      number: row.number, at: row.date, kind: row.kind.rawValue, refersTo: row.refersTo,
      tier: body?["tier"]?.string.flatMap(SafetyTier.init(rawValue:)), result: body?["result"]?.string.map(clean),
      text: clean(text(row, body)), fields: fields)
  }

  /// What a row tells, in one line.
  private static func text(_ row: AuditRow, _ body: JSONValue?) -> String {
    guard let body else { return "the words of an old read, forgotten" }
    func field(_ name: String) -> String { body[name]?.string ?? "" }
    func joined(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " ") }
    switch row.kind {
    case .read, .asked, .begin, .refusal:
      let end = field("detail").isEmpty ? "" : "– " + field("detail")
      return joined([field("tool"), field("target"), "by \(field("caller"))", end])
    case .end: return joined(["row \(row.refersTo ?? 0)", field("result"), "–", field("detail")])
    case .freeze, .unfreeze: return joined(["by \(field("by")):", field("reason")])
    case .allow, .revoke:
      return joined([
        field("scope").isEmpty ? field("tool") + " on " + field("target") : field("scope"), field("because"),
      ])
    case .shellOpened, .shellClosed: return joined(["on", field("node"), field("because")])
    case .policy: return joined(["rules", field("table"), field("error")])
    case .pin:
      let added = body["added"]?.array?.compactMap(\.string).joined(separator: "; ") ?? ""
      return added.isEmpty ? joined([field("host"), field("fingerprint")]) : "trusted: " + added
    case .home: return field("found").isEmpty ? "Jarvis lives on \(field("place"))" : field("found")
    case .maintenance:
      return joined([field("target"), body["ended"] == true ? "ended" : "begun", "by \(field("by"))", field("reason")])
    case .fault: return field("found")
    }
  }

  private static func clean(_ text: String) -> String {
    Sanitiser.clean(String(text.prefix(maximumText)), keepingNewlines: false)
  }
}
