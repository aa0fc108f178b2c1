import Foundation
import JarvisAPI

/// How long a cached prefix lives after its last use.
enum CacheLifetime: String, Sendable, Equatable {
  case fiveMinutes = "5m"
  case oneHour = "1h"

  var seconds: TimeInterval { self == .oneHour ? 3_600 : 300 }

  /// Reads a `cache_control` field; nil where there is none.
  static func read(_ value: JSONValue?, path: String) throws(AnthropicError) -> CacheLifetime? {
    guard let value, value != .null else { return nil }
    guard value["type"]?.string == "ephemeral" else {
      throw .invalid("\(path).type: Input should be 'ephemeral'")
    }
    guard let ttl = value["ttl"]?.string else { return .fiveMinutes }
    guard let lifetime = CacheLifetime(rawValue: ttl) else {
      throw .invalid("\(path).ephemeral.ttl: Input should be '5m' or '1h'")
    }
    return lifetime
  }
}

/// The input side of a call's usage.
struct InputUsage: Sendable, Equatable {
  var input = 0
  var write5m = 0
  var write1h = 0
  var read = 0
  var total: Int { input + write5m + write1h + read }
}

/// Prompt caching: exact prefixes in the order tools, system, messages; at most four marks; a look back over twenty
/// blocks; nothing below the model's minimum; a use renews the lifetime. A value; the time comes in.
struct PromptCache: Sendable, Equatable {
  static let maximumMarks = 4
  static let lookBack = 20
  /// Prefixes kept; the one that expires first makes room.
  static let maximumEntries = 2_000

  private struct Entry: Sendable, Equatable {
    var lifetime: CacheLifetime
    var expires: Date
  }
  private var entries: [String: Entry] = [:]

  /// A block of a prompt with the hash of everything up to its end.
  struct Block: Sendable, Equatable {
    var hash: String
    var tokens: Int
    var mark: CacheLifetime?
  }

  /// Counts a prompt as cached and not, and keeps its marked prefixes.
  mutating func use(_ blocks: [Block], minimum: Int, at now: Date) throws(AnthropicError) -> InputUsage {
    let marks = blocks.indices.filter { blocks[$0].mark != nil }
    guard marks.count <= Self.maximumMarks else {
      throw .invalid("A maximum of 4 blocks with cache_control may be provided. Found \(marks.count).")
    }
    if let short = marks.first(where: { blocks[$0].mark == .fiveMinutes }),
      marks.contains(where: { $0 > short && blocks[$0].mark == .oneHour })
    {
      throw .invalid("a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block.")
    }
    entries = entries.filter { $0.value.expires > now }

    var ends: [Int] = []
    for block in blocks { ends.append((ends.last ?? 0) + block.tokens) }
    var usage = InputUsage()
    var covered = -1
    for mark in marks {
      for index in stride(from: mark, through: max(0, mark - Self.lookBack + 1), by: -1) where index > covered {
        guard var entry = entries[blocks[index].hash] else { continue }
        covered = index
        entry.expires = now.addingTimeInterval(entry.lifetime.seconds)
        entries[blocks[index].hash] = entry
        break
      }
    }
    usage.read = covered >= 0 ? ends[covered] : 0
    var counted = usage.read
    for mark in marks where mark > covered && ends[mark] >= minimum {
      let lifetime = blocks[mark].mark ?? .fiveMinutes
      if lifetime == .oneHour { usage.write1h += ends[mark] - counted } else { usage.write5m += ends[mark] - counted }
      counted = ends[mark]
      keep(blocks[mark].hash, Entry(lifetime: lifetime, expires: now.addingTimeInterval(lifetime.seconds)))
    }
    usage.input = (ends.last ?? 0) - counted
    return usage
  }

  private mutating func keep(_ hash: String, _ entry: Entry) {
    if entries.count >= Self.maximumEntries, let first = entries.min(by: { $0.value.expires < $1.value.expires }) {
      entries[first.key] = nil
    }
    entries[hash] = entry
  }

  /// A request's blocks in the order in which they are cached.
  static func blocks(of request: AnthropicRequest) throws(AnthropicError) -> [Block] {
    var hash = ThinkingSignature.hash(request.model)
    var blocks: [Block] = []
    func add(_ value: JSONValue, role: String, path: String) throws(AnthropicError) {
      let content = ThinkingSignature.Prefix.content(value).text
      hash = ThinkingSignature.hash(hash + role + content)
      let mark = try CacheLifetime.read(value["cache_control"], path: path + ".cache_control")
      blocks.append(Block(hash: hash, tokens: TokenCounter.tokens(content) + overhead, mark: mark))
    }
    for (index, tool) in request.tools.enumerated() { try add(tool, role: "tool", path: "tools.\(index)") }
    for (index, block) in request.system.enumerated() { try add(block, role: "system", path: "system.\(index)") }
    for message in request.messages {
      for (index, block) in message.blocks.enumerated() {
        try add(block, role: message.role, path: "messages.\(message.index).content.\(index)")
      }
    }
    if let automatic = request.automaticCache, let last = blocks.indices.last { blocks[last].mark = automatic }
    return blocks
  }

  /// Tokens of framing that each block costs.
  private static let overhead = 3
}
