import JarvisAPI
import JarvisCluster

/// What a node's sensors tell of heat; the API has none of it.
struct NodeTemperaturesTool: ReadTool {
  let context: ToolContext
  let name = "node_temperatures"
  let summary = "Temperatures of a node's processor, disks and boards, read by `sensors` over SSH."
  let inputSchema = ToolParameter.schema([.node])
  let typedName = "temperatures"
  let typedArguments = ["node"]

  /// One place where heat is measured. Degrees Celsius.
  struct Heat: Sendable, Hashable {
    var chip: String
    var label: String
    var celsius: Double
    var high: Double?
    var critical: Double?

    var isHigh: Bool { (critical.map { celsius >= $0 } ?? false) || (high.map { celsius >= $0 } ?? false) }
  }

  /// Limits that chips tell and nobody means.
  static let absurd = 150.0

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let node = try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "")
    let text = try await context.output(of: "sensors -j", on: node.name)
    let heats: [Heat]
    do {
      heats = Self.read(try JSONValue(parsing: text))
    } catch {
      throw UserFacingError(
        .negative, attempted: "read the sensors of \(node.name)", reason: "`sensors -j` gave no JSON",
        advice: "is lm-sensors installed there, and was sensors-detect run?")
    }
    var table = TextTable(["chip", "sensor", "°C", "high", "critical"])
    for heat in heats {
      table.add([
        heat.chip, heat.label, "\(heat.celsius)", heat.high.map { "\($0)" } ?? "", heat.critical.map { "\($0)" } ?? "",
      ])
    }
    let hottest = heats.max { $0.celsius < $1.celsius }
    return ToolReport(
      content: [
        "node": .string(node.name), "hottest_celsius": hottest.map { .double($0.celsius) } ?? .null,
        "too_hot": .array(heats.filter(\.isHigh).map { .string("\($0.chip) \($0.label)") }),
        "sensors": .array(
          heats.map {
            [
              "chip": .string($0.chip), "label": .string($0.label), "celsius": .double($0.celsius),
              "high": $0.high.map { .double($0) } ?? .null, "critical": $0.critical.map { .double($0) } ?? .null,
            ]
          }),
      ], summary: hottest.map { "hottest \($0.celsius) °C (\($0.label))" } ?? "no temperatures",
      text: heats.isEmpty ? "no sensor tells a temperature" : table.text)
  }

  /// The JSON of `sensors`: chip → label → "temp1_input", "temp1_max", "temp1_crit".
  static func read(_ value: JSONValue) -> [Heat] {
    (value.object ?? [:]).sorted { $0.key < $1.key }.flatMap { chip, places in
      (places.object ?? [:]).sorted { $0.key < $1.key }.compactMap { label, figures -> Heat? in
        guard let figures = figures.object,
          let input = figures.first(where: { $0.key.hasPrefix("temp") && $0.key.hasSuffix("_input") })?.value.number
        else { return nil }
        func limit(_ ending: String) -> Double? {
          figures.first { $0.key.hasPrefix("temp") && $0.key.hasSuffix(ending) }?.value.number
            .flatMap { $0 > 0 && $0 < absurd ? $0 : nil }
        }
        return Heat(chip: chip, label: label, celsius: input, high: limit("_max"), critical: limit("_crit"))
      }
    }
  }
}
