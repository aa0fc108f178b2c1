import JarvisAPI

/// Finds the one guest or node that somebody means; guesses never.
struct TargetFinder {
  let picture: ClusterSnapshot

  /// Candidates that an error lists at most.
  static let maximumListed = 8
  /// Letters of a beginning that may stand for a whole name, at least.
  static let shortestBeginning = 2

  /// The guest named by `query`: its vmid, else its name – exact, without case, by a beginning that only one has.
  func guest(_ query: String) throws(UserFacingError) -> Guest {
    let attempted = "find guest \"\(query)\""
    if let vmid = Self.vmid(in: query) {
      if let guest = picture.guests.first(where: { $0.vmid == vmid }) { return guest }
      throw unknown(query, attempted)
    }
    let lower = query.lowercased()
    let tries: [(Guest) -> Bool] = [
      { $0.name == query }, { $0.name.lowercased() == lower }, { Self.begins($0.name, with: lower) },
    ]
    for isMeant in tries {
      let found = picture.guests.filter { !$0.name.isEmpty && isMeant($0) }
      if found.count == 1 { return found[0] }
      if found.count > 1 {
        throw UserFacingError(
          .usage, attempted: attempted, reason: "more than one guest could be meant: \(list(found))",
          advice: "give the vmid")
      }
    }
    throw unknown(query, attempted)
  }

  /// The node named by `query`: exact, without case, by a beginning that only one has.
  func node(_ query: String) throws(UserFacingError) -> Node {
    let lower = query.lowercased()
    let tries: [(Node) -> Bool] = [
      { $0.name == query }, { $0.name.lowercased() == lower }, { Self.begins($0.name, with: lower) },
    ]
    for isMeant in tries {
      let found = picture.nodes.filter(isMeant)
      if found.count == 1 { return found[0] }
    }
    let names = picture.nodes.map(\.name).sorted()
    throw UserFacingError(
      .usage, attempted: "find node \"\(query)\"", reason: "there is no such node",
      advice: Suggestion.phrase(for: query, among: names) ?? "the nodes are \(names.joined(separator: ", "))")
  }

  private static func begins(_ name: String, with lower: String) -> Bool {
    lower.count >= shortestBeginning && name.lowercased().hasPrefix(lower)
  }

  private func unknown(_ query: String, _ attempted: String) -> UserFacingError {
    let names = picture.guests.map(\.name).filter { !$0.isEmpty }
    let near = Suggestion.nearest(to: query, among: names)
    let meant = picture.guests.filter { near.contains($0.name) }
    return UserFacingError(
      .usage, attempted: attempted, reason: "there is no such guest, or the token may not see it",
      advice: meant.isEmpty ? "see list_guests for what there is" : "did you mean \(list(meant))?")
  }

  private func list(_ guests: [Guest]) -> String {
    let names = guests.sorted { $0.vmid < $1.vmid }.prefix(Self.maximumListed).map(\.labelWithNode)
    let more = guests.count - names.count
    return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// "102", and what people and models make of it: "vm 102", "ct/102", "lxc/102", "pihole (102)".
  private static func vmid(in query: String) -> Int? {
    if let number = Int(query) { return number }
    if query.hasSuffix(")"), let opening = query.lastIndex(of: "(") {
      return Int(query[query.index(after: opening)...].dropLast())
    }
    let parts = query.split { $0 == " " || $0 == "/" || $0 == ":" }
    guard parts.count == 2, ["vm", "ct", "qemu", "lxc", "guest", "container", "vmid"].contains(parts[0].lowercased())
    else {
      return nil
    }
    return Int(parts[1])
  }
}

extension Guest {
  /// "pihole (102)".
  var label: String { name.isEmpty ? "guest \(vmid)" : "\(name) (\(vmid))" }
  /// "pihole (102) on agent".
  var labelWithNode: String { "\(label) on \(node)" }
}
