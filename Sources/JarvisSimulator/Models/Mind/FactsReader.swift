import JarvisAPI

/// Facts that code put into a prompt as JSON, spoken by their shape: the local model adds nothing to them.
enum FactsReader {
  /// The facts of a prompt in words; nil where it holds none.
  static func speak(_ prompt: String) -> String? {
    guard let (value, _) = facts(in: prompt) else { return nil }
    let question = MindQuestion(withoutFacts(MindExchange.questionText(prompt)))
    let parts = sentences(value, question, depth: 0)
    return parts.isEmpty ? nil : parts.joined(separator: "\n")
  }

  /// The prompt without its JSON.
  static func withoutFacts(_ prompt: String) -> String {
    guard let (_, range) = facts(in: prompt) else { return prompt }
    return (prompt[..<range.lowerBound] + " " + prompt[range.upperBound...]).trimmed
  }

  private static func facts(in prompt: String) -> (JSONValue, Range<String.Index>)? {
    var start = prompt.startIndex
    var tries = 0
    while tries < maximumTries, let open = prompt[start...].firstIndex(of: "{") {
      tries += 1
      if let end = balancedEnd(prompt, from: open) {
        let text = String(prompt[open..<end])
        // Braces that are no JSON are the person's own.
        if let value = try? JSONValue(parsing: text), let fields = value.object, !fields.isEmpty {
          return (value["facts"] ?? value, open..<end)
        }
      }
      start = prompt.index(after: open)
    }
    return nil
  }

  /// Opening braces looked at for the beginning of the facts.
  private static let maximumTries = 8

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
    if let guests = value["guests"]?.array { parts.append(GuestPhrases.list(guests, question: question)) }
    if let nodes = value["nodes"]?.array { parts.append(NodePhrases.list(nodes)) }
    if let storages = value["storages"]?.array { parts.append(StoragePhrases.list(storages)) }
    if let tasks = value["tasks"]?.array { parts.append(TaskPhrases.list(tasks, about: nil, backups: false)) }
    if let events = value["events"]?.array { parts.append(EventPhrases.list(events)) }
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
