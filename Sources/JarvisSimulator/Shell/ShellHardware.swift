import JarvisAPI

/// `sensors`, `smartctl`, `lsblk` and `apt list` of the simulated nodes, from the same state as the API's answers.
enum ShellHardware {
  static func sensors(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let heat = scene.cluster.processorHeat(of: scene.node, at: scene.now)
    let chip = scene.node.configuration.cpuModel.hasPrefix("AMD") ? "k10temp-pci-00c3" : "coretemp-isa-0000"
    var chips: [String: JSONValue] = [
      chip: [
        "Adapter": "ISA adapter",
        "Package id 0": ["temp1_input": .double(heat), "temp1_max": 100, "temp1_crit": 105],
      ]
    ]
    for (index, disk) in scene.node.configuration.disks.enumerated() where disk.kind == "nvme" {
      chips["nvme-pci-0\(index + 1)00"] = [
        "Adapter": "PCI adapter",
        "Composite": [
          "temp1_input": .int(scene.cluster.heat(of: disk, in: scene.node, at: scene.now)), "temp1_max": 84,
          "temp1_crit": 89,
        ],
      ]
    }
    if arguments.contains("-j") { return ShellOutput(JSONValue.object(chips).text + "\n") }
    let text = chips.sorted { $0.key < $1.key }.map { name, values in
      let rows = (values.object ?? [:]).sorted { $0.key < $1.key }.compactMap { label, value in
        value["temp1_input"]?.number.map { "\(label):  +\($0) C\n" }
      }
      return "\(name)\n\(rows.joined())\n"
    }
    return ShellOutput(text.joined())
  }

  static func smartctl(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let path = arguments.last ?? ""
    guard let disk = scene.node.configuration.disks.first(where: { "/dev/" + $0.name == path }) else {
      return ShellOutput("{}\n", error: "Smartctl open device: \(path) failed: No such device\n", code: 2)
    }
    let heat = scene.cluster.heat(of: disk, in: scene.node, at: scene.now)
    guard arguments.contains("-j") else {
      return ShellOutput(smartText(disk, heat, arguments))
    }
    var value: [String: JSONValue] = [
      "model_name": .string(disk.model), "smart_status": ["passed": true], "temperature": ["current": .int(heat)],
    ]
    if disk.kind == "nvme" {
      value["nvme_smart_health_information_log"] = [
        "critical_warning": 0, "temperature": .int(heat), "percentage_used": .int(100 - (disk.life ?? 100)),
        "media_errors": 0,
      ]
    } else {
      value["ata_smart_attributes"] = [
        "table": [
          ["id": 5, "name": "Reallocated_Sector_Ct", "raw": ["value": .int(disk.reallocated)]],
          ["id": 197, "name": "Current_Pending_Sector", "raw": ["value": 0]],
        ]
      ]
    }
    return ShellOutput(JSONValue.object(value).text + "\n")
  }

  /// `-H` tells the verdict alone, `-A` and `-a` the counters, too.
  private static func smartText(_ disk: DiskConfiguration, _ heat: Int, _ arguments: [String]) -> String {
    var text = "smartctl 7.4 2024-10-15 r5620 [x86_64-linux-\(NodeEndpoints.kernel)] (local build)\n\n"
    if arguments.contains("-i") || arguments.contains("-a") {
      text +=
        "=== START OF INFORMATION SECTION ===\nDevice Model:     \(disk.model)\nSerial Number:    \(disk.serial)\n"
        + "User Capacity:    \(disk.size) bytes\n\n"
    }
    text += "=== START OF READ SMART DATA SECTION ===\n"
    if arguments.contains("-H") || arguments.contains("-a") {
      text += "SMART overall-health self-assessment test result: PASSED\n"
    }
    guard arguments.contains("-A") || arguments.contains("-a") else { return text }
    if disk.kind == "nvme" {
      return text + "Temperature:                        \(heat) Celsius\n"
        + "Percentage Used:                    \(100 - (disk.life ?? 100))%\n"
    }
    return text + "ID# ATTRIBUTE_NAME          RAW_VALUE\n  5 Reallocated_Sector_Ct   \(disk.reallocated)\n"
      + "194 Temperature_Celsius     \(heat)\n197 Current_Pending_Sector  0\n"
  }

  static func processor(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    ShellOutput(
      "Architecture:            x86_64\nCPU(s):                  \(scene.node.configuration.cores)\n"
        + "Model name:              \(scene.node.configuration.cpuModel)\n")
  }

  static func lsblk(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let disks = scene.node.configuration.disks
    guard arguments.contains("--json") || arguments.contains("-J") else {
      let rows = disks.map { [$0.name, TextTable.size($0.size), "disk"] }
      return ShellOutput(TextTable.text([["NAME", "SIZE", "TYPE"]] + rows, [.left, .right, .left]))
    }
    let rows = disks.map { disk -> JSONValue in
      [
        "name": .string(disk.name), "size": .int(disk.size), "type": "disk", "rota": .bool(disk.kind == "hdd"),
        "model": .string(disk.model),
      ]
    }
    return ShellOutput(JSONValue.object(["blockdevices": .array(rows)]).text + "\n")
  }

  static func apt(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    guard arguments.first == "list" else {
      return ShellOutput(error: "E: the simulated apt knows `list` only\n", code: 100)
    }
    let rows = scene.node.configuration.updates.map {
      "\($0.name)/stable \($0.new) amd64 [upgradable from: \($0.old)]\n"
    }
    return ShellOutput("Listing...\n" + rows.joined())
  }
}
