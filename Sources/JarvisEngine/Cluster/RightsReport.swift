/// What a token may do, held against what Jarvis needs: for `init` and `doctor`.
public struct RightsReport: Sendable, Equatable {
  /// One right that Jarvis needs, and what is missing without it.
  public struct Need: Sendable, Equatable {
    /// How far the token has it.
    public enum Held: Sendable, Equatable { case everywhere, partly, nowhere }
    /// What it is needed for.
    public var row: RightsTable.Row
    /// "VM.Audit", as this version calls it.
    public var privilege: String
    /// How far the token has it.
    public var held: Held

    /// The highest path on which it is wanted.
    public var path: String { row.path }
    /// "load, memory and disk of nodes".
    public var purpose: String { row.purpose }

    fileprivate var place: String { "\(privilege) \(path)\(held == .partly ? " (partly)" : "")" }
  }

  /// "jarvis@pve!console".
  public var tokenID: String
  /// All rights that Jarvis can use, held or not.
  public var needs: [Need]
  /// True where nobody granted the token anything: the usual cause is privilege separation.
  public var nothingGranted: Bool

  /// Holds what the token may do against what is needed.
  /// - Parameter version: of Proxmox VE, "9.2.11"; nil for the newest.
  public init(_ permissions: Permissions, tokenID: String, version: String? = nil) {
    self.tokenID = tokenID
    nothingGranted = permissions.isEmpty
    needs = RightsTable.rows.map { row in
      // Whatever the version calls it: a right that is there counts.
      let any = row.privileges + row.before9
      let held: Need.Held =
        any.contains { permissions.allows($0, on: row.path) }
        ? .everywhere : any.contains { permissions.allowsSomewhere($0, below: row.path) } ? .partly : .nowhere
      return Need(row: row, privilege: row.privileges(on: version)[0], held: held)
    }
  }

  /// What is missing, wholly or in part.
  public var missing: [Need] { needs.filter { $0.held != .everywhere } }

  /// What is missing for reading: without it Jarvis is blind there.
  public var missingForReading: [Need] { missing.filter { $0.row.grade == .read } }

  /// One line for each right missing for reading:
  /// "no right: VM.Audit /vms (partly) – guests, their state and configuration".
  public var blindness: [String] { missingForReading.map { "no right: \($0.place) – \($0.purpose)" } }

  /// One line for each right missing for acting, with the tools that cannot be used without:
  /// "no right: VM.Snapshot /vms – create_snapshot, delete_snapshot, rollback_snapshot".
  public var lockedTools: [String] {
    missing.filter { $0.row.grade > .read }.map { "no right: \($0.place) – \($0.row.tools.joined(separator: ", "))" }
  }

  /// Tools that the token cannot use at all, sorted; those that work in part, or by another way, are not among them.
  public var unusableTools: [String] {
    Set(needs.flatMap(\.row.tools)).filter { tool in
      let own = needs.filter { $0.row.tools.contains(tool) }
      // A tool that reads several things goes on with what it may see, and settings are changed one by one.
      let isPartial = own.contains { $0.row.grade == .read } || Self.partialTools.contains(tool)
      return isPartial ? own.allSatisfy { $0.held == .nowhere } : own.contains { $0.held == .nowhere }
    }.subtracting(Self.toolsWithAnotherWay).sorted()
  }

  /// Tools for which each right opens a part.
  private static let partialTools: Set<String> = ["set_guest_config"]
  /// What they read can be read over SSH, too.
  private static let toolsWithAnotherWay: Set<String> = ["node_updates", "journal", "disk_health"]
}
