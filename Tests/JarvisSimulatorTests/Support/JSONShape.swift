import JarvisAPI

/// Compares the shape of two JSON values: keys and types, not contents.
enum JSONShape {
  /// Keys that recorded objects have for reasons which the simulated cluster does not share: HA, pools, ballooning.
  static let optional: Set<String> = [
    "pool", "hastate", "serial", "balloon_min", "shares", "ballooninfo", "parent", "lock", "tags", "template", "agent",
    "inet6", "tokenid", "saved", "comment", "description", "nodes", "shared", "used_fraction", "startup", "delete",
    "pending", "arcsize", "statistics",
    // Settings that stand there only where somebody made them.
    "allowed-tags", "migration", "tag-style", "options", "prune-backups", "sparse", "path", "is_mountpoint", "disable",
  ]

  /// Rows of one list that are looked at: a year of history has the same shape from end to end.
  static let rows = 24

  static func type(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "bool"
    case .int, .double: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// What our value has that the recorded ones never had, or lacks that they always have.
  static func differences(_ ours: JSONValue, _ recorded: [JSONValue], at path: String = "data") -> [String] {
    guard !recorded.isEmpty else { return [] }
    let types = Set(recorded.map(type))
    guard types.contains(type(ours)) else { return ["\(path): \(type(ours)), recorded \(types.sorted())"] }
    switch ours {
    case .object(let fields):
      let theirs = recorded.compactMap(\.object)
      var found: [String] = []
      for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
        let examples = theirs.compactMap { $0[key] }
        if examples.isEmpty {
          if !optional.contains(key) { found.append("\(path).\(key): never recorded") }
        } else {
          found += differences(value, examples, at: "\(path).\(key)")
        }
      }
      let always = theirs.dropFirst().reduce(Set(theirs.first?.keys.map { $0 } ?? [])) { $0.intersection($1.keys) }
      found += always.subtracting(fields.keys).subtracting(optional).sorted().map { "\(path).\($0): missing" }
      return found
    case .array(let items):
      let theirs = recorded.compactMap(\.array).flatMap { $0 }
      let kin = Dictionary(grouping: theirs, by: kind).mapValues(varied)
      return (items.prefix(rows) + items.suffix(rows)).flatMap { item -> [String] in
        differences(item, kin[kind(item)] ?? [], at: "\(path)[\(kind(item))]")
      }
    default: return []
    }
  }

  /// One row for each set of keys and types.
  private static func varied(_ rows: [JSONValue]) -> [JSONValue] {
    var seen: Set<String> = []
    return rows.filter { row in
      let signature = (row.object ?? [:]).map { "\($0.key):\(type($0.value))" }.sorted().joined(separator: " ")
      return seen.insert(signature + type(row)).inserted || row.object?.values.contains { $0.object != nil } == true
    }
  }

  /// Rows of a mixed list are compared with rows of their own kind.
  private static func kind(_ value: JSONValue) -> String {
    guard let fields = value.object else { return type(value) }
    return [fields["type"]?.string, fields["status"]?.string].compactMap { $0 }.joined(separator: "/")
  }
}
