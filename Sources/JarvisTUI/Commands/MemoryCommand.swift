import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine
import JarvisMemory
import JarvisStorage

/// `memory`: what Jarvis remembers. Reading works beside a running engine; what changes something needs its place.
struct MemoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory", abstract: "What Jarvis remembers: search, list, add, forget, export, import, figures.",
    subcommands: [Search.self, List.self, Add.self, Forget.self, Export.self, Import.self, Stats.self])

  /// Opens the memory, does its work and closes it, whatever happens.
  fileprivate static func with<Value: Sendable>(
    _ common: CommonOptions, writing: Bool, _ body: @escaping @Sendable (MemoryStore) async throws -> Value
  ) throws -> Value {
    try blockingRun {
      let session = try await CommandSession.open(common, environment: ProcessInfo.processInfo.environment)
      let result = await Task { () async throws -> Value in
        let desk = try MemoryDesk.open(session.options, writing: writing)
        let result = await Task { try await body(desk.memory) }.result
        try await desk.close()
        return try result.get()
      }.result
      await session.close()
      do {
        return try result.get()
      } catch let error as StorageError {
        throw error.userFacing
      }
    }
  }

  struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "search", abstract: "What is remembered about a question, best first.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Print one JSON object.") var json = false
    @Argument(help: "The question.") var question: [String]

    func run() throws {
      let text = question.joined(separator: " ")
      let found = try MemoryCommand.with(common, writing: false) { try await $0.recall(text) }
      if json {
        try Output.json(MemoryReport(found), zone: .current)
      } else {
        Output.line(MemoryText.lines(found, zone: .current).joined(separator: "\n"))
      }
      if found.hits.isEmpty { throw ExitCode(1) }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "What is remembered, newest first.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Print one JSON object.") var json = false
    @Option(help: "conversation, episodic or semantic.") var tier: String?
    @Option(help: "Items at most.") var limit = 50

    func run() throws {
      let wanted = try tier.map { name in
        guard let tier = MemoryTier(rawValue: name) else {
          throw ValidationError("--tier must be conversation, episodic or semantic")
        }
        return tier
      }
      let limit = limit
      let items = try MemoryCommand.with(common, writing: false) { try await $0.list(tier: wanted, limit: limit) }
      if json {
        try Output.json(MemoryReport(items), zone: .current)
      } else {
        Output.line(items.map { MemoryText.line($0, zone: .current) }.joined(separator: "\n"))
      }
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Remember a fact or a preference.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The fact, in plain words.") var text: [String]

    func run() throws {
      let text = text.joined(separator: " ")
      guard !text.allSatisfy(\.isWhitespace) else { throw ValidationError("nothing to remember") }
      let id = try MemoryCommand.with(common, writing: true) { try await $0.remember(text, source: "operator") }
      Output.line(id.rawValue)
    }
  }

  struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forget", abstract: "Forget an item and what was made from it, for good.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its id, as `memory list` shows it.") var id: [String]

    func run() throws {
      let ids = id.map(MemoryID.init(rawValue:))
      let gone = try MemoryCommand.with(common, writing: true) { try await $0.forget(ids) }
      guard gone > 0 else {
        throw UserFacingError(
          .negative, attempted: "forget \(id.joined(separator: ", "))", reason: "no such memory",
          advice: "`jarvis-tui memory list` shows what there is")
      }
      Output.line("forgotten: \(gone)")
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Print everything remembered, one JSON object a line.")
    @OptionGroup var common: CommonOptions

    func run() throws {
      try MemoryCommand.with(common, writing: false) { memory in
        try await memory.export { Output.text(String(decoding: $0, as: UTF8.self)) }
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Take in what `export` printed; broken lines are named, the rest is kept.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The file.") var file: String

    func run() throws {
      let data: Data
      do {
        data = try Data(contentsOf: URL(fileURLWithPath: file))
      } catch {
        throw UserFacingError(
          .usage, attempted: "import \(file)", reason: error.localizedDescription,
          advice: "name a file that can be read")
      }
      let report = try MemoryCommand.with(common, writing: true) { try await $0.importLines(data) }
      Output.line("added \(report.added), already there \(report.known), broken \(report.broken.count)")
      for line in report.broken { Output.errorLine("\(file), line \(line.number): \(line.reason)") }
      if !report.broken.isEmpty { throw ExitCode(1) }
    }
  }

  struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stats", abstract: "How much is remembered.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
      let figures = try MemoryCommand.with(common, writing: false) { try await $0.statistics() }
      if json {
        try Output.json(figures, zone: .current)
      } else {
        Output.line(
          "conversation \(figures.conversation), episodic \(figures.episodic), semantic \(figures.semantic), "
            + "pinned \(figures.pinned), \(figures.bytes / 1_024) KiB")
      }
    }
  }
}
