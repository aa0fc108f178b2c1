import JarvisAPI

extension TierTable {
  /// What is compiled in: every tool there is, and some that there are not, so that whoever asks for one hears why.
  public static let standard = TierTable(
    [reads, starts, disruptions, statesDiscarded, hosts, guestsDestroyed, forbidden].reduce(into: [:]) {
      $0.merge($1) { first, _ in first }
    })

  private static let reads = Dictionary(
    uniqueKeysWithValues: [
      "cluster_status", "list_nodes", "node_status", "list_guests", "guest_status", "guest_config", "list_storage",
      "storage_content", "list_tasks", "task_log", "recent_events", "list_snapshots", "backup_freshness",
      "list_backups", "guest_agent_info", "ha_status", "replication_status", "ceph_status", "node_services",
      "node_updates", "disk_health", "node_temperatures", "journal", "explain_command",
    ].map { ($0, Rule(.green, "only reads, and reveals no secret")) })

  private static let starts: [String: Rule] = [
    "start_guest": Rule(.yellow, "starting a guest is bounded and can be undone"),
    "create_snapshot": Rule(.yellow, "a snapshot is bounded and can be deleted again"),
    "backup_guest": Rule(.yellow, "a backup in mode snapshot lets the guest run on"),
    "wake_node": Rule(.yellow, "waking a node is bounded"),
    "restart_service": Rule(.yellow, "an ordinary service is back after a moment"),
  ]

  private static let disruptions: [String: Rule] = [
    "shutdown_guest": Rule(.red, "shutting a guest down disrupts whoever uses it", mildest: .yellow),
    "reboot_guest": Rule(.red, "rebooting a guest disrupts whoever uses it", mildest: .yellow),
    "migrate_guest": Rule(
      .red, "migrating moves the guest's load, and restarts a container", mildest: .yellow),
    "clone_guest": Rule(.red, "a clone takes storage, and may claim its original's addresses", mildest: .yellow),
    "create_guest": Rule(.red, "a new guest takes storage, memory and a number", mildest: .yellow),
    "set_guest_config": Rule(.red, "a changed configuration may keep the guest from starting"),
  ]

  /// Where power is cut or state discarded: the target's name or number is typed, too.
  private static let statesDiscarded: [String: Rule] = [
    "stop_guest": Rule(.red, "stopping cuts the guest's power: what it has not written is lost"),
    "reset_guest": Rule(.red, "a reset cuts the guest's power: what it has not written is lost"),
    "rollback_snapshot": Rule(.red, "rolling back discards all that was written since the snapshot"),
    "delete_snapshot": Rule(.red, "a deleted snapshot cannot be rolled back to any more"),
    "restore_backup": Rule(.red, "restoring makes a guest under a new number and takes its storage"),
  ]

  private static let hosts: [String: Rule] = [
    // The classifier gives each command its own tier; a command that only reads is GREEN.
    "run_command": Rule(.green, "the command's own tier")
  ]

  private static let guestsDestroyed: [String: Rule] = {
    let guest = Rule(
      .black, "destroying a guest cannot be undone", alternative: "stop_guest stops a guest and keeps its disks")
    return Dictionary(uniqueKeysWithValues: ["destroy_guest", "delete_guest", "remove_guest"].map { ($0, guest) })
  }()

  private static let forbidden: [String: Rule] = {
    let node = Rule(
      .black, "restarting or powering off a node takes its guests and perhaps the quorum with it",
      alternative: "shutdown_guest or reboot_guest for one guest; the node itself by hand in the Proxmox VE interface",
      mildest: .red)
    let gone = Rule(
      .black, "a node that has left the cluster does not come back by itself",
      alternative: "maintenance silences a node that is down; removing it is done by hand, see pvecm(1)")
    let disk = Rule(
      .black, "wiping, formatting or removing storage destroys data", alternative: "list_storage shows what fills it")
    let backup = Rule(
      .black, "a deleted backup cannot be brought back",
      alternative: "list_backups shows what is kept; pruning is the storage's own retention")
    let rights = Rule(
      .black, "users, tokens and rights are not Jarvis's to change",
      alternative: "change them by hand in the Proxmox VE interface")
    return [
      "reboot_node": node, "shutdown_node": node, "poweroff_node": node, "stop_node": node, "remove_node": gone,
      "delete_node": gone, "wipe_disk": disk, "format_disk": disk, "remove_storage": disk, "delete_storage": disk,
      "remove_backup": backup, "delete_backup": backup, "create_user": rights, "delete_user": rights,
      "create_token": rights, "modify_acl": rights,
    ]
  }()

  /// Tools whose consent includes typing the target's name or number, whatever the tool itself says.
  static let typed: Set<String> = Set(statesDiscarded.keys)
}
