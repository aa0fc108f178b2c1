import Foundation
import JarvisAPI

/// Shells that were granted and shells that are open. A grant is used once, soon, and only for its own node. Pure.
struct VisitBook: Sendable {
  /// How long a grant waits for its shell.
  static let lifetime: TimeInterval = 60
  /// Visits at one time, at most: a screen has one terminal.
  static let maximum = 8

  private struct Entry {
    var visit: ShellVisit
    var isOpen = false
    /// The person was told of a freeze and wanted it nevertheless.
    var whileFrozen: Bool
  }

  enum Fault: Error, Hashable {
    /// Never granted, used before, ended, or granted for another node.
    case unknown
    case tooOld
    /// A freeze has come since.
    case frozen
    case tooMany
  }

  private var entries: [String: Entry] = [:]

  /// - Returns: grants that nobody used in time, and that are gone now.
  /// - Throws: `.tooMany`.
  @discardableResult
  mutating func grant(_ visit: ShellVisit, whileFrozen: Bool, at now: Date) throws(Fault) -> [ShellVisit] {
    let late = entries.values.filter { !$0.isOpen && now.timeIntervalSince($0.visit.since) > Self.lifetime }
      .map(\.visit).sorted { $0.id < $1.id }
    // Where one goes there is room for one.
    guard entries.count - late.count < Self.maximum else { throw .tooMany }
    for old in late { entries[old.id] = nil }
    entries[visit.id] = Entry(visit: visit, whileFrozen: whileFrozen)
    return late
  }

  /// Uses a grant up.
  mutating func open(_ visit: ShellVisit, isFrozen: Bool, at now: Date) throws(Fault) {
    guard let entry = entries[visit.id], !entry.isOpen, entry.visit.node == visit.node else { throw .unknown }
    let age = now.timeIntervalSince(entry.visit.since)
    guard age <= Self.lifetime, age > -Self.lifetime else {
      entries[visit.id] = nil
      throw .tooOld
    }
    if isFrozen, !entry.whileFrozen {
      entries[visit.id] = nil
      throw .frozen
    }
    entries[visit.id]?.isOpen = true
  }

  /// - Returns: the visit where it was granted or open; nil where it is over already.
  mutating func close(_ visit: ShellVisit) -> ShellVisit? {
    guard entries[visit.id]?.visit.node == visit.node else { return nil }
    return entries.removeValue(forKey: visit.id)?.visit
  }

  /// Ends all: the screen that holds the key has gone.
  mutating func closeAll() -> [ShellVisit] {
    defer { entries = [:] }
    return entries.values.map(\.visit).sorted { $0.id < $1.id }
  }
}

extension VisitBook.Fault {
  func userFacing(_ node: String) -> UserFacingError {
    let (reason, advice) =
      switch self {
      case .unknown: ("it was not opened through the gate, or was used already", "open it again from the screen")
      case .tooOld: ("it was opened more than a minute ago and not used", "open it again from the screen")
      case .frozen: ("mutations were frozen since it was opened", "open it again and confirm, or lift the freeze")
      case .tooMany: ("\(VisitBook.maximum) shells are open already", "close one of them")
      }
    return UserFacingError(.refused, attempted: "open a shell on \(node)", reason: reason, advice: advice)
  }
}
