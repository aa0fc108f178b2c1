import JarvisAPI

/// Facts that code put into a prompt as JSON, spoken by their shape: the local model adds nothing to them.
enum FactsReader {
  /// The facts of a prompt in words; nil where it holds none.
  static func speak(_ prompt: String) -> String? {
    let found = facts(in: prompt)
    guard !found.isEmpty else {
      return prompt.contains("<facts>")
        ? "The facts that I was given cannot be read, so I say nothing about them." : nil
    }
    let question = MindQuestion(withoutFacts(MindExchange.questionText(prompt)))
    let parts = found.flatMap { sentences($0.value["facts"] ?? $0.value, question, depth: 0) }
    return parts.isEmpty ? nil : parts.joined(separator: "\n")
  }

  /// The prompt without its JSON.
  static func withoutFacts(_ prompt: String) -> String {
    var kept = ""
    var start = prompt.startIndex
    for fact in facts(in: prompt) {
      kept += prompt[start..<fact.range.lowerBound] + " "
      start = fact.range.upperBound
    }
    return (kept + prompt[start...]).trimmed
  }

  /// Objects of one prompt that are read.
  private static let maximumFacts = 12
  /// Opening braces looked at.
  private static let maximumTries = 40

  private static func facts(in prompt: String) -> [(value: JSONValue, range: Range<String.Index>)] {
    var found: [(value: JSONValue, range: Range<String.Index>)] = []
    var start = prompt.startIndex
    for _ in 0..<maximumTries where found.count < maximumFacts {
      guard let open = prompt[start...].firstIndex(of: "{") else { break }
      start = prompt.index(after: open)
      guard let end = balancedEnd(prompt, from: open) else { continue }
      // Braces that are no JSON are the person's own.
      if let value = try? JSONValue(parsing: String(prompt[open..<end])), value.object?.isEmpty == false {
        found.append((value, open..<end))
        start = end
      }
    }
    return found
  }

  private static func balancedEnd(_ text: String, from open: String.Index) -> String.Index? {
    var depth = 0
    var inString = false
    var escaped = false
    for index in text[open...].indices {
      let character = text[index]
      if inString {
        if escaped {
          escaped = false
        } else if character == "\\" {
          escaped = true
        } else if character == "\"" {
          inString = false
        }
        continue
      }
      switch character {
      case "\"": inString = true
      case "{": depth += 1
      case "}":
        depth -= 1
        if depth == 0 { return text.index(after: index) }
      default: break
      }
    }
    return nil
  }

  private static let maximumDepth = 3

  private static func sentences(_ value: JSONValue, _ question: MindQuestion, depth: Int) -> [String] {
    if let error = value["error"]?.string {
      return ["That could not be read: \(MindFigures.name(.string(error)))."]
    }
    if value["guests"]?["running"] != nil {
      return [OverviewPhrases.speak(status: value, storages: nil, events: nil)]
    }
    if value["config"]?.object != nil { return [ConfigPhrases.speak(value)] }
    if value["vmid"] != nil && value["status"] != nil { return [GuestPhrases.speak(value)] }
    if value["name"] != nil && value["cores"] != nil { return [NodePhrases.speak(value)] }
    if let log = TaskPhrases.logTail(value) { return ["The end of the log:\n\(log)"] }
    var parts: [String] = []
    if value["guests"]?.array != nil { parts.append(GuestPhrases.list(value.entries("guests"), question: question)) }
    if value["nodes"]?.array != nil { parts.append(NodePhrases.list(value.entries("nodes"))) }
    if value["storages"]?.array != nil { parts.append(StoragePhrases.list(value.entries("storages"))) }
    if value["tasks"]?.array != nil {
      parts.append(TaskPhrases.list(value.entries("tasks"), about: nil, backups: false))
    }
    if value["events"]?.array != nil { parts.append(EventPhrases.list(value.entries("events"))) }
    if parts.isEmpty, depth < maximumDepth, let fields = value.object {
      for (key, field) in fields.sorted(by: { $0.key < $1.key }) {
        if field.object != nil {
          parts += sentences(field, question, depth: depth + 1)
        } else if field.array == nil {
          parts.append("\(MindFigures.sentence(MindFigures.name(.string(key)))): \(MindFigures.name(field)).")
        }
      }
    }
    return parts
  }
}
