import JarvisAPI

/// Programs with one use only.
enum DestructiveRules {
  static let families: [Family] = [
    Family([
      .code("mkfs") { call, _ in format(call) },
      .black(
        "sfill sswap wipe nwipe dban secure-delete zerofree",
        why: "erases disks or files so that nothing brings them back"),
      .black(
        "msfconsole msfvenom hydra john hashcat ettercap bettercap responder chisel ngrok frpc",
        why: "attacks, or opens this host to the outside"),
    ])
  ]

  static func format(_ call: Call) -> Finding {
    .black("mkfs", "makes a new file system: what is on the device is lost", "blkid shows what is there")
  }
}
