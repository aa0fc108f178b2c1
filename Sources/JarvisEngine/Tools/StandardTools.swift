import JarvisCluster

/// The tools Jarvis has.
public enum StandardTools {
  /// All of them, in the order in which models and help list them: a fixed order, since the cache of a model's prompt
  /// depends on it.
  public static func all(_ context: ToolContext) -> [any Tool] {
    reads(context) + changes(context) + [RunCommandTool(context: context)]
  }

  private static func reads(_ context: ToolContext) -> [any Tool] {
    let cluster: [any Tool] = [
      ClusterStatusTool(context: context), ListNodesTool(context: context), NodeStatusTool(context: context),
      ListGuestsTool(context: context), GuestStatusTool(context: context), GuestConfigTool(context: context),
      ListStorageTool(context: context), ListTasksTool(context: context), TaskLogTool(context: context),
      RecentEventsTool(context: context), StorageContentTool(context: context), SnapshotListTool(context: context),
      BackupFreshnessTool(context: context), ListBackupsTool(context: context), GuestAgentTool(context: context),
      HAStatusTool(context: context), ReplicationStatusTool(context: context), CephStatusTool(context: context),
    ]
    let nodes: [any Tool] = [
      NodeServicesTool(context: context), NodeUpdatesTool(context: context), DiskHealthTool(context: context),
      NodeTemperaturesTool(context: context), JournalTool(context: context), ExplainCommandTool(context: context),
    ]
    return cluster + nodes
  }

  private static func changes(_ context: ToolContext) -> [any Tool] {
    let power: [any Tool] = GuestAction.allCases.map { GuestPowerTool(context: context, action: $0) }
    let others: [any Tool] = [
      CreateSnapshotTool(context: context), BackupGuestTool(context: context), WakeNodeTool(context: context),
      RestartServiceTool(context: context), ResetGuestTool(context: context), MigrateGuestTool(context: context),
      RollbackSnapshotTool(context: context), DeleteSnapshotTool(context: context),
      RestoreBackupTool(context: context), CloneGuestTool(context: context), CreateGuestTool(context: context),
      SetGuestConfigTool(context: context),
    ]
    return power + others
  }
}
