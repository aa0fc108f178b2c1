/// The privileges that Jarvis's tools need, each with the calls that ask for them: the one table behind the token recipe, the
/// report of `init` and `doctor`, and the docs.
///
/// From the `permissions` of the API's schema (versions 8.4 and 9.2); what a creation needs of `VM.Config.*` and `SDN.Use`
/// stands in the schema in prose only, or in Proxmox VE's own source (`check_vm_modify_config_perm`).
public enum RightsTable {
  /// One privilege on one path.
  public struct Row: Sendable, Equatable {
    /// Any of them is enough; the first is the one to grant.
    public var privileges: [String]
    /// What Proxmox VE before version 9 has instead; empty where it has the same.
    public var before9: [String] = []
    /// The highest path on which it is wanted.
    public var path: String
    /// What is missing without it: "load, memory and disk of nodes".
    public var purpose: String
    /// The tools that need it.
    public var tools: [String]
    /// Calls of those tools that ask for it, "METHOD /path" as in the schema; empty where the schema says it nowhere.
    public var calls: [String]
    /// How much is trusted to who holds it.
    public var grade: Grade

    /// What to write into a role on this version.
    public func privileges(on version: String?) -> [String] {
      guard !before9.isEmpty, let major = version.flatMap({ Int($0.prefix { $0 != "." }) }), major < 9 else {
        return privileges
      }
      return before9
    }
  }

  /// The three steps of trust that the recipe offers.
  public enum Grade: Int, Sendable, CaseIterable, Comparable {
    /// Reads only.
    case read
    /// Starts, stops, snapshots, backs up, and moves guests that are there.
    case operate
    /// Makes guests, changes their configurations, and acts on nodes.
    case manage
    public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
  }

  public static let rows: [Row] = reading + operating + managing

  /// Tools that need no privilege: they ask no API, or run over SSH.
  public static let toolsWithout: Set<String> = [
    "recent_events", "explain_command", "node_temperatures", "run_command",
  ]

  private static let reading = [
    Row(
      privileges: ["Sys.Audit"], path: "/", purpose: "quorum, cluster status, HA, SMART values, tasks of all users",
      tools: ["cluster_status", "ha_status", "ceph_status", "disk_health", "list_tasks"],
      calls: [
        "GET /cluster/status", "GET /cluster/ha/status/current", "GET /cluster/ha/status/manager_status",
        "GET /cluster/ceph/status", "GET /nodes/{node}/disks/smart",
      ], grade: .read),
    Row(
      privileges: ["Sys.Audit"], path: "/nodes", purpose: "load, memory and disk of nodes, services, task logs",
      tools: ["list_nodes", "node_status", "node_services", "disk_health", "task_log"],
      calls: [
        "GET /nodes/{node}/status", "GET /nodes/{node}/services", "GET /nodes/{node}/disks/list",
        "GET /nodes/{node}/tasks/{upid}/log",
      ], grade: .read),
    Row(
      privileges: ["VM.Audit"], path: "/vms", purpose: "guests, their state and configuration",
      tools: [
        "list_guests", "guest_status", "guest_config", "list_snapshots", "guest_agent_info", "replication_status",
      ],
      calls: [
        "GET /nodes/{node}/qemu/{vmid}/status/current", "GET /nodes/{node}/lxc/{vmid}/config",
        "GET /nodes/{node}/qemu/{vmid}/snapshot", "GET /nodes/{node}/lxc/{vmid}/interfaces",
        "GET /nodes/{node}/replication",
      ], grade: .read),
    Row(
      privileges: ["Datastore.Audit"], path: "/storage", purpose: "storages and how full they are",
      tools: ["list_storage", "storage_content", "list_backups", "backup_freshness"],
      calls: ["GET /storage", "GET /nodes/{node}/storage/{storage}/content"], grade: .read),
    Row(
      privileges: ["VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted"], before9: ["VM.Monitor"], path: "/vms",
      purpose: "addresses and file systems inside virtual machines", tools: ["guest_agent_info"],
      calls: AgentQuestion.allCases.map { "GET /nodes/{node}/qemu/{vmid}/agent/\($0.rawValue)" }, grade: .read),
    Row(
      privileges: ["Sys.Syslog"], path: "/nodes", purpose: "the journal of nodes", tools: ["journal"],
      calls: ["GET /nodes/{node}/journal"], grade: .read),
  ]

  private static let operating = [
    Row(
      privileges: ["VM.PowerMgmt"], path: "/vms", purpose: "starting, shutting down, rebooting and stopping guests",
      tools: ["start_guest", "shutdown_guest", "reboot_guest", "stop_guest", "reset_guest"],
      calls: GuestAction.allCases.flatMap { action in
        ["qemu", "lxc"].map { "POST /nodes/{node}/\($0)/{vmid}/status/\(action.rawValue)" }
      } + ["POST /nodes/{node}/qemu/{vmid}/status/reset"], grade: .operate),
    Row(
      privileges: ["VM.Snapshot"], path: "/vms", purpose: "taking, deleting and rolling back snapshots",
      tools: ["create_snapshot", "delete_snapshot", "rollback_snapshot"],
      calls: [
        "POST /nodes/{node}/qemu/{vmid}/snapshot", "DELETE /nodes/{node}/lxc/{vmid}/snapshot/{snapname}",
        "POST /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/rollback",
      ], grade: .operate),
    Row(
      privileges: ["VM.Backup"], path: "/vms", purpose: "backing guests up, and seeing their backups",
      tools: ["backup_guest", "list_backups", "backup_freshness", "restore_backup"],
      calls: ["POST /nodes/{node}/vzdump"], grade: .operate),
    Row(
      privileges: ["Datastore.AllocateSpace"], path: "/storage", purpose: "writing backups and disks",
      tools: ["backup_guest", "restore_backup", "clone_guest", "create_guest"],
      calls: ["POST /nodes/{node}/vzdump", "POST /nodes/{node}/qemu", "POST /nodes/{node}/lxc/{vmid}/clone"],
      grade: .operate),
    Row(
      privileges: ["VM.Migrate"], path: "/vms", purpose: "moving guests to other nodes", tools: ["migrate_guest"],
      calls: ["POST /nodes/{node}/qemu/{vmid}/migrate", "POST /nodes/{node}/lxc/{vmid}/migrate"], grade: .operate),
    Row(
      privileges: ["Sys.PowerMgmt"], path: "/nodes", purpose: "waking nodes", tools: ["wake_node"],
      calls: ["POST /nodes/{node}/wakeonlan"], grade: .manage),
  ]

  private static let managing =
    [
      Row(
        privileges: ["VM.Allocate"], path: "/vms", purpose: "new guests",
        tools: ["restore_backup", "clone_guest", "create_guest"],
        calls: ["POST /nodes/{node}/qemu", "POST /nodes/{node}/lxc", "POST /nodes/{node}/qemu/{vmid}/clone"],
        grade: .manage),
      Row(
        privileges: ["VM.Clone"], path: "/vms", purpose: "copying guests", tools: ["clone_guest"],
        calls: ["POST /nodes/{node}/qemu/{vmid}/clone", "POST /nodes/{node}/lxc/{vmid}/clone"], grade: .manage),
      Row(
        privileges: ["SDN.Use"], path: "/sdn", purpose: "connecting new guests to a bridge",
        tools: ["restore_backup", "clone_guest", "create_guest"],
        calls: ["POST /nodes/{node}/qemu", "POST /nodes/{node}/qemu/{vmid}/clone"], grade: .manage),
      Row(
        privileges: ["Sys.Modify"], path: "/nodes",
        purpose: "restarting services, and the list of updates (over SSH it needs no right)",
        tools: ["restart_service", "node_updates"],
        calls: ["POST /nodes/{node}/services/{service}/restart", "GET /nodes/{node}/apt/update"], grade: .manage),
    ]
    + [
      ("VM.Config.CPU", "cores, sockets and weight of guests", true),
      ("VM.Config.Memory", "memory, balloon and swap of guests", true),
      ("VM.Config.Options", "name, notes, tags, start order and protection of guests", true),
      ("VM.Config.Network", "host names of containers, networks of new guests", true),
      ("VM.Config.Disk", "disks of new guests", false), ("VM.Config.CDROM", "images in drives of new guests", false),
      ("VM.Config.HWType", "controllers of new guests", false),
    ].map { privilege, purpose, changes in
      Row(
        privileges: [privilege], path: "/vms", purpose: purpose,
        tools: changes ? ["set_guest_config", "create_guest"] : ["create_guest"],
        calls: ["PUT /nodes/{node}/qemu/{vmid}/config"], grade: .manage)
    }
}
