import JarvisAPI

/// The commands that simulated nodes know.
enum ShellCommands {
  typealias Command = @Sendable (_ arguments: [String], _ scene: ShellScene) -> ShellOutput

  static let all: [String: Command] = [
    "hostname": { _, scene in ShellOutput(scene.node.name + "\n") },
    "uptime": uptime, "nproc": { _, scene in ShellOutput("\(scene.node.configuration.cores)\n") },
    "uname": { _, scene in
      ShellOutput("Linux \(scene.node.name) \(NodeEndpoints.kernel) \(NodeEndpoints.kernelBuild) x86_64 GNU/Linux\n")
    },
    "date": { _, scene in ShellOutput(ClockText.unix(scene.now) + "\n") },
    "df": diskFree, "free": memoryFree, "cat": file,
    "pveversion": { _, scene in
      let version = scene.cluster.configuration.version
      return ShellOutput(
        "pve-manager/\(version)/\(ClusterEndpoints.repositoryID) (running kernel: \(NodeEndpoints.kernel))\n")
    },
    "systemctl": ShellServices.systemctl, "journalctl": ShellServices.journalctl, "zpool": ShellPools.zpool,
    "qm": { ShellGuests.tool(.qemu, $0, $1) }, "pct": { ShellGuests.tool(.lxc, $0, $1) },
    "sensors": ShellHardware.sensors, "smartctl": ShellHardware.smartctl, "lsblk": ShellHardware.lsblk,
    "ip": ShellNetwork.ip, "zfs": ShellPools.zfs, "lscpu": ShellHardware.processor, "dmesg": ShellServices.kernelLog,
    "echo": { arguments, _ in ShellOutput(arguments.joined(separator: " ") + "\n") },
    "apt": ShellHardware.apt, "pvesm": ShellPools.storages, "pvecm": ShellGuests.quorum, "pvesh": ShellGuests.api,
  ]

  private static func uptime(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let seconds = scene.cluster.uptime(of: scene.node, at: scene.now)
    let (days, rest) = (seconds / 86_400, seconds % 86_400)
    let clock = "\(rest / 3600):\(ClockText.two(rest / 60 % 60))"
    let long = days > 0 ? "\(days) day\(days == 1 ? "" : "s"), \(clock)" : rest < 3600 ? "\(rest / 60) min" : clock
    let load = scene.cluster.load(of: scene.node, at: scene.now).map { NodeEndpoints.decimal($0, 2) }
    let now = ClockText.clock(ClockText.parts(scene.now))
    return ShellOutput(" \(now) up \(long),  1 user,  load average: \(load.joined(separator: ", "))\n")
  }

  private static func diskFree(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    var rows = [["Filesystem", "Size", "Used", "Avail", "Use%", "Mounted on"]]
    func add(_ device: String, _ size: Int, _ used: Int, _ place: String) {
      let share = size > 0 ? Int((Double(used) / Double(size) * 100).rounded(.up)) : 0
      rows.append([
        device, TextTable.size(size), TextTable.size(used), TextTable.size(size - used), "\(share)%", place,
      ])
    }
    let memory = scene.node.configuration.memory
    add("udev", memory / 2, 0, "/dev")
    add("tmpfs", memory / 10, memory / 4000, "/run")
    let root = scene.node.configuration.rootDisk
    add("/dev/mapper/pve-root", root, scene.cluster.rootUse(of: scene.node, at: scene.now), "/")
    for pool in ShellPools.pools(scene) {
      add(pool.name, pool.size, scene.cluster.use(of: pool, on: scene.node.name, at: scene.now), "/" + pool.name)
    }
    add("/dev/fuse", 128 << 20, 64 << 10, "/etc/pve")
    return ShellOutput(TextTable.text(rows, [.left, .right, .right, .right, .right, .left]))
  }

  private static func memoryFree(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let flags = arguments.joined()
    func show(_ bytes: Int) -> String {
      if flags.contains("h") { return TextTable.size(bytes) + (bytes > 0 ? "i" : "B") }
      return "\(bytes >> (flags.contains("g") ? 30 : flags.contains("m") ? 20 : 10))"
    }
    let total = scene.node.configuration.memory
    let used = scene.cluster.memory(of: scene.node, at: scene.now)
    let cache = min(total - used, total / 20)
    let swap = 8 << 30
    let rows = [
      ["", "total", "used", "free", "shared", "buff/cache", "available"],
      ["Mem:"] + [total, used, total - used - cache, total / 500, cache, total - used].map(show),
      ["Swap:"] + [swap, 0, swap].map(show) + ["", "", ""],
    ]
    return ShellOutput(TextTable.text(rows, [.left, .right, .right, .right, .right, .right, .right]))
  }

  private static func file(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    var output = ShellOutput()
    for path in arguments where !path.hasPrefix("-") {
      switch path {
      case "/etc/hostname": output.text += scene.node.name + "\n"
      case "/proc/loadavg":
        let load = scene.cluster.load(of: scene.node, at: scene.now).map { NodeEndpoints.decimal($0, 2) }
        output.text += load.joined(separator: " ") + " 2/1043 \(scene.node.nextProcess)\n"
      case "/etc/debian_version": output.text += "13.2\n"
      case "/etc/pve/storage.cfg": output.text += ShellPools.storageFile(scene)
      default:
        if let text = ShellGuests.configurationFile(path, scene) {
          output.text += text
        } else {
          output.error += "cat: \(path): No such file or directory\n"
          output.code = 1
        }
      }
    }
    return output
  }
}
