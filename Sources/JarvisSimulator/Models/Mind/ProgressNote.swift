import JarvisAPI

/// The short text with which a model announces its calls.
enum ProgressNote {
  static func text(for calls: [MindCall]) -> String {
    let actions = calls.compactMap { call in
      ActionVerb.allCases.first { $0.tool == call.tool }.map { verb in
        let several = (call.arguments["guests"]?.array ?? []).map { MindFigures.name($0) }
        return verb.phrase(several.isEmpty ? MindFigures.name(call.arguments["guest"]) : MindFigures.list(several))
      }
    }
    if !actions.isEmpty { return "I ask to \(MindFigures.list(actions))." }
    var seen = Set<String>()
    let objects = calls.map { object(of: $0) }.filter { seen.insert($0).inserted }
    return "Let me look at \(MindFigures.list(objects))."
  }

  private static func object(of call: MindCall) -> String {
    switch call.tool {
    case "cluster_status": "the cluster"
    case "list_nodes": "the nodes"
    case "node_status": "node \(MindFigures.name(call.arguments["node"]))"
    case "list_guests": "the guests"
    case "guest_status": MindFigures.name(call.arguments["guest"])
    case "guest_config": "the configuration of \(MindFigures.name(call.arguments["guest"]))"
    case "list_storage": "the storages"
    case "list_tasks": "the tasks"
    case "task_log": "the log of that task"
    case "recent_events": "what happened lately"
    case "list_snapshots": "the snapshots of \(MindFigures.name(call.arguments["guest"]))"
    case "backup_freshness", "list_backups": "the backups"
    case "node_temperatures": "the temperatures of \(MindFigures.name(call.arguments["node"]))"
    case "node_updates": "the updates of \(MindFigures.name(call.arguments["node"]))"
    case "node_services": "the services of \(MindFigures.name(call.arguments["node"]))"
    case "disk_health": "the disks of \(MindFigures.name(call.arguments["node"]))"
    case "guest_agent_info": "\(MindFigures.name(call.arguments["guest"])) from inside"
    case "create_snapshot", "delete_snapshot", "rollback_snapshot", "backup_guest", "migrate_guest", "clone_guest":
      "\(MindFigures.name(call.arguments["guest"])), and ask to \(call.tool.split(separator: "_").joined(separator: " "))"
    default: call.tool.split(separator: "_").joined(separator: " ")
    }
  }
}
