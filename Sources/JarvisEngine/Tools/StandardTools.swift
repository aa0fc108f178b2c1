import JarvisCluster

/// The tools Jarvis has.
public enum StandardTools {
  /// All of them, in the order in which models and help list them: a fixed order, since the cache of a model's prompt
  /// depends on it.
  public static func all(_ context: ToolContext) -> [any Tool] {
    let reads: [any Tool] = [
      ClusterStatusTool(context: context), ListNodesTool(context: context), NodeStatusTool(context: context),
      ListGuestsTool(context: context), GuestStatusTool(context: context), GuestConfigTool(context: context),
      ListStorageTool(context: context), ListTasksTool(context: context), TaskLogTool(context: context),
      RecentEventsTool(context: context),
    ]
    return reads + GuestAction.allCases.map { GuestPowerTool(context: context, action: $0) }
  }
}
