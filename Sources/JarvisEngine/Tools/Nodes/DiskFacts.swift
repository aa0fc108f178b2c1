import JarvisAPI
import JarvisCluster
import JarvisSSH

/// A disk as API or shell tell it.
struct DiskFacts: Sendable {
  var device: String
  var model: String
  /// "ssd", "hdd", "nvme".
  var kind: String
  /// Bytes.
  var size: Int64?
  /// SMART's own word: "PASSED", "FAILED".
  var health: String?
  /// Percent of its life used.
  var wear: Int?
  var celsius: Int?
  /// Counters that are not zero and should be: "5 reallocated sectors".
  var warnings: [String] = []

  init(device: String, model: String, kind: String, size: Int64?) {
    self.device = device
    self.model = model
    self.kind = kind
    self.size = size
  }

  init(_ record: Record) {
    device = record.id
    model = record.fields["model"].words
    kind = record.fields["type"].words
    size = record.fields["size"]?.whole
    health = record.fields["health"]?.string.flatMap { $0 == "UNKNOWN" ? nil : $0 }
    // The API tells what is left of a disk's life.
    wear = record.fields["wearout"]?.lifeUsed
  }

  mutating func take(smart: SmartFacts) {
    health = smart.health ?? health
    wear = smart.wear ?? wear
    celsius = smart.celsius ?? celsius
    warnings = smart.warnings
  }

  /// Percent of life used from which a disk is worth a look.
  static let wornOut = 90

  var isBad: Bool {
    !(["PASSED", "OK"].contains(health ?? "PASSED")) || !warnings.isEmpty || (wear ?? 0) >= Self.wornOut
  }

  var json: JSONValue {
    [
      "device": .string(device), "model": .string(model), "type": .string(kind),
      "size_gib": size.map { ToolFormat.gib($0) } ?? .null, "health": ToolFormat.json(health),
      "wear_percent": wear.map { .int($0) } ?? .null, "celsius": celsius.map { .int($0) } ?? .null,
      "warnings": .array(warnings.map { .string($0) }),
    ]
  }
}

/// What matters of a disk's SMART values.
struct SmartFacts: Sendable {
  var health: String?
  var wear: Int?
  var celsius: Int?
  var warnings: [String] = []

  /// ATA attributes whose raw value should stay zero, by number.
  private static let counters = [
    5: "reallocated sectors", 187: "uncorrectable errors", 197: "pending sectors", 198: "offline uncorrectable sectors",
  ]

  /// `GET …/disks/smart`: attributes of an ATA disk, or the text of an NVMe one.
  init(api: [String: JSONValue]) {
    health = api["health"]?.string.flatMap { $0 == "UNKNOWN" ? nil : $0 }
    wear = api["wearout"]?.lifeUsed
    for row in api["attributes"]?.array ?? [] {
      guard let number = row["id"].words.split(separator: " ").last.flatMap({ Int($0) }) else { continue }
      let raw = Int(row["raw"].words.prefix { $0.isNumber })
      take(attribute: number, raw: raw)
    }
    for line in (api["text"]?.string ?? "").split(separator: "\n") { take(line: line) }
  }

  /// The JSON of `smartctl -j -H -A`.
  init(smartctl value: JSONValue) {
    health = value["smart_status"]?["passed"]?.bool.map { $0 ? "PASSED" : "FAILED" }
    celsius = value["temperature"]?["current"]?.int
    for row in value["ata_smart_attributes"]?["table"]?.array ?? [] {
      if let number = row["id"]?.int { take(attribute: number, raw: row["raw"]?["value"]?.int) }
    }
    guard let log = value["nvme_smart_health_information_log"] else { return }
    wear = log["percentage_used"]?.int ?? wear
    if let errors = log["media_errors"]?.int, errors > 0 { warnings.append("\(errors) media errors") }
    if let flags = log["critical_warning"]?.int, flags > 0 { warnings.append("critical warning \(flags)") }
  }

  private mutating func take(attribute number: Int, raw: Int?) {
    guard let raw else { return }
    if let what = Self.counters[number], raw > 0 { warnings.append("\(raw) \(what)") }
    // Some disks keep minimum and maximum in the higher bytes.
    if number == 194 || (number == 190 && celsius == nil) { celsius = raw & 0xFF }
  }

  /// "Temperature:  41 Celsius", "Media and Data Integrity Errors:  0" of an NVMe disk.
  private mutating func take(line: Substring) {
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].drop { $0 == " " }
    let number = Int(value.prefix { $0.isNumber })
    switch line[..<colon] {
    case "Temperature": celsius = number
    case "Percentage Used": wear = number
    case "Media and Data Integrity Errors": if let number, number > 0 { warnings.append("\(number) media errors") }
    case "Critical Warning": if !value.isEmpty, value != "0x00" { warnings.append("critical warning \(value)") }
    default: break
    }
  }
}

/// Disks over SSH, where the API's right is missing.
struct DiskShell {
  let context: ToolContext
  let node: String

  func disks() async throws(UserFacingError) -> [DiskFacts] {
    let text = try await context.output(of: "lsblk --json -b -d -o NAME,SIZE,TYPE,ROTA,MODEL", on: node)
    // Text that is no JSON is told as no disks.
    let rows = (try? JSONValue(parsing: text))?["blockdevices"]?.array ?? []
    var disks: [DiskFacts] = []
    for row in rows where row["type"]?.string == "disk" {
      let name = row["name"].words
      guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { continue }
      let rotates = row["rota"]?.bool ?? (row["rota"].words == "1")
      var disk = DiskFacts(
        device: "/dev/" + name, model: row["model"].words,
        kind: name.hasPrefix("nvme") ? "nvme" : rotates ? "hdd" : "ssd", size: row["size"]?.whole)
      disk.take(smart: try await smart(of: disk.device))
      disks.append(disk)
    }
    return disks
  }

  func smart(of device: String) async throws(UserFacingError) -> SmartFacts {
    // smartctl's exit code is a set of bits about the disk, not about the command.
    let result = try await context.execute("smartctl -j -H -A \(ShellQuote.quoted(device))", on: node)
    guard let value = try? JSONValue(parsing: String(decoding: result.standardOutput, as: UTF8.self)) else {
      throw UserFacingError(
        .negative, attempted: "read the SMART values of \(device) on \(node)", reason: "`smartctl` gave no JSON",
        advice: "is smartmontools installed there, and may this user run it?")
    }
    return SmartFacts(smartctl: value)
  }
}

extension JSONValue {
  /// Percent of a disk's life that is used, from what the API says is left of it; nil for what is no such figure.
  fileprivate var lifeUsed: Int? { whole.flatMap { (0...100).contains($0) ? 100 - Int($0) : nil } }
}
