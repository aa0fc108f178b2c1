import ArgumentParser
import Foundation
import JarvisRouting

/// One line of a file of messages to route.
struct RoutingCase: Decodable {
  struct Past: Decodable {
    var role: String
    var text: String
  }
  var id: String
  var text: String
  var context: [Past]?
  /// "needs_tools", "live" or "conversational", where the truth is known.
  var label: String?
  /// "talk", "state", "diagnosis" or "change", where the workload tells.
  var workClass: String?
  /// Since the turn before.
  var minutes: Double?
  /// For a table by kind.
  var kind: String?
  var group: String?

  enum CodingKeys: String, CodingKey {
    case id, text, context, label, minutes, kind, group
    case workClass = "class"
  }

  var past: [PastMessage] {
    (context ?? []).map { PastMessage(role: $0.role == "assistant" ? .assistant : .user, text: $0.text) }
  }

  /// Nil where no truth is told.
  var needsTools: Bool? { label.map { $0 != "conversational" } }

  static func read(_ path: String) throws -> [RoutingCase] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw ValidationError("The cases could not be read from \(path): \(error.localizedDescription)")
    }
    let decoder = JSONDecoder()
    return try data.split(separator: 0x0A).filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x0D } }.enumerated().map {
      line, bytes in
      do {
        return try decoder.decode(RoutingCase.self, from: bytes)
      } catch {
        throw ValidationError("\(path):\(line + 1) is not a case: \(error)")
      }
    }
  }
}
