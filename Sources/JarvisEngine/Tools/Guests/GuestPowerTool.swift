import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Starts, shuts down, reboots or stops a guest, or several behind one card.
struct GuestPowerTool: Tool {
  let context: ToolContext
  let action: GuestAction

  var name: String { action.toolName }
  let inputSchema = ToolParameter.schema([
    .text("guest", "name or vmid of the guest"),
    .list("guests", upTo: ChangeBatch.maximumTargets, "instead of guest: several, behind one card"),
  ])
  let readsOnly = false
  var typedName: String { action.rawValue }
  let typedArguments = ["guest"]
  let typedRequired: Set<String> = ["guest"]
  let typedMore: String? = "guests"

  var summary: String {
    switch action {
    case .start: "Starts a guest, or several. Asks the person first."
    case .shutdown: "Shuts a guest, or several, down in good order. Asks the person first."
    case .reboot: "Reboots a guest, or several, in good order: shutdown, then a new start. Asks the person first."
    case .stop: "Cuts a guest's power: only where shutdown_guest does not help. Asks the person first."
    }
  }

  /// One guest as its vmid, several as theirs, each once.
  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    let finder = TargetFinder(picture: try await context.picture())
    var vmids: [String] = []
    for query in queries(arguments) {
      let vmid = String(try finder.guest(query).vmid)
      if !vmids.contains(vmid) { vmids.append(vmid) }
    }
    guard let first = vmids.first else {
      throw UserFacingError(
        .usage, attempted: "call \(name)", reason: "its argument \"guest\" is missing",
        advice: "name or vmid of the guest")
    }
    return vmids.count == 1 ? ["guest": .string(first)] : ["guests": .array(vmids.map { .string($0) })]
  }

  func assess(_ arguments: JSONValue) async throws(UserFacingError) -> CallAssessment {
    try await batch(arguments).assess()
  }

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    try await batch(arguments).run(as: nil, passing: .open)
  }

  func run(
    _ arguments: JSONValue, as weighed: CallAssessment, passing safePoint: SafePoint
  ) async throws(UserFacingError) -> ToolReport {
    try await batch(arguments).run(as: weighed, passing: safePoint)
  }

  private func queries(_ arguments: JSONValue) -> [String] {
    (arguments["guest"]?.string.map { [$0] } ?? []) + (arguments["guests"]?.array?.compactMap(\.string) ?? [])
  }

  private func batch(_ arguments: JSONValue) -> ChangeBatch {
    ChangeBatch(context: context, action: action.rawValue, targets: queries(arguments)) {
      (query) async throws(UserFacingError) in try await prepare(query)
    }
  }

  private func prepare(_ query: String) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(query, context)
    let assessment = try PowerAssessment(action: action, subject: subject).make()
    let goal = PowerGoal(action: action, before: subject.details)
    let change = ClusterChange.power(action, subject.place)
    let vmid = subject.guest.vmid
    let cluster = context.cluster
    return Change(
      action: action.rawValue, assessment: assessment,
      send: { () async throws(ProxmoxError) in try await cluster.change(change) }, trace: TaskTrace(change),
      readBack: subject.details.managedByHA ? context.patience.ha : context.patience.readBack, confirmations: 2,
      wishOnly: subject.details.managedByHA,
      look: { () async throws(ProxmoxError) in goal.look(at: try await cluster.guestStatus(vmid)) })
  }
}
