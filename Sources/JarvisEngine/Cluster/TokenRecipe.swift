import Foundation

/// Commands for root on a node that make a token with just the rights it needs, in three steps of trust.
public enum TokenRecipe {
  /// One step: what it opens, and the commands for it.
  public struct Step: Sendable, Equatable {
    public var title: String
    public var commands: [String]
  }

  /// Least privilege first; each step goes beyond the one before.
  ///
  /// Reading needs the built-in `PVEAuditor`; what is more is a role of its own for each path, so that it can be taken away by
  /// itself. What is granted on a path replaces what came from above, so that reading is granted there again. A role reaches
  /// the token only where user *and* token have it.
  /// - Parameter version: of Proxmox VE; nil for the newest.
  public static func steps(
    user: String = "jarvis@pve", token: String = "console", version: String? = nil
  ) -> [Step] {
    let account = "--users \(user) --tokens '\(user)!\(token)'"
    return RightsTable.Grade.allCases.map { grade in
      var commands: [String] = []
      if grade == .read {
        commands = [
          "pveum user add \(user)", "pveum user token add \(user) \(token) --privsep 1",
          "pveum acl modify / \(account) --roles PVEAuditor",
        ]
      }
      for (path, privileges) in rights(grade, version) {
        let role = "Jarvis\(grade.word)\(path.split(separator: "/").joined().capitalized)"
        commands += [
          "pveum role add \(role) --privs \(privileges.joined(separator: ","))",
          "pveum acl modify \(path) \(account) --roles PVEAuditor,\(role)",
        ]
      }
      return Step(title: grade.title, commands: commands)
    }
  }

  /// By path, what `PVEAuditor` does not have.
  private static func rights(_ grade: RightsTable.Grade, _ version: String?) -> [(path: String, privileges: [String])] {
    let rows = RightsTable.rows.filter { $0.grade == grade && !auditor.contains($0.privileges[0]) }
    return Set(rows.map(\.path)).sorted().map { path in
      (path, Set(rows.filter { $0.path == path }.map { $0.privileges(on: version)[0] }).sorted())
    }
  }

  /// What the built-in role has of what Jarvis needs.
  private static let auditor: Set<String> = ["Sys.Audit", "VM.Audit", "Datastore.Audit"]
}

extension RightsTable.Grade {
  fileprivate var word: String {
    switch self {
    case .read: "Read"
    case .operate: "Operate"
    case .manage: "Manage"
    }
  }

  fileprivate var title: String {
    switch self {
    case .read: "to read"
    case .operate: "to start, stop, snapshot, back up and move guests, too"
    case .manage: "to make guests, change their settings, and act on nodes, too"
    }
  }
}
