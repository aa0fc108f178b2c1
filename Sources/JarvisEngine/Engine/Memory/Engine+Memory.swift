import Foundation
import JarvisAPI
import JarvisMemory
import JarvisStorage

extension Engine {
  /// Items and conversations that a screen is given at most.
  static let shownMemories = 500

  /// What a screen asks of memory.
  func memoryCommand(_ request: MemoryRequest, fromKeyHolder: Bool) async throws(UserFacingError) -> MemoryAnswer {
    let memory = parts.memory.store
    do throws(StorageError) {
      switch request {
      case .items(let about): return .items(try await memory.page(about: about, limit: Self.shownMemories))
      case .given(let id):
        guard let message = try await parts.store.message(id) else {
          throw StorageError(
            .failed, attempted: "show what an answer was given", reason: "the answer is no longer there")
        }
        return .given(
          try await memory.given(
            to: id, in: message.conversation, withOpening: message.badge?.decision.route == .claude))
      case .conversations(let about):
        return .conversations(try await memory.conversations(about: about, limit: Self.shownMemories))
      case .edit, .pin, .forget: break
      }
    } catch {
      throw error.userFacing
    }
    // What is in force makes the gate stricter: to take it back is for whoever decides at the gate.
    try requireHolder(fromKeyHolder, for: "change what is remembered")
    do throws(StorageError) {
      switch request {
      case .edit(let id, let text): try await memory.edit(id, text: text)
      case .pin(let id, let pinned): try await memory.pin(id, pinned)
      case .forget(let id): try await memory.forget([id])
      case .items, .given, .conversations: break
      }
    } catch {
      throw error.userFacing
    }
    await parts.memory.changed()
    return .items(try await page(""))
  }

  private func page(_ about: String) async throws(UserFacingError) -> MemoryPage {
    do throws(StorageError) {
      return try await parts.memory.store.page(about: about, limit: Self.shownMemories)
    } catch {
      throw error.userFacing
    }
  }

  /// What is left of a conversation whose turns have expired, for a person who opens it.
  func remains(of id: ConversationID) async throws(StorageError) -> [ChatMessage] {
    guard let summary = try await parts.memory.store.summary(of: id), let end = summary.expiredAt else { return [] }
    let day = end.formatted(Date.ISO8601FormatStyle(timeZone: parts.options.zone).year().month().day())
    return [
      ChatMessage(
        conversation: id, role: .notice, text: "Its turns expired on \(day). What remains of it:\n\n\(summary.text)",
        at: end)
    ]
  }
}
