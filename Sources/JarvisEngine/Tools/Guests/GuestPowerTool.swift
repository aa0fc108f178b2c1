import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Starts, shuts down, reboots or stops a guest.
struct GuestPowerTool: Tool {
  let context: ToolContext
  let action: GuestAction

  var name: String { action.toolName }
  let inputSchema = ToolParameter.schema([.guest])
  let readsOnly = false
  var typedName: String { action.rawValue }
  let typedArguments = ["guest"]

  var summary: String {
    switch action {
    case .start: "Starts a guest. Asks the person first."
    case .shutdown: "Shuts a guest down in good order. Asks the person first."
    case .reboot: "Reboots a guest in good order: shutdown, then a new start. Asks the person first."
    case .stop: "Cuts a guest's power: only where shutdown_guest does not help. Asks the person first."
    }
  }

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    let guest = try TargetFinder(picture: try await context.picture()).guest(arguments["guest"]?.string ?? "")
    return ["guest": .string(String(guest.vmid))]
  }

  func assess(_ arguments: JSONValue) async throws(UserFacingError) -> CallAssessment {
    let picture = try await context.freshPicture()
    let guest = try TargetFinder(picture: picture).guest(arguments["guest"]?.string ?? "")
    let details: GuestDetails
    do throws(ProxmoxError) {
      details = try await context.cluster.guestStatus(guest.vmid)
    } catch {
      throw error.userFacing
    }
    return try PowerAssessment(action: action, details: details, picture: picture).make()
  }

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let guest = try TargetFinder(picture: try await context.picture()).guest(arguments["guest"]?.string ?? "")
    return try await PowerRun(context: context, action: action, vmid: guest.vmid).run()
  }
}
