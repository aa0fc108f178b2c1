import ArgumentParser
import Foundation
import GRDB
import JarvisAPI
import JarvisLock
import JarvisMemory
import JarvisStorage

/// `memory-scale`: recall, insertion, clean-up and start at a given number of items.
struct MemoryScaleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory-scale",
    abstract: "Times of memory with many items: recall, insert, clean-up beside a reader, start; one JSON summary line."
  )

  @Option(help: "Items to fill in; three of four are turns, the rest events.") var items = 6_000
  @Option(help: "Questions to ask.") var questions = 200
  @Option(help: "Single items to insert.") var inserts = 500
  @Option(help: "Rows that the clean-up removes.") var expired = 100_000

  func validate() throws {
    guard (100...2_000_000).contains(items), (1...10_000).contains(questions), (1...10_000).contains(inserts),
      (0...1_000_000).contains(expired)
    else { throw ValidationError("items 100–2000000, questions and inserts 1–10000, expired 0–1000000") }
  }

  func run() throws {
    let command = self
    try BenchRun.wait { try await command.measure() }
  }

  private static let now = Date(timeIntervalSince1970: 1_795_000_000)

  private func measure() async throws {
    var migrations = DatabaseMigrator()
    ConversationSchema.register(in: &migrations)
    let bare = migrations
    MemorySchema.register(in: &migrations)
    let path = NSTemporaryDirectory() + "/jarvis-scale-\(UUID().uuidString)"
    defer {
      // A leftover under the temporary directory harms nobody.
      try? FileManager.default.removeItem(atPath: path)
    }
    let directory = DataDirectory(path: path)
    var store = try DataStore.openForEngine(in: directory, migrations: migrations, now: { Self.now })
    var made = MadeUpTalk()
    try await fill(memory(store), &made, count: items, days: 6)
    try await store.close()

    let opened = try await Self.time {
      store = try DataStore.openForEngine(in: directory, migrations: migrations, now: { Self.now })
    }
    let empty = path + "-empty"
    defer {
      // As above.
      try? FileManager.default.removeItem(atPath: empty)
    }
    try await DataStore.openForEngine(in: DataDirectory(path: empty), migrations: bare, now: { Self.now }).close()
    var reference: DataStore?
    let openedEmpty = try await Self.time {
      reference = try DataStore.openForEngine(in: DataDirectory(path: empty), migrations: bare, now: { Self.now })
    }
    try await reference?.close()

    let memory = memory(store)
    var recall = BenchTimes()
    var recallWork = BenchTimes()
    var answered = 0
    for _ in 0..<questions {
      let question = made.question()
      let (start, work) = (ContinuousClock.now, Self.processorTime())
      answered += try await memory.recall(question).hits.isEmpty ? 0 : 1
      recall.add(.now - start)
      recallWork.add(Self.processorTime() - work)
    }
    var insert = BenchTimes()
    var insertWork = BenchTimes()
    for _ in 0..<inserts {
      let draft = made.draft(at: Self.now - 60)
      let (start, work) = (ContinuousClock.now, Self.processorTime())
      try await memory.add([draft])
      insert.add(.now - start)
      insertWork.add(Self.processorTime() - work)
    }
    var figures = [
      "items": Double(items), "answered": Double(answered), "recall_p50_ms": recall.percentile(0.5),
      "recall_p99_ms": recall.percentile(0.99), "insert_p50_ms": insert.percentile(0.5),
      "insert_p99_ms": insert.percentile(0.99), "recall_cpu_p50_ms": recallWork.percentile(0.5),
      "recall_cpu_p99_ms": recallWork.percentile(0.99), "insert_cpu_p50_ms": insertWork.percentile(0.5),
      "insert_cpu_p99_ms": insertWork.percentile(0.99), "open_ms": opened, "open_empty_ms": openedEmpty,
    ]
    if expired > 0 {
      try await fill(memory, &made, count: expired, days: -20)
      let (took, pause) = try await Self.cleanUp(memory)
      figures["clean_up_rows"] = Double(expired)
      figures["clean_up_ms"] = took
      figures["reader_longest_ms"] = pause
    }
    try await store.close()
    try BenchLine.summary(figures)
  }

  private func memory(_ store: DataStore) -> MemoryStore {
    MemoryStore(
      store: store, now: { Self.now }, zone: .gmt, inventory: { BenchInventory.demo.memory }, redact: { $0 })
  }

  /// - Parameter days: how long ago at most; negative: expired by so much.
  private func fill(_ memory: MemoryStore, _ made: inout MadeUpTalk, count: Int, days: Double) async throws {
    var left = count
    while left > 0 {
      let batch = min(left, 2_000)
      let drafts = (0..<batch).map { index in
        let share = Double(left - index) / Double(count)
        return made.draft(at: days > 0 ? Self.now - share * days * 86_400 : Self.now - (31 - days) * 86_400)
      }
      try await memory.add(drafts)
      left -= batch
    }
  }

  /// How long the clean-up took, and the longest that a reader beside it waited, in milliseconds.
  private static func cleanUp(_ memory: MemoryStore) async throws -> (Double, Double) {
    let done = Flag()
    let reader = Task { () async throws -> Double in
      var longest = 0.0
      while !done.isSet {
        let start = ContinuousClock.now
        _ = try await memory.list(limit: 10)
        longest = max(longest, Milliseconds.of(.now - start))
      }
      return longest
    }
    let took = try await time { _ = try await memory.cleanUp() }
    done.set()
    return (took, try await reader.value)
  }

  private final class Flag: Sendable {
    private let value = Guarded(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
  }

  /// What all threads of this process worked: on a shared machine, waiting for the processor is no property of memory.
  private static func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  private static func time(_ body: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await body()
    return Milliseconds.of(.now - start)
  }
}

/// Talk and events made from a seed: common words often, rare ones seldom, as in any language.
struct MadeUpTalk {
  private var state: UInt64 = 20_261_120
  private var made = 0
  private static let words = (0..<8_000).map(word)

  /// Made of letters only: what holds a digit is an identifier, and those are rare in talk.
  private static func word(_ number: Int) -> String {
    var (rest, word) = (number, "")
    for _ in 0..<3 {
      word +=
        [
          "ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "pa", "de", "gi", "lo", "mu", "fa", "re", "si", "to",
          "du", "za",
        ][rest % 20]
      rest /= 20
    }
    return word
  }

  mutating func draft(at date: Date) -> MemoryDraft {
    made += 1
    let isTurn = made % 4 != 0
    return MemoryDraft(
      tier: isTurn ? .conversation : .episodic, kind: isTurn ? .turn : .event, role: isTurn ? "user" : nil, at: date,
      session: isTurn ? "session-\(made / 40)" : nil, source: "bench", text: text(words: 8 + Int(next() % 24)))
  }

  mutating func question() -> String { "what did we say about " + text(words: 4) + "?" }

  private mutating func text(words count: Int) -> String {
    var parts = (0..<count).map { _ in Self.words[index()] }
    if next() % 8 == 0 { parts.append("vm-\(100 + next() % 50)-disk-\(next() % 4)") }
    if next() % 3 == 0 { parts.append(["truenas", "pihole", "pve", "agent", "tank"][Int(next() % 5)]) }
    return parts.joined(separator: " ")
  }

  /// Zipf's law by inversion: the first word in about one of nine places.
  private mutating func index() -> Int {
    let share = Double(next() >> 11) / Double(1 << 53)
    return min(Self.words.count - 1, Int(pow(Double(Self.words.count), share)) - 1)
  }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
