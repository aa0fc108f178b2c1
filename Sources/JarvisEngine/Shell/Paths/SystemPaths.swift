/// Paths whose loss or recursive change breaks the host.
enum SystemPaths {
  /// Gone with everything below them: the host, its guests, their data.
  static let wholeTrees: [String] = [
    "/bin", "/sbin", "/usr", "/lib", "/lib32", "/lib64", "/libx32", "/boot", "/etc", "/dev", "/proc", "/sys",
    "/var/lib/vz", "/var/lib/pve-cluster", "/var/lib/pve-manager", "/var/lib/ceph", "/var/lib/dpkg", "/var/lib/lxc",
    "/var/lib/qemu-server", "/var/lib/pve-firewall", "/var/lib/corosync", "/var/lib/proxmox-backup",
    "/var/lib/rrdcached", "/var/lib/systemd", "/root/.ssh", "/mnt/pve", "/var/lib/docker",
  ]

  /// Folders that hold other people's things: they themselves, or all of what is in them.
  static let holders: Set<String> = [
    "/", "/var", "/var/lib", "/var/log", "/var/cache", "/var/spool", "/var/backups", "/var/mail", "/var/www", "/home",
    "/root", "/opt", "/srv", "/mnt", "/media", "/run", "/tmp", "/rpool", "/tank", "/data", "/backup", "/backups",
  ]

  /// Why deleting or recursively changing `path` (absolute, maybe a pattern) must not be; nil where it may be asked for.
  static func danger(_ path: String) -> String? {
    if holders.contains(path), path != "/tmp" { return "\(path) is a system path" }
    for tree in wholeTrees where PathText.isInside(path, tree) { return "\(path) belongs to the system (\(tree))" }
    // The home of a user: all that somebody has.
    if PathText.parent(path) == "/home" { return "\(path) is a user's whole home" }
    guard Glob.isPattern(path) else { return nil }
    // A pattern reaches what its first pattern part stands for.
    var folder = ""
    for part in path.split(separator: "/") {
      guard Glob.isPattern(part) else {
        folder += "/" + part
        continue
      }
      let parent = folder.isEmpty ? "/" : folder
      if parent == "/" || parent == "/home" { return "\(path.replacingHoles(with: "…")) reaches system paths" }
      let isEverything = part.allSatisfy { "*?.[]!^\0".contains($0) }
      if isEverything, holders.contains(parent), parent != "/tmp" {
        return "\(path.replacingHoles(with: "…")) is everything in \(parent)"
      }
      return nil
    }
    return nil
  }

  /// A block device or another device whose content is somebody's disk.
  static func isDevice(_ path: String) -> Bool {
    guard path.hasPrefix("/dev/") else { return false }
    let harmless: Set<String> = [
      "/dev/null", "/dev/stdout", "/dev/stderr", "/dev/stdin", "/dev/tty", "/dev/zero", "/dev/full", "/dev/random",
      "/dev/urandom",
    ]
    return !harmless.contains(path) && !path.hasPrefix("/dev/fd/") && !path.hasPrefix("/dev/shm/")
      && !path.hasPrefix("/dev/pts/") && !path.hasPrefix("/dev/tcp/") && !path.hasPrefix("/dev/udp/")
  }

  /// Files by which somebody gets in or gets power: writing them is not a change of configuration.
  static func opensDoors(_ path: String) -> String? {
    let name = PathText.lastPart(path)
    if name == "authorized_keys" || name == "authorized_keys2" { return "it decides who may log in" }
    let exact: Set<String> = [
      "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/sudoers", "/etc/ld.so.preload",
      "/proc/sysrq-trigger", "/etc/pve/user.cfg", "/etc/pve/corosync.conf", "/etc/corosync/corosync.conf",
      "/etc/pve/domains.cfg", "/etc/fstab", "/etc/subuid", "/proc/sys/kernel/core_pattern",
      "/proc/sys/kernel/modprobe", "/etc/pam.conf",
    ]
    if exact.contains(path) || exact.contains(where: { Glob.isPattern(path) && Glob.matches(path, $0) }) {
      return "it decides who has power over this host"
    }
    for tree in ["/etc/sudoers.d", "/etc/pve/priv", "/etc/pam.d", "/boot", "/etc/ssh/authorized_keys.d"]
    where PathText.isInside(path, tree) { return "it decides who has power over this host" }
    if isDevice(path) { return "it is a device: what is written there overwrites a disk" }
    return nil
  }
}
