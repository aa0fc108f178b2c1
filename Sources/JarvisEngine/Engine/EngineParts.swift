import JarvisChat
import JarvisCluster
import JarvisMemory
import JarvisSafety
import JarvisStorage
import JarvisTools
import Logging

/// Everything an engine is made of, once it stands.
struct EngineParts: Sendable {
  let options: EngineOptions
  let data: DataStore
  let store: ConversationStore
  let cluster: LiveCluster
  let gate: Gate
  let safety: SafetyDesk
  /// nil where SSH is not set up, or simulated.
  let shells: ShellDesk?
  let tools: ToolBox
  let chat: ChatService
  let memory: MemoryKeeper
  let desk: ProviderDesk
  let costs: CostDesk
  let money: MoneyCommands
  let hub: EventHub
  let log: Logger
  /// What runs for as long as the engine does.
  let tasks: [Task<Void, Never>]
}
