import JarvisAPI

/// Taking, deleting and going back to snapshots; each answers with a UPID at once.
enum SnapshotEndpoints {
  private static let name = ParameterRule.string("snapname", .configID, upTo: 40, required: true)
  private static let right = Need.all("/vms/{vmid}", "VM.Snapshot")

  static let all: [Endpoint] = GuestEndpoints.kinds.flatMap { kind -> [Endpoint] in
    let base = "/nodes/{node}/\(kind.rawValue)/{vmid}/snapshot"
    let memory: [ParameterRule] = kind == .qemu ? [.boolean("vmstate")] : []
    return [
      Endpoint("POST", base, [name, .string("description")] + memory, need: right) {
        (call, cluster) throws(APIFailure) in
        let guest = try GuestEndpoints.guest(kind, call, cluster)
        return try answer(
          cluster.takeSnapshot(
            guest.vmid, name: call.parameters["snapname"] ?? "", description: call.parameters["description"] ?? "",
            memory: call.parameters.bool("vmstate"), user: call.caller.name))
      },
      Endpoint("DELETE", base + "/{snapname}", [name, .boolean("force")], need: right) {
        (call, cluster) throws(APIFailure) in
        let guest = try GuestEndpoints.guest(kind, call, cluster)
        return try answer(
          cluster.deleteSnapshot(guest.vmid, name: call.parameters["snapname"] ?? "", user: call.caller.name))
      },
      Endpoint(
        "POST", base + "/{snapname}/rollback", [name, .boolean("start")],
        need: .any("/vms/{vmid}", "VM.Snapshot", "VM.Snapshot.Rollback")
      ) { (call, cluster) throws(APIFailure) in
        let guest = try GuestEndpoints.guest(kind, call, cluster)
        return try answer(
          cluster.rollback(
            guest.vmid, to: call.parameters["snapname"] ?? "", start: call.parameters.bool("start"),
            user: call.caller.name))
      },
    ]
  }

  private static func answer(_ upid: String?) throws(APIFailure) -> APIReply {
    guard let upid else { throw .failed("no such guest") }
    return APIReply(.string(upid))
  }
}
