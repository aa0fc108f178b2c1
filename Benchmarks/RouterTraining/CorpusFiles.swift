import Foundation

/// The files of the corpus as they are on disk.
public struct CorpusFiles: Sendable {
  /// A family: one line of a template file.
  struct Family: Sendable {
    var file: String
    var number: Int
    var template: Template
    var source: String
    var needsTools: Bool
    /// Nil where nothing is learned about it.
    var strong: Bool?
    /// "tools", "offer" or "talk" where the line says what it follows.
    var follows: String?
  }

  let families: [Family]
  /// Fillings of slots by name; "log" is of `slots-log.txt`.
  let slots: [String: [String]]
  /// Folded messages of the project's own evaluation set and workload: what the generator makes by chance in the same words
  /// is not trained on.
  let withheld: Set<String>
  /// Of all bytes of all files, in order of their names.
  public let hash: UInt64

  /// What is wrong with a corpus, and where.
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  /// Slots that the generator fills by itself.
  static let names: Set<String> = ["guest", "node", "storage", "vmid", "digit", "letter"]

  /// Template files: whether they need tools, and whether they are strong work.
  private static let kinds: [(file: String, needsTools: Bool, strong: Bool?)] = [
    ("follow-talk", false, nil), ("follow-tools", true, nil), ("talk-coding", false, nil), ("talk-general", false, nil),
    ("talk-smalltalk", false, nil), ("talk-trade", false, nil),
    ("talk-world", false, nil), ("tools-change", true, true),
    ("tools-diagnosis", true, true), ("tools-paste", true, true), ("tools-read", true, false),
    ("tools-shell", true, nil),
  ]

  /// What the router is judged by, beside the corpus.
  private static let judges = ["evaluation/cluster", "workload/workload"]

  /// Words alone, without case and marks.
  static func folded(_ text: String) -> String {
    String(text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " }).split(separator: " ").joined(separator: " ")
  }

  public init(folder: URL) throws {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func lines(_ name: String, extension suffix: String = "txt") throws -> [(Int, String)] {
      let url = folder.appendingPathComponent(name + "." + suffix)
      guard let data = FileManager.default.contents(atPath: url.path) else {
        throw Failure(description: "the corpus file \(url.path) could not be read: is this the root of the repository?")
      }
      for byte in data { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .map { ($0.offset + 1, String($0.element)) }.filter { !$0.1.isEmpty && !$0.1.hasPrefix("# ") }
    }
    var slots: [String: [String]] = [:]
    for (number, line) in try lines("slots") {
      let sides = line.components(separatedBy: " = ")
      guard sides.count == 2 else { throw Failure(description: "slots.txt:\(number): \"name = a | b\" is wanted") }
      slots[sides[0]] = sides[1].components(separatedBy: " | ")
    }
    slots["log"] = try lines("slots-log").map(\.1)
    let known = Set(slots.keys).union(Self.names)
    var families: [Family] = []
    for kind in Self.kinds {
      for (number, line) in try lines(kind.file) {
        var source = line
        var follows: String?
        for mark in ["tools", "offer", "talk"] where source.hasPrefix(mark + "> ") {
          follows = mark
          source = String(source.dropFirst(mark.count + 2))
        }
        families.append(
          Family(
            file: kind.file, number: number, template: Template(source, slots: known), source: line,
            needsTools: kind.needsTools, strong: kind.strong, follows: follows))
      }
    }
    var withheld: Set<String> = []
    for file in Self.judges {
      for (_, line) in try lines("../" + file, extension: "jsonl") {
        struct Message: Decodable { var text: String }
        let message = try JSONDecoder().decode(Message.self, from: Data(line.utf8))
        withheld.insert(Self.folded(message.text))
      }
    }
    self.withheld = withheld
    self.families = families
    self.slots = slots
    self.hash = hash
  }
}
