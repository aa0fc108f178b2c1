import JarvisAPI

/// What of a call an allowance binds, and the sentence that says so. Pure.
enum AllowanceScope {
  /// Arguments that name nothing but the thing made: another name is the same deed. All others are bound.
  private static let free: [String: Set<String>] = ["create_snapshot": ["name", "description"]]
  /// Characters of one argument in the sentence, at most.
  private static let maximumShown = 200

  /// The arguments that a later call must have alike.
  static func bound(_ call: GatedCall) -> JSONValue {
    let free = free[call.tool] ?? []
    return .object((call.arguments.object ?? [:]).filter { !free.contains($0.key) })
  }

  /// "create_snapshot on pihole (102) with memory=false, whatever description and name; asked by the model".
  /// - Parameter call: without its secrets.
  static func words(_ call: GatedCall, target: String) -> String {
    let targets: Set<String> = ["guest", "guests", "node"]
    let rest = (bound(call).object ?? [:]).filter { !targets.contains($0.key) }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\(($0.value.string ?? $0.value.text).prefix(maximumShown))" }
    var words = "\(call.tool) on \(target)"
    if !rest.isEmpty { words += " with exactly \(rest.joined(separator: ", "))" }
    if let free = free[call.tool]?.sorted(), !free.isEmpty {
      words += ", whatever \(free.joined(separator: " and "))"
    }
    return words + ", asked by \(call.caller.asker)"
  }
}

extension Caller {
  fileprivate var asker: String {
    switch self {
    case .model: "the model"
    case .runbook: "a runbook"
    case .mcp: "an MCP client"
    case .human: "a person"
    }
  }
}
