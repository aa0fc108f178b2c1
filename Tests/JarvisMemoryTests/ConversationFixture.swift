import Foundation
import GRDB
import JarvisAPI
import JarvisMemory
import JarvisStorage

let noon = Date(timeIntervalSince1970: 1_795_435_200)

func migrations() -> DatabaseMigrator {
  var migrator = DatabaseMigrator()
  ConversationSchema.register(in: &migrator)
  return migrator
}

func openStore(_ path: String) throws(StorageError) -> DataStore {
  try DataStore.openForEngine(in: DataDirectory(path: path), migrations: migrations(), now: { noon })
}

func message(
  _ text: String, in conversation: ConversationID, role: ChatMessage.Role = .user,
  state: ChatMessage.State = .complete, tools: [ToolActivity] = []
) -> ChatMessage {
  ChatMessage(conversation: conversation, role: role, text: text, at: noon, state: state, tools: tools)
}
