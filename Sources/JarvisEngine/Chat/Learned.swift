import JarvisAPI
import JarvisMemory

/// What a message stated, and how it is said back.
struct Learned: Sendable, Hashable {
  var facts: [StatedFact]
  /// The message did nothing else: code answers it.
  var isAll: Bool

  /// For the person, in an answer; empty where nothing was stated.
  var text: String {
    guard !facts.isEmpty else { return "" }
    let lines = facts.map { "- " + Self.sentence($0) }
    return
      (["Remembered, for every conversation from now on:"] + lines + [
        "", "`/memory` lists what is remembered; the memory view (F11) corrects and forgets.",
      ])
      .joined(separator: "\n")
  }

  private static func sentence(_ fact: StatedFact) -> String {
    let said = "\"\(Sanitiser.clean(fact.text, keepingNewlines: false).replacing("\"", with: "'"))\""
    guard let preference = fact.preference else { return said }
    return "\(said) – \(effect(of: preference))"
  }

  private static func effect(of preference: Preference) -> String {
    switch preference {
    case .notify(let severity, let channel):
      // Nothing sends yet: notices stay on the screen, and to say anything else would be a promise.
      "\(severity) notices by \(channel) is kept; no channel is connected yet"
    case .askBefore(let tool, let target):
      "I ask before every \(what(tool))\(target.map { " of \($0)" } ?? ""), whatever else is allowed"
    case .never(let tool, let target):
      "every \(what(tool))\(target.map { " of \($0)" } ?? "") is refused, whoever asks"
    case .offOnPurpose(let guest): "no trouble is made of it until you say that \(guest) should run again"
    case .alias(let name, let thing): "\"\(name)\" is \(thing)"
    }
  }

  private static func what(_ tool: String?) -> String {
    guard let tool else { return "change" }
    let words = tool.split(separator: "_")
    // "reboot_guest" is a reboot; "delete_snapshot" is what it says.
    return words.last == "guest" || words.last == "node"
      ? words.dropLast().joined(separator: " ") : words.joined(separator: " ")
  }
}
