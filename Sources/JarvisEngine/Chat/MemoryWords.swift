import Foundation
import JarvisAPI
import JarvisMemory
import JarvisStorage

/// Typed commands about memory. They change nothing but memory itself, so no tool and no gate stands behind them; to forget
/// and to correct is the memory view's, where the whole item is seen.
public enum MemoryWords {
  /// Items that one answer lists.
  static let maximumListed = 20

  /// Whether a typed line is one of these, with what it says then being no news to memory.
  static func isOne(_ line: String) -> Bool {
    let name = line.split(separator: " ", maxSplits: 1).first?.lowercased()
    return infos.contains { $0.name == name }
  }

  /// For help and completion.
  public static let infos = [
    TypedCommandInfo(
      name: "memory", usage: "[WORDS]", summary: "What is remembered, newest first, or about some words.", tier: .green),
    TypedCommandInfo(
      name: "remember", usage: "TEXT", summary: "Remember a fact or a preference, for every conversation.", tier: .green
    ),
  ]
}

extension ChatMemory {
  /// Carries out a typed command; nil where it is none about memory.
  /// - Returns: what to say, and the memories that stand in it.
  func typed(_ line: String) async -> (text: String, items: [MemoryItem])? {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
    switch parts.first?.lowercased() {
    case "memory": return await listed(about: rest)
    case "remember":
      guard !rest.isEmpty else { return ("Could not remember: nothing to remember. `/remember TEXT`", []) }
      return await remembered(rest)
    default: return nil
    }
  }

  /// Notes which memories an answer by code holds: who forgets one of them takes it out of the conversation, too.
  func keepListed(_ items: [MemoryItem], in answer: ChatMessage) async {
    guard !items.isEmpty else { return }
    let builder = ContextBuilder(zone: zone)
    let given = items.map { MemoryContext.Given(id: $0.id, section: .listed, line: builder.line($0), tokens: 0) }
    await safely(()) { () async throws(StorageError) in
      try await store.keepGiven(given, to: answer.id, in: answer.conversation)
    }
  }

  private func listed(about words: String) async -> (text: String, items: [MemoryItem]) {
    await safely(("Memory could not be read.", [])) { () async throws(StorageError) in
      var found: Recalled
      if words.isEmpty {
        let items = try await store.list(limit: MemoryWords.maximumListed)
        found = Recalled(hits: items.map { Recalled.Hit(item: $0, score: 1) })
      } else {
        found = try await store.recall(words, limit: MemoryWords.maximumListed)
      }
      guard !found.hits.isEmpty else { return ("Nothing is remembered about that.", []) }
      let builder = ContextBuilder(zone: zone)
      let lines = found.hits.map { builder.line($0.item) }
      let head = found.widened ? "Nothing is remembered from that time; from others:\n\n" : ""
      return (head + lines.joined(separator: "\n"), found.hits.map(\.item))
    }
  }

  private func remembered(_ text: String) async -> (text: String, items: [MemoryItem]) {
    let id = await safely(nil) { () async throws(StorageError) -> MemoryID? in
      try await store.remember(text, source: "operator")
    }
    guard let id, let item = await safely(nil, { () async throws(StorageError) in try await store.item(id) }) else {
      return ("It could not be remembered.", [])
    }
    await learned()
    let learned = Learned(
      facts: [StatedFact(text: item.text, kind: item.kind, subject: nil, preference: item.preference)], isAll: true)
    return (learned.text, [item])
  }
}
