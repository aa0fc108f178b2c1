import ArgumentParser
import Foundation
import GRDB
import JarvisAPI
import JarvisMemory
import JarvisStorage

/// `recall`: what memory finds for questions, one index per corpus, retention off.
struct RecallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall", abstract: "Questions to the ids of what is remembered, best first.")

  @Option(help: "Lines of {\"id\",\"corpus\"?,\"tier\",\"role\"?,\"at\",\"session\"?,\"text\"}.")
  var corpus: String
  @Option(
    help: "Lines of {\"id\",\"corpus\"?,\"question\",\"now\",\"tz\"?}, with \"evidence\" where the truth is known.")
  var questions: String
  @Option(help: "{\"nodes\",\"guests\",\"storages\"}; the demo cluster's without one.")
  var inventory: String?

  struct Item: Decodable {
    var id: String
    var corpus: String?
    var tier: MemoryTier
    var role: String?
    var at: String
    var session: String?
    var text: String
  }

  struct Question: Decodable {
    var id: String
    var corpus: String?
    var question: String
    var now: String
    var tz: String?
    var category: String?
    var type: String?
    var evidence: [String]?
    /// One of the gold items answers the question; else the share of them counts.
    var any: Bool?
  }

  private struct Answer: Encodable {
    struct Range: Encodable {
      var from: String
      var to: String
    }
    var id: String
    var items: [String]
    var range: Range?

    enum CodingKeys: String, CodingKey { case id, items, range }

    func encode(to encoder: any Encoder) throws {
      var box = encoder.container(keyedBy: CodingKeys.self)
      try box.encode(id, forKey: .id)
      try box.encode(items, forKey: .items)
      try box.encode(range, forKey: .range)
    }
  }

  /// Forever: the set's dates are long past.
  private static let life = MemoryLife(conversation: 1e11, episodic: 1e11)

  func run() throws {
    let names = try BenchInventory.read(inventory).memory
    let items = try BenchCases.decode(Item.self, corpus)
    let asked = try BenchCases.decode(Question.self, questions)
    try BenchRun.wait { try await Self.answer(asked, items, names) }
  }

  private static func answer(_ asked: [Question], _ corpus: [Item], _ names: MemoryInventory) async throws {
    let items = Dictionary(grouping: corpus, by: { $0.corpus ?? "" })
    var stores: [String: DataStore] = [:]
    for (name, items) in items { stores[name] = try await index(items, names) }
    var tally = RecallTally()
    for item in asked {
      let now = try BenchTime(item.now, zone: item.tz)
      var found = Recalled()
      let start = ContinuousClock.now
      if let store = stores[item.corpus ?? ""] {
        let memory = MemoryStore(
          store: store, now: { now.date }, zone: now.zone, life: life, inventory: { names }, redact: { $0 })
        found = try await memory.recall(item.question)
      }
      let took = ContinuousClock.now - start
      let ids = found.hits.map(\.item.id.rawValue)
      let known = Set((items[item.corpus ?? ""] ?? []).map(\.id))
      tally.add(
        item.category ?? item.type, found: ids, evidence: item.evidence?.filter(known.contains),
        any: item.any ?? false,
        expectsNothing: item.evidence?.isEmpty == true, took: took)
      try BenchCases.write(
        Answer(
          id: item.id, items: ids,
          range: found.range.map {
            .init(from: BenchTime.text($0.from, now.zone), to: BenchTime.text($0.to, now.zone))
          }))
    }
    try BenchCases.write(["summary": tally.figures])
    for store in stores.values { try await store.close() }
  }

  static func index(_ items: [Item], _ inventory: MemoryInventory) async throws -> DataStore {
    var migrations = DatabaseMigrator()
    ConversationSchema.register(in: &migrations)
    MemorySchema.register(in: &migrations)
    let store = try DataStore.throwAway(under: NSTemporaryDirectory(), migrations: migrations)
    let memory = MemoryStore(
      store: store, now: { Date() }, zone: .gmt, life: life, inventory: { inventory }, redact: { $0 })
    let drafts = try items.map { item -> MemoryDraft in
      let at = try BenchTime(item.at, zone: nil).date
      return MemoryDraft.told(
        id: MemoryID(rawValue: item.id), tier: item.tier, role: item.role, at: at, session: item.session,
        text: item.text, source: "corpus", inventory: inventory)
    }
    try await memory.add(drafts)
    return store
  }
}
