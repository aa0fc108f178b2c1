/// What a token may do, held against what Jarvis needs: for `init` and `doctor`.
public struct RightsReport: Sendable, Equatable {
  /// One right that Jarvis needs, and what is missing without it.
  public struct Need: Sendable, Equatable {
    /// How far the token has it.
    public enum Held: Sendable, Equatable { case everywhere, partly, nowhere }
    /// "VM.Audit".
    public var privilege: String
    /// The highest path on which it is wanted.
    public var path: String
    /// "load, memory and disk of nodes".
    public var purpose: String
    /// How far the token has it.
    public var held: Held
  }

  /// "jarvis@pve!console".
  public var tokenID: String
  /// All rights that Jarvis can use, held or not.
  public var needs: [Need]
  /// True where nobody granted the token anything: the usual cause is privilege separation.
  public var nothingGranted: Bool

  /// Holds what the token may do against what is needed.
  public init(_ permissions: Permissions, tokenID: String) {
    self.tokenID = tokenID
    nothingGranted = permissions.isEmpty
    needs = Self.wanted.map { privilege, path, purpose in
      let held: Need.Held =
        permissions.allows(privilege, on: path)
        ? .everywhere : permissions.allowsSomewhere(privilege, below: path) ? .partly : .nowhere
      return Need(privilege: privilege, path: path, purpose: purpose, held: held)
    }
  }

  private static let wanted: [(String, String, String)] = [
    ("Sys.Audit", "/", "quorum, cluster status, tasks of all users"),
    ("Sys.Audit", "/nodes", "load, memory and disk of nodes"),
    ("VM.Audit", "/vms", "guests, their state and configuration"),
    ("Datastore.Audit", "/storage", "storages and how full they are"),
    ("VM.PowerMgmt", "/vms", "starting, shutting down, rebooting and stopping guests"),
  ]

  /// What is missing, wholly or in part.
  public var missing: [Need] { needs.filter { $0.held != .everywhere } }

  /// One line for each missing right: "no right: VM.Audit /vms (partly) – guests, their state and configuration".
  public var blindness: [String] {
    missing.map { "no right: \($0.privilege) \($0.path)\($0.held == .partly ? " (partly)" : "") – \($0.purpose)" }
  }

  /// Commands for root on a node that make a token with just these rights, least privilege first.
  ///
  /// Reading needs the built-in `PVEAuditor`; acting one privilege more, in a role of its own.
  public static func recipe(user: String = "jarvis@pve", token: String = "console") -> [String] {
    [
      "pveum user add \(user)",
      "pveum user token add \(user) \(token) --privsep 1",
      "pveum acl modify / --users \(user) --tokens '\(user)!\(token)' --roles PVEAuditor",
      "pveum role add JarvisPower --privs VM.PowerMgmt",
      "pveum acl modify /vms --users \(user) --tokens '\(user)!\(token)' --roles JarvisPower",
    ]
  }
}
