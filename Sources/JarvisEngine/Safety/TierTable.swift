import JarvisAPI

/// The gate's own word on every tool: the mildest tier that a call of it can have.
///
/// A tool's assessment may raise a call above its floor, never lower it. What the table does not know is BLACK.
public struct TierTable: Sendable, Hashable {
  public struct Rule: Sendable, Hashable {
    public var tier: SafetyTier
    /// In words, for the card and the record.
    public var rule: String
    /// The nearest thing that is allowed, for what is BLACK.
    public var alternative: String

    public init(_ tier: SafetyTier, _ rule: String, alternative: String = "") {
      self.tier = tier
      self.rule = rule
      self.alternative = alternative
    }
  }

  private let rules: [String: Rule]

  public init(_ rules: [String: Rule]) {
    self.rules = rules
  }

  /// The rule for `tool`; BLACK for a name that is not in the table.
  public func rule(for tool: String) -> Rule {
    if let rule = rules[tool] { return rule }
    let allowed = rules.filter { $0.value.tier < .black }.map(\.key)
    let hint = Suggestion.phrase(for: tool, among: allowed) ?? "see the list of tools for what there is"
    return Rule(
      .black, "there is no tool \"\(Sanitiser.clean(String(tool.prefix(64)), keepingNewlines: false))\"",
      alternative: hint)
  }

  /// The names of all tools that some consent can run, sorted.
  public var allowedTools: [String] {
    rules.filter { $0.value.tier < .black }.map(\.key).sorted()
  }

  /// What is compiled in.
  public static let standard = TierTable(reads.merging(guests) { $1 }.merging(forbidden) { $1 })

  private static let reads = Dictionary(
    uniqueKeysWithValues: [
      "cluster_status", "list_nodes", "node_status", "list_guests", "guest_status", "guest_config", "list_storage",
      "list_tasks", "task_log", "recent_events", "storage_content", "list_snapshots", "backup_freshness",
      "list_backups",
      "guest_agent_info", "ha_status", "replication_status", "ceph_status", "node_services", "node_updates",
      "disk_health", "node_temperatures", "journal", "explain_command",
    ].map { ($0, Rule(.green, "only reads, and reveals no secret")) })

  private static let guests: [String: Rule] = [
    "start_guest": Rule(.yellow, "starting a guest is bounded and can be undone"),
    "shutdown_guest": Rule(.red, "shutting a guest down disrupts whoever uses it"),
    "reboot_guest": Rule(.red, "rebooting a guest disrupts whoever uses it"),
    "stop_guest": Rule(.red, "stopping cuts the guest's power: what it has not written is lost"),
    "create_snapshot": Rule(.yellow, "taking a snapshot is bounded and can be undone"),
    "backup_guest": Rule(.yellow, "a backup in mode snapshot lets the guest run"),
    "wake_node": Rule(.yellow, "waking a node is bounded and can be undone"),
    "restart_service": Rule(.yellow, "restarting an ordinary service is bounded"),
    "reset_guest": Rule(.red, "a reset cuts the guest off: what it has not written is lost"),
    "migrate_guest": Rule(.red, "moving a guest disrupts it, and strains both nodes"),
    "rollback_snapshot": Rule(.red, "a rollback discards everything since the snapshot"),
    "delete_snapshot": Rule(.red, "a deleted snapshot does not come back"),
    "restore_backup": Rule(.red, "restoring makes a second copy of a guest"),
    "clone_guest": Rule(.red, "a clone takes space, and may answer in the original's place"),
    "create_guest": Rule(.red, "a new guest takes space and memory"),
    "set_guest_config": Rule(.red, "a changed configuration may keep the guest from starting"),
    "run_command": Rule(.green, "the command's own tier decides, by its judge"),
  ]

  /// Named, although no such tool exists, so that whoever asks for one hears why and what to do instead.
  private static let forbidden: [String: Rule] = {
    let stop = "stop_guest stops a guest and keeps its disks"
    let guest = Rule(.black, "destroying a guest cannot be undone", alternative: stop)
    let node = Rule(
      .black, "restarting or powering off a node takes its guests and perhaps the quorum with it",
      alternative: "shutdown_guest or reboot_guest for one guest; the node itself by hand in the Proxmox VE interface")
    let disk = Rule(
      .black, "wiping, formatting or removing storage destroys data", alternative: "list_storage shows what fills it")
    let rights = Rule(
      .black, "users, tokens and rights are not Jarvis's to change",
      alternative: "change them by hand in the Proxmox VE interface")
    return [
      "destroy_guest": guest, "delete_guest": guest, "remove_guest": guest, "reboot_node": node, "shutdown_node": node,
      "poweroff_node": node, "stop_node": node, "remove_node": node, "delete_node": node, "wipe_disk": disk,
      "format_disk": disk, "remove_storage": disk, "delete_storage": disk, "remove_backup": disk,
      "delete_backup": disk, "create_user": rights, "delete_user": rights, "create_token": rights,
      "modify_acl": rights,
    ]
  }()
}
