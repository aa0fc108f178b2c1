import JarvisAPI
import JarvisMemory

extension Turn {
  /// What is remembered for this turn's question, kept with its answer; nothing where nothing fits.
  func recall(_ text: String, before answer: Answer, budget: MemoryBudget = .standard) async -> MemoryNote {
    guard let memory = around.memory else { return .none }
    let note = await memory.recall(text, in: question.conversation, budget: budget)
    await memory.keep(note, before: answer.message)
    return note
  }
}
