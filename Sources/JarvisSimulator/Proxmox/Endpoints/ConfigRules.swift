/// What `PUT …/config` takes, from the published schema of Proxmox VE 9.2.11.
///
/// Values that are lists of properties in one text (disks, networks) are taken as text here.
enum ConfigRules {
  static let qemu: [ParameterRule] = [
    .boolean("acpi"), .string("affinity"), .string("agent"), .boolean("allow-ksm"), .string("amd-sev"),
    .oneOf("arch", "x86_64", "aarch64"), .string("args"), .string("audio0"), .boolean("autostart"),
    .integer("balloon", 0), .oneOf("bios", "seabios", "ovmf"), .string("boot"), .string("bootdisk"),
    .string("cdrom"), .string("cicustom"), .string("cipassword"),
    .oneOf("citype", "configdrive2", "nocloud", "opennebula"), .boolean("ciupgrade"), .string("ciuser"),
    .integer("cores", 1), .string("cpu"), .number("cpulimit", 0, 128), .integer("cpuunits", 1, 262144),
    .string("delete"), .string("description", upTo: 8192), .string("digest", upTo: 40), .string("efidisk0"),
    .boolean("force"), .boolean("freeze"), .string("hookscript"), .string("hostpci[n]"), .string("hotplug"),
    .oneOf("hugepages", "any", "2", "1024"), .string("ide[n]"), .string("intel-tdx"), .string("ipconfig[n]"),
    .string("ivshmem"), .boolean("keephugepages"),
    .oneOf(
      "keyboard", "de", "de-ch", "da", "en-gb", "en-us", "es", "fi", "fr", "fr-be", "fr-ca", "fr-ch", "hu", "is", "it",
      "ja", "lt", "mk", "nl", "no", "pl", "pt", "pt-br", "sv", "sl", "tr"),
    .boolean("kvm"), .boolean("localtime"),
    .oneOf(
      "lock", "backup", "clone", "create", "migrate", "rollback", "snapshot", "snapshot-delete", "suspending",
      "suspended"),
    .string("machine"), .string("memory", .memory), .number("migrate_downtime", 0), .integer("migrate_speed", 0),
    .string("name", .dnsName), .string("nameserver"), .string("net[n]", .network), .boolean("numa"), .string("numa[n]"),
    .boolean("onboot"),
    .oneOf(
      "ostype", "other", "wxp", "w2k", "w2k3", "w2k8", "wvista", "win7", "win8", "win10", "win11", "l24", "l26",
      "solaris"),
    .string("parallel[n]"), .boolean("protection"), .boolean("reboot"), .string("revert"), .string("rng0"),
    .string("sata[n]"), .string("scsi[n]", .volume),
    .oneOf("scsihw", "lsi", "lsi53c810", "virtio-scsi-pci", "virtio-scsi-single", "megasas", "pvscsi"),
    .string("searchdomain"), .string("serial[n]"), .integer("shares", 0, 50000), .boolean("skiplock"),
    .string("smbios1", upTo: 512), .integer("smp", 1), .integer("sockets", 1), .string("spice_enhancements"),
    .string("sshkeys"), .string("startdate"), .string("startup"), .boolean("tablet"), .string("tags"),
    .boolean("tdf"), .boolean("template"), .string("tpmstate0"), .string("unused[n]"), .string("usb[n]"),
    .integer("vcpus", 1), .string("vga"), .string("virtio[n]"), .string("virtiofs[n]"), .string("vmgenid"),
    .string("vmstatestorage"), .string("watchdog"),
  ]

  static let lxc: [ParameterRule] = [
    .oneOf("arch", "amd64", "i386", "arm64", "armhf", "riscv32", "riscv64"),
    .oneOf("cmode", "shell", "console", "tty"), .boolean("console"), .integer("cores", 1, 8192),
    .number("cpulimit", 0, 8192), .integer("cpuunits", 0, 500000), .boolean("debug"), .string("delete"),
    .string("description", upTo: 8192), .string("dev[n]"), .string("digest", upTo: 40), .string("entrypoint"),
    .string("env"), .string("features"), .string("hookscript"), .string("hostname", .dnsName, upTo: 255),
    .oneOf(
      "lock", "backup", "create", "destroyed", "disk", "fstrim", "migrate", "mounted", "rollback", "snapshot",
      "snapshot-delete"),
    .integer("memory", 16), .string("mp[n]"), .string("nameserver"), .string("net[n]"), .boolean("onboot"),
    .oneOf(
      "ostype", "debian", "devuan", "ubuntu", "centos", "fedora", "opensuse", "archlinux", "alpine", "gentoo", "nixos",
      "unmanaged"),
    .boolean("protection"), .string("revert"), .string("rootfs"), .string("searchdomain"), .string("startup"),
    .integer("swap", 0), .string("tags"), .boolean("template"), .string("timezone"), .integer("tty", 0, 6),
    .boolean("unprivileged"), .string("unused[n]"),
  ]

  /// What creating takes beside the settings, and what of them it does not take.
  static let newMachine: [ParameterRule] =
    qemu.filter { !["delete", "digest", "revert", "skiplock"].contains($0.name) } + [
      .string("archive", upTo: 255), .integer("bwlimit", 0), .boolean("ha-managed"),
      .string("import-working-storage", .storage), .boolean("live-restore"), .string("pool"), .boolean("start"),
      .string("storage", .storage), .boolean("unique"), .vmid,
    ]

  static let newContainer: [ParameterRule] =
    lxc.filter { !["delete", "digest", "revert"].contains($0.name) } + [
      .number("bwlimit", 0), .boolean("force"), .boolean("ha-managed"), .boolean("ignore-unpack-errors"),
      .string("ostemplate", upTo: 255, required: true), .string("password"), .string("pool"), .boolean("restore"),
      .string("ssh-public-keys"), .boolean("start"), .string("storage", .storage), .boolean("unique"), .vmid,
    ]
}
