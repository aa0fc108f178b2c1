import JarvisAPI

// The methods that change something; each answers with a task, or at once.

extension ProxmoxRoutes {
  /// "snapshot", "migrate", …: POST below a guest.
  static func guestChange(_ rest: String, _ kind: Guest.Kind) -> APIRoute<UPID?> {
    APIRoute("POST", guest(kind, rest), parameters: guestChanges[rest]?(kind) ?? [], decode: task)
  }

  private typealias Parameters = @Sendable (Guest.Kind) -> [String]

  /// What goes with each, by kind of guest.
  private static let guestChanges: [String: Parameters] = [
    "snapshot": { $0 == .qemu ? ["snapname", "description", "vmstate"] : ["snapname", "description"] },
    "migrate": { $0 == .qemu ? ["target", "online", "with-local-disks"] : ["target", "restart"] },
    "clone": { ["newid", $0 == .qemu ? "name" : "hostname", "full"] },
  ]

  static func deleteSnapshot(_ kind: Guest.Kind) -> APIRoute<UPID?> {
    APIRoute("DELETE", guest(kind, "snapshot/{snapname}"), decode: task)
  }

  static func rollback(_ kind: Guest.Kind) -> APIRoute<UPID?> {
    APIRoute("POST", guest(kind, "snapshot/{snapname}/rollback"), parameters: ["start"], decode: task)
  }

  static let backUp = APIRoute(
    "POST", "/nodes/{node}/vzdump", parameters: ["vmid", "mode", "storage"], decode: task)

  /// A restore is a creation with an archive.
  static func create(_ kind: Guest.Kind) -> APIRoute<UPID?> {
    let both = ["vmid", "cores", "memory", "net0", "storage", "onboot", "description", "unique", "start"]
    let own =
      kind == .qemu
      ? ["name", "scsi0", "scsihw", "ostype", "cdrom", "archive", "agent"]
      : ["hostname", "ostemplate", "rootfs", "unprivileged", "restore", "swap"]
    return APIRoute("POST", "/nodes/{node}/\(kind.rawValue)", parameters: both + own, decode: task)
  }

  /// A container has no call that runs in a task; a virtual machine's is used in its short form, too.
  static func configure(_ kind: Guest.Kind) -> APIRoute<UPID?> {
    let both = [
      "cores", "memory", "onboot", "description", "tags", "protection", "startup", "cpulimit", "cpuunits", "delete",
      "digest",
    ]
    let own = kind == .qemu ? ["name", "balloon", "sockets", "agent"] : ["hostname", "swap"]
    return APIRoute("PUT", guest(kind, "config"), parameters: both + own, decode: task)
  }

  /// Answers with the hardware address that was called.
  static let wake = APIRoute("POST", "/nodes/{node}/wakeonlan", decode: task)
  static let restartService = APIRoute("POST", "/nodes/{node}/services/{service}/restart", decode: task)

  /// All of them, for the table.
  static var changes: [AnyAPIRoute] {
    let guests = [Guest.Kind.qemu, .lxc].flatMap { kind in
      [
        AnyAPIRoute(guestChange("snapshot", kind)), AnyAPIRoute(guestChange("migrate", kind)),
        AnyAPIRoute(guestChange("clone", kind)), AnyAPIRoute(deleteSnapshot(kind)), AnyAPIRoute(rollback(kind)),
        AnyAPIRoute(create(kind)), AnyAPIRoute(configure(kind)),
      ]
    }
    return guests + [
      AnyAPIRoute(guestChange("status/reset", .qemu)), AnyAPIRoute(backUp), AnyAPIRoute(wake),
      AnyAPIRoute(restartService),
    ]
  }

  /// The task that a call was answered with; nil where the answer is something else: then it is done.
  @Sendable private static func task(_ body: AnswerBody) throws(AnswerFault) -> UPID? {
    guard let text = body.data?.string, text.hasPrefix("UPID:") else { return nil }
    guard let upid = UPID(text) else { throw AnswerFault("a UPID of another form") }
    return upid
  }
}
