import Foundation
import GRDB
import JarvisAPI

/// Messages that went to the wrong model, by what the operator or the local model did about it.
public struct MisrouteStore: Sendable {
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The other model was asked again with one key.
    case reasked
    /// The operator said where such messages belong.
    case corrected
    /// The local model said that it needs tools, or its answer failed the checks after it.
    case escalated
  }

  private let ledger: Ledger

  public init(_ ledger: Ledger) { self.ledger = ledger }

  /// Enters a misroute; one message counts once, whatever happens to it afterwards.
  public func record(_ kind: Kind, message: MessageID, from route: Route, now: Date) async throws(LedgerError) {
    try await ledger.perform("enter a misroute") { database in
      try await database.write { db in
        try db.execute(
          sql: "INSERT OR IGNORE INTO misroutes (message, at, kind, route) VALUES (?, ?, ?, ?)",
          arguments: [message.rawValue, Ledger.milliseconds(now), kind.rawValue, route.rawValue])
      }
    }
  }

  /// Misroutes since a moment.
  public func count(since start: Date) async throws(LedgerError) -> Int {
    try await ledger.perform("count misroutes") { database in
      try await database.read { db in
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM misroutes WHERE at >= ?", arguments: [Ledger.milliseconds(start)]) ?? 0
      }
    }
  }
}
