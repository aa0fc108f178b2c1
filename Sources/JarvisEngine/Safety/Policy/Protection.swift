import JarvisAPI

/// What no call may cut off: what Jarvis stands on, and what the policy protects. Pure.
public struct Protection: Sendable {
  private let legs: [(asset: Asset, reason: String)]
  private let guestNames: Set<String>
  private let homeIsUnknown: Bool

  public init(home: HomeStanding, protected: Policy.Protected) {
    var legs: [(Asset, String)] = []
    if case .known(let home) = home { legs = home.legs }
    if case .unknown = home { homeIsUnknown = true } else { homeIsUnknown = false }
    let byPolicy = "the policy protects it"
    legs += protected.guests.sorted().map { (.guest($0), byPolicy) }
    legs += protected.nodes.sorted().map { (.node($0), byPolicy) }
    legs += protected.services.sorted().map { (.service(node: "", name: $0), byPolicy) }
    self.legs = legs
    guestNames = protected.guestNames
  }

  /// Why this call is BLACK; nil where it cuts nothing that is protected.
  /// - Parameters:
  ///   - cuts: what the tool itself says it may cut, beside what the call's arguments say.
  ///   - reading: of the call's command, by its classifier; nil where nobody read it.
  ///   - node: the node of a name or address.
  ///   - guest: looks a vmid's name and kind up.
  public func objection(
    to call: GatedCall, cuts declared: Set<Asset> = [], reading: CommandReading? = nil,
    node: @escaping @Sendable (String) -> String? = { _ in nil }, guest: (Int) -> (name: String, isContainer: Bool)?
  ) -> String? {
    let cuts = CallReach.cuts(call) { guest($0)?.isContainer ?? true }.union(declared)
    for (asset, reason) in legs where cuts.contains(where: { asset.isHit(by: $0) }) {
      return "it would cut off \(asset.words): \(reason)"
    }
    let reach = reach(of: call, reading, node)
    let guests = (reach?.guests ?? []).union(cuts.compactMap { if case .guest(let vmid) = $0 { vmid } else { nil } })
    for vmid in guests.sorted() {
      if let name = guest(vmid)?.name, guestNames.contains(name) {
        return "it would cut off \(name) (\(vmid)): the policy protects it"
      }
    }
    if let asset = reach?.cut(of: legs.map(\.asset)) {
      let reason = legs.first { $0.asset == asset }?.reason ?? ""
      return "it could cut off \(asset.words): \(reason)"
    }
    return nil
  }

  /// What of this command is only known when it runs, though it may be what is protected: then it is RED at least.
  public func doubt(
    about call: GatedCall, reading: CommandReading?, node: @escaping @Sendable (String) -> String?
  ) -> String? {
    reach(of: call, reading, node)?.doubt(
      of: legs.map(\.asset), homeIsUnknown: homeIsUnknown, guestNames: guestNames.sorted())
  }

  private func reach(
    of call: GatedCall, _ reading: CommandReading?, _ node: @escaping @Sendable (String) -> String?
  ) -> CommandReach? {
    guard call.tool == "run_command", let command = call.arguments["command"]?.string else { return nil }
    return CommandReach(command, on: call.arguments["node"]?.string ?? "", acts: reading?.acts, resolve: node)
  }
}

extension Asset {
  /// A service protected on any node has no node of its own.
  fileprivate func isHit(by other: Asset) -> Bool {
    if case .service("", let name) = self, case .service(_, let cut) = other { return name == cut }
    return self == other
  }
}
