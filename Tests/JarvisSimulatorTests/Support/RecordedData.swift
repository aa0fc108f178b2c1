import Foundation
import JarvisAPI

/// Recordings of the real Proxmox API, where they are at hand: `JARVIS_TEST_DATA`, else `../shared/data` beside the package.
enum RecordedData {
  static let folder: String = {
    if let given = ProcessInfo.processInfo.environment["JARVIS_TEST_DATA"] { return given }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return root.appendingPathComponent("../shared/data").standardizedFileURL.path
  }()

  static let exchangesPath = folder + "/pve/recorded-9.2.11.jsonl"
  static let schemaPath = folder + "/pve/api-9.2.11.json"
  static var available: Bool { FileManager.default.fileExists(atPath: exchangesPath) }
  static let missing = "no recordings: set JARVIS_TEST_DATA to the folder that holds pve/recorded-9.2.11.jsonl"

  struct Exchange: Sendable, CustomStringConvertible {
    let name: String
    let method: String
    /// As it was sent, percent-encoded.
    let path: String
    let query: [(name: String, value: String)]
    let requestBody: String
    let authorization: String
    let token: String?
    let status: Int
    let reason: String
    let headers: [String: String]
    let body: String

    var description: String { "\(name): \(method) \(path)" }
    var data: JSONValue? { (try? JSONValue(parsing: body))?["data"] }
  }

  /// All exchanges, read once for all tests.
  static func exchanges() throws -> [Exchange] { try read.get() }

  private static let read = Result { try readExchanges() }

  private static func readExchanges() throws -> [Exchange] {
    try String(contentsOfFile: exchangesPath, encoding: .utf8).split(separator: "\n").compactMap { line in
      let row = try JSONValue(parsing: String(line))
      guard row["body_encoding"]?.string == "utf-8" else { return nil }
      var query: [(name: String, value: String)] = []
      switch row["query"] {
      case .object(let fields): query = fields.map { ($0.key, $0.value.string ?? $0.value.text) }
      case .string(let text):
        query = text.split(separator: "&").map {
          let sides = $0.split(separator: "=", maxSplits: 1)
          return (String(sides[0]), sides.count > 1 ? String(sides[1]) : "")
        }
      default: break
      }
      return Exchange(
        name: row["name"]?.string ?? "", method: row["method"]?.string ?? "", path: row["path"]?.string ?? "",
        query: query, requestBody: row["request_body"]?.string ?? "", authorization: row["auth"]?.string ?? "",
        token: row["as"]?.string, status: row["status"]?.int ?? 0, reason: row["reason"]?.string ?? "",
        headers: (row["headers"]?.object ?? [:]).compactMapValues(\.string), body: row["body"]?.string ?? "")
    }
  }

  static func schema() throws -> [JSONValue] {
    try JSONValue(parsing: String(contentsOfFile: schemaPath, encoding: .utf8)).array ?? []
  }
}
