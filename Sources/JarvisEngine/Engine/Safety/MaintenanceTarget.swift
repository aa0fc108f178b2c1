import JarvisAPI

/// What a person means by the target of maintenance: a node's name, or a guest's number or name. Pure.
public enum MaintenanceTarget {
  /// - Returns: the node's name, or the guest's vmid.
  public static func find(_ word: String, in picture: ClusterSnapshot) throws(UserFacingError) -> String {
    if picture.nodes.contains(where: { $0.name == word }) { return word }
    let guests = picture.guests.filter { String($0.vmid) == word || $0.name == word }
    if guests.count == 1, let guest = guests.first { return String(guest.vmid) }
    let shown = Sanitiser.clean(String(word.prefix(64)), keepingNewlines: false)
    if guests.count > 1 {
      throw UserFacingError(
        .usage, attempted: "find \"\(shown)\"", reason: "\(guests.count) guests have that name",
        advice: "use one of their numbers: \(guests.map { String($0.vmid) }.joined(separator: ", "))")
    }
    let names = picture.nodes.map(\.name) + picture.guests.map(\.name)
    throw UserFacingError(
      .usage, attempted: "find \"\(shown)\"", reason: "no node or guest is called that",
      advice: Suggestion.phrase(for: word, among: names) ?? "see `jarvis-tui status` for what there is")
  }
}
