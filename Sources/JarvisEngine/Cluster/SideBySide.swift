import JarvisAPI

/// Asks many at once, a bounded number at a time. Each answer stands alone: one that hangs delays no other.
enum SideBySide {
  /// Requests under way at the same time.
  static let width = 16

  static func ask<Key: Hashable & Sendable, Answer: Sendable>(
    _ keys: [Key], _ question: @escaping @Sendable (Key) async throws(ProxmoxError) -> Answer
  ) async -> [Key: Result<Answer, ProxmoxError>] {
    await withTaskGroup(of: (Key, Result<Answer, ProxmoxError>).self) { group in
      var rest = keys.makeIterator()
      var answers: [Key: Result<Answer, ProxmoxError>] = [:]
      func add(_ group: inout TaskGroup<(Key, Result<Answer, ProxmoxError>)>) {
        guard let key = rest.next() else { return }
        group.addTask {
          let answer = await Result.of { () throws(ProxmoxError) in try await question(key) }
          return (key, answer)
        }
      }
      for _ in 0..<width { add(&group) }
      while let (key, answer) = await group.next() {
        answers[key] = answer
        add(&group)
      }
      return answers
    }
  }
}
