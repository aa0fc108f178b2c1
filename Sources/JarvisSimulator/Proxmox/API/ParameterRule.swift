import JarvisAPI

/// What the published schema says of one parameter.
struct ParameterRule: Sendable {
  enum Kind: Sendable, Hashable {
    case boolean
    case integer(minimum: Int?, maximum: Int?)
    case number(minimum: Double?, maximum: Double?)
    case string(Format?, maximumLength: Int?)
    case oneOf([String])
    /// Several texts, each a parameter of the same name.
    case list
  }

  /// Formats of strings that are checked.
  enum Format: Sendable, Hashable { case node, storage, configID, dnsName, upid, memory, network, volume }

  /// As in the schema; "net[n]" stands for net0, net1, …
  let name: String
  let kind: Kind
  let required: Bool

  static func boolean(_ name: String) -> Self { .init(name: name, kind: .boolean, required: false) }
  static func integer(_ name: String, _ minimum: Int? = nil, _ maximum: Int? = nil, required: Bool = false) -> Self {
    .init(name: name, kind: .integer(minimum: minimum, maximum: maximum), required: required)
  }
  static func number(_ name: String, _ minimum: Double? = nil, _ maximum: Double? = nil) -> Self {
    .init(name: name, kind: .number(minimum: minimum, maximum: maximum), required: false)
  }
  static func string(_ name: String, _ format: Format? = nil, upTo length: Int? = nil, required: Bool = false) -> Self {
    .init(name: name, kind: .string(format, maximumLength: length), required: required)
  }
  static func list(_ name: String) -> Self { .init(name: name, kind: .list, required: false) }
  static func oneOf(_ name: String, _ values: String..., required: Bool = false) -> Self {
    .init(name: name, kind: .oneOf(values), required: required)
  }

  /// vmids are integers from 100 on.
  static let vmid = ParameterRule.integer("vmid", 100, 999_999_999, required: true)
  static let node = ParameterRule.string("node", .node, required: true)
  static let storage = ParameterRule.string("storage", .storage, required: true)
  static let upid = ParameterRule.string("upid", .upid, required: true)

  /// True where a request's parameter of this name is meant.
  func matches(_ given: String) -> Bool {
    guard name.hasSuffix("[n]") else { return name == given }
    let stem = name.dropLast(3)
    let index = given.dropFirst(stem.count)
    return given.hasPrefix(stem) && !index.isEmpty && index.count <= 3 && index.allSatisfy(\.isNumber)
  }

  /// What is wrong with a value, in Proxmox's words; nil where it is right.
  func complaint(_ value: ParameterValue, of given: String) -> String? {
    if kind == .list { return nil }
    guard case .one(let text) = value else { return "type check ('\(typeName)') failed - got ARRAY" }
    switch kind {
    case .boolean:
      return text == "0" || text == "1" ? nil : "type check ('boolean') failed - got '\(text)'"
    case .integer(let minimum, let maximum):
      guard let number = Int(text) else { return "type check ('integer') failed - got '\(text)'" }
      if name == "vmid", !(100...999_999_999).contains(number) {
        return "invalid format - value does not look like a valid VM ID\n"
      }
      return Self.bounds(number, minimum, maximum)
    case .number(let minimum, let maximum):
      guard let number = Double(text) else { return "type check ('number') failed - got '\(text)'" }
      return Self.bounds(number, minimum, maximum)
    case .string(let format, let length):
      if let length, text.count > length { return "value may only be \(length) characters long" }
      return format?.complaint(text, of: given)
    case .list: return nil
    case .oneOf(let values):
      return values.contains(text)
        ? nil : "value '\(text)' does not have a value in the enumeration '\(values.joined(separator: ", "))'"
    }
  }

  private var typeName: String {
    switch kind {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string, .oneOf: "string"
    case .list: "array"
    }
  }

  private static func bounds<Number: Comparable>(_ value: Number, _ minimum: Number?, _ maximum: Number?) -> String? {
    if let minimum, value < minimum { return "value must have a minimum value of \(minimum)" }
    if let maximum, value > maximum { return "value must have a maximum value of \(maximum)" }
    return nil
  }
}

extension ParameterRule.Format {
  func complaint(_ text: String, of given: String) -> String? {
    let ascii = text.unicodeScalars.allSatisfy { $0.isASCII }
    func only(_ extra: String) -> Bool {
      ascii && !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || extra.contains($0) }
    }
    let begins = text.first?.isLetter ?? false
    switch self {
    case .node: return only("-") ? nil : "invalid format - value does not look like a valid node name\n"
    case .storage:
      return only("-_.") && begins ? nil : "invalid format - storage ID '\(text)' contains illegal characters\n"
    case .configID: return only("-_") && begins ? nil : "invalid format - invalid configuration ID '\(text)'\n"
    case .dnsName: return only("-.") ? nil : "invalid format - value does not look like a valid DNS name\n"
    // A UPID is taken apart by its handler, which has its own words for a bad one.
    case .upid: return nil
    case .volume:
      // "none", a path, or STORAGE:VOLUME.
      let file = text.prefix { $0 != "," }
      guard let colon = file.firstIndex(of: ":") else { return nil }
      let fine = file[..<colon].unicodeScalars.allSatisfy { $0.isASCII }
      return fine
        ? nil : "invalid format - format error\n\(given).file: invalid format - unable to parse volume ID '\(file)'\n\n"
    case .memory:
      let size = text.split(separator: ",").first.map { $0.hasPrefix("current=") ? $0.dropFirst(8) : $0[...] } ?? ""
      return Int(size) != nil
        ? nil : "invalid format - format error\n\(given).current: type check ('integer') failed - got '\(size)'\n"
    case .network:
      let tag = text.split(separator: ",").first { $0.hasPrefix("tag=") }?.dropFirst(4)
      return (tag.flatMap { Int($0) } ?? 1) <= 4094
        ? nil : "invalid format - format error\n\(given).tag: value must have a maximum value of 4094\n"
    }
  }
}
