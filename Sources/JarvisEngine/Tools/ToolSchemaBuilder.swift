import JarvisAPI

/// The parameters of a tool, written once: they become its JSON Schema.
struct ToolParameter {
  let name: String
  let required: Bool
  private let schema: [String: JSONValue]

  private init(_ name: String, required: Bool, _ schema: [String: JSONValue]) {
    self.name = name
    self.required = required
    self.schema = schema
  }

  static func text(
    _ name: String, _ description: String, required: Bool = false, upTo length: Int = 256
  ) -> ToolParameter {
    ToolParameter(
      name, required: required,
      ["type": "string", "description": .string(description), "minLength": 1, "maxLength": .int(length)])
  }

  /// Several texts.
  static func list(_ name: String, upTo count: Int, _ description: String) -> ToolParameter {
    ToolParameter(
      name, required: false,
      [
        "type": "array", "description": .string(description), "minItems": 1, "maxItems": .int(count),
        "items": ["type": "string", "minLength": 1, "maxLength": 256],
      ])
  }

  /// Names with a plain value each.
  static func table(_ name: String, _ description: String) -> ToolParameter {
    ToolParameter(name, required: true, ["type": "object", "description": .string(description)])
  }

  static func choice(
    _ name: String, _ values: [String], _ description: String, required: Bool = false
  ) -> ToolParameter {
    ToolParameter(
      name, required: required,
      ["type": "string", "description": .string(description), "enum": .array(values.map { .string($0) })])
  }

  static func flag(_ name: String, _ description: String) -> ToolParameter {
    ToolParameter(name, required: false, ["type": "boolean", "description": .string(description)])
  }

  static func count(
    _ name: String, _ range: ClosedRange<Int>, _ description: String, required: Bool = false
  ) -> ToolParameter {
    ToolParameter(
      name, required: required,
      [
        "type": "integer", "description": .string(description), "minimum": .int(range.lowerBound),
        "maximum": .int(range.upperBound),
      ])
  }

  static let node = text("node", "name of the node", required: true)

  static let guest = text("guest", "name or vmid of the guest", required: true)

  /// The schema of an object with these parameters and no others.
  static func schema(_ parameters: [ToolParameter] = []) -> JSONValue {
    [
      "type": "object", "additionalProperties": false,
      "properties": .object(Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, .object($0.schema)) })),
      "required": .array(parameters.filter(\.required).map { .string($0.name) }),
    ]
  }
}
