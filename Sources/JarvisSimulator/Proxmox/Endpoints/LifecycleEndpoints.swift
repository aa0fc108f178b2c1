import JarvisAPI

/// `status/start`, `shutdown`, `reboot`, `stop`, `suspend`, `resume`, `reset`: each answers with a UPID at once.
enum LifecycleEndpoints {
  static let all: [Endpoint] =
    GuestCall.allCases.map { endpoint(.qemu, $0) }
    + GuestCall.allCases.filter { $0 != .reset }.map { endpoint(.lxc, $0) }

  private static func endpoint(_ kind: GuestConfiguration.Kind, _ action: GuestCall) -> Endpoint {
    Endpoint(
      "POST", "/nodes/{node}/\(kind.rawValue)/{vmid}/status/\(action.rawValue)", rules(kind, action),
      need: .all("/vms/{vmid}", "VM.PowerMgmt")
    ) { (call, cluster) throws(APIFailure) in
      do throws(CallRefused) {
        let upid = try cluster.call(
          action, vmid: call.vmid, kind: kind, node: call.node, user: call.caller.name,
          timeout: call.parameters.int("timeout").map(Double.init), forceStop: call.parameters.bool("forceStop"),
          skipLock: call.parameters.bool("skiplock"))
        return APIReply(.string(upid))
      } catch {
        throw .failed(error.text)
      }
    }
  }

  private static func rules(_ kind: GuestConfiguration.Kind, _ action: GuestCall) -> [ParameterRule] {
    let skip = ParameterRule.boolean("skiplock")
    let timeout = ParameterRule.integer("timeout", 0)
    switch (kind, action) {
    case (.qemu, .start):
      return [
        skip, timeout, .string("force-cpu"), .string("machine"), .string("migratedfrom", .node),
        .string("migration_network"), .oneOf("migration_type", "secure", "insecure"), .string("nets-host-mtu"),
        .string("stateuri", upTo: 128), .string("targetstorage"), .boolean("with-conntrack-state"),
      ]
    case (.qemu, .shutdown): return [skip, timeout, .boolean("forceStop"), .boolean("keepActive")]
    case (.qemu, .reboot), (.lxc, .reboot): return [timeout]
    case (.qemu, .stop):
      return [
        skip, timeout, .boolean("keepActive"), .string("migratedfrom", .node), .boolean("overrule-shutdown"),
      ]
    case (.qemu, .suspend): return [skip, .string("statestorage", .storage), .boolean("todisk")]
    case (.qemu, .resume): return [skip, .boolean("nocheck")]
    case (.qemu, .reset): return [skip]
    case (.lxc, .start): return [skip, .boolean("debug")]
    case (.lxc, .shutdown): return [timeout, .boolean("forceStop")]
    case (.lxc, .stop): return [skip, .boolean("overrule-shutdown")]
    case (.lxc, .suspend), (.lxc, .resume), (.lxc, .reset): return []
    }
  }
}
