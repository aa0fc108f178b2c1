/// An API token with the rights that are its own (privilege separation already applied).
public struct SimulatedToken: Sendable {
  /// "root@pam".
  public var user: String
  /// The part after the `!`.
  public var id: String
  /// A UUID; nil lets the cluster draw one from its seed.
  public var secret: String?
  public var rights: [AccessRule]
  /// True for a token whose time is over: it is answered like a wrong one.
  public var expired: Bool

  public init(user: String, id: String, secret: String? = nil, rights: [AccessRule], expired: Bool = false) {
    self.user = user
    self.id = id
    self.secret = secret
    self.rights = rights
    self.expired = expired
  }

  /// "root@pam!demo".
  public var name: String { user + "!" + id }
}

/// One line of the access control list: a role on a path.
public struct AccessRule: Sendable {
  public var path: String
  public var role: AccessRole
  /// True where it holds below the path, too.
  public var propagate: Bool

  public init(path: String, role: AccessRole, propagate: Bool = true) {
    self.path = path
    self.role = role
    self.propagate = propagate
  }
}

/// A set of privileges under Proxmox's own name for it.
public struct AccessRole: Sendable, Hashable {
  public var name: String
  public var privileges: Set<String>

  public init(name: String, privileges: Set<String>) {
    self.name = name
    self.privileges = privileges
  }

  /// All privileges of Proxmox VE 9.2.
  public static let administrator = AccessRole(
    name: "Administrator",
    privileges: [
      "Datastore.Allocate", "Datastore.AllocateSpace", "Datastore.AllocateTemplate", "Datastore.Audit",
      "Group.Allocate", "Mapping.Audit", "Mapping.Modify", "Mapping.Use", "Permissions.Modify", "Pool.Allocate",
      "Pool.Audit", "Realm.Allocate", "Realm.AllocateUser", "SDN.Allocate", "SDN.Audit", "SDN.Use",
      "Sys.AccessNetwork", "Sys.Audit", "Sys.Console", "Sys.Incoming", "Sys.Modify", "Sys.PowerMgmt", "Sys.Syslog",
      "User.Modify", "VM.Allocate", "VM.Audit", "VM.Backup", "VM.Clone", "VM.Config.CDROM", "VM.Config.CPU",
      "VM.Config.Cloudinit", "VM.Config.Disk", "VM.Config.HWType", "VM.Config.Memory", "VM.Config.Network",
      "VM.Config.Options", "VM.Console", "VM.GuestAgent.Audit", "VM.GuestAgent.FileRead",
      "VM.GuestAgent.FileSystemMgmt", "VM.GuestAgent.FileWrite", "VM.GuestAgent.Unrestricted", "VM.Migrate",
      "VM.PowerMgmt", "VM.Replicate", "VM.Snapshot", "VM.Snapshot.Rollback",
    ])
  /// Reads everything, changes nothing.
  public static let auditor = AccessRole(
    name: "PVEAuditor",
    privileges: [
      "Datastore.Audit", "Mapping.Audit", "Pool.Audit", "SDN.Audit", "Sys.Audit", "VM.Audit", "VM.GuestAgent.Audit",
    ])
  /// Watches and switches guests; no node, no storage.
  public static let guestOperator = AccessRole(
    name: "GuestOperator", privileges: ["VM.Audit", "VM.Console", "VM.PowerMgmt"])
}
