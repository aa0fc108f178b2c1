/// What the token's rights leave out of the picture, in words.
enum BlindSpots {
  /// Nodes named one by one up to this many; beyond, they are counted.
  static let maximumNamedNodes = 8

  /// Empty where the rights are not known yet: nothing is claimed without having read them.
  static func list(_ rights: Permissions?, nodes: [String]) -> [String] {
    guard let rights else { return [] }
    var spots: [String] = []
    if !rights.allows("Sys.Audit", on: "/") { spots.append("no right: Sys.Audit / – quorum and other users' tasks") }
    let blind = nodes.filter { !rights.allows("Sys.Audit", on: "/nodes/\($0)") }
    if !blind.isEmpty, blind.count == nodes.count || blind.count > maximumNamedNodes {
      spots.append("no right: Sys.Audit /nodes – load, memory and disk of \(blind.count) nodes")
    } else {
      spots += blind.map { "no right: Sys.Audit /nodes/\($0) – its load, memory and disk" }
    }
    spots += partly("VM.Audit", "/vms", "guests", rights)
    spots += partly("Datastore.Audit", "/storage", "storages", rights)
    return spots
  }

  private static func partly(_ privilege: String, _ path: String, _ what: String, _ rights: Permissions) -> [String] {
    if rights.allows(privilege, on: path) { return [] }
    let some = rights.allowsSomewhere(privilege, below: path) || rights.allowsSomewhere(privilege, below: "/pool")
    return ["no right: \(privilege) \(path) – " + (some ? "only some \(what) are shown" : "no \(what) are shown")]
  }
}
