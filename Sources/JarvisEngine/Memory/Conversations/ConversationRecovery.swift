import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension ConversationStore {
  /// Puts right what an engine left half done that did not stop cleanly; call once at start, before anything is shown.
  ///
  /// Streaming and queued messages become interrupted. A tool that ran is said to have an unknown outcome – its task may
  /// well have gone on –, one that waited for consent is cancelled.
  /// - Returns: how many messages were put right.
  public func recover() async throws(StorageError) -> Int {
    let at = now()
    return try await store.write("recover interrupted conversations") { db in
      let left = try Row.fetchAll(db, sql: "SELECT * FROM message WHERE state IN ('streaming', 'queued')")
        .map(ChatMessage.init(row:))
      for var message in left {
        message.state = .interrupted
        message.tools = message.tools.map { $0.ended(at: at) }
        try message.upsert(in: db)
      }
      return left.count
    }
  }
}

extension ToolActivity {
  /// The activity as it is when the engine that carried it is gone.
  fileprivate func ended(at date: Date) -> ToolActivity {
    var activity = self
    switch state {
    case .running: activity.state = .failed("Jarvis stopped while it ran; its outcome is unknown")
    case .waitingForApproval: activity.state = .cancelled
    case .done, .verified, .failed, .refused, .cancelled: return self
    }
    activity.endedAt = date
    return activity
  }
}
