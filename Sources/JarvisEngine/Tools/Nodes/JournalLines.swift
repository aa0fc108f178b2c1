import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSSH

/// What is wanted of a journal.
struct JournalQuery: Sendable {
  var since: Date
  var until: Date?
  var unit: String?
  var priority: String?
  var words: String?
  var limit: Int

  init(since: Date, limit: Int) {
    self.since = since
    self.limit = limit
  }
}

/// One line with its moment and its node.
struct JournalLine: Sendable, Hashable {
  var at: Date
  var node: String
  /// "pvedaemon[1234]: …", without the host, which is the node.
  var text: String

  /// All lines in the order of time; those of one moment by node, each node's in its own order.
  static func merged(_ lines: [JournalLine]) -> [JournalLine] {
    lines.enumerated().sorted {
      ($0.element.at, $0.element.node, $0.offset) < ($1.element.at, $1.element.node, $1.offset)
    }.map(\.element)
  }

  /// A line of `journalctl -o short-unix`: "1795397571.123456 pve pvedaemon[1234]: text".
  static func unix(_ line: Substring, node: String) -> JournalLine? {
    let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
    guard parts.count == 3, let seconds = Double(parts[0]), seconds > 0, seconds < 1e11 else { return nil }
    return JournalLine(at: Date(timeIntervalSince1970: seconds), node: node, text: String(parts[2]))
  }

  /// A line of the API's journal: "Nov 23 01:32:51 pve pvedaemon[1234]: text", in the node's own time, without a year.
  static func short(_ line: String, node: String, now: Date, timeZone: TimeZone) -> JournalLine? {
    let parts = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)
    guard parts.count == 5, let month = months.firstIndex(of: String(parts[0])), let day = Int(parts[1]),
      (1...31).contains(day)
    else {
      return nil
    }
    let clock = parts[2].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, clock.allSatisfy({ (0...60).contains($0) }) else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    var fields = calendar.dateComponents([.year], from: now)
    (fields.month, fields.day, fields.hour, fields.minute, fields.second) = (
      month + 1, day, clock[0], clock[1], clock[2]
    )
    guard var date = calendar.date(from: fields) else { return nil }
    // A line of December read in January is of the year before.
    if date > now.addingTimeInterval(86_400), let year = fields.year {
      fields.year = year - 1
      date = calendar.date(from: fields) ?? date
    }
    return JournalLine(at: date, node: node, text: String(parts[4]))
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

/// Reads one node's journal: over SSH, which knows units and priorities, else from the API.
struct JournalFetch: Sendable {
  let context: ToolContext
  let query: JournalQuery

  func lines(of node: Node) async -> Result<[JournalLine], UserFacingError> {
    do throws(UserFacingError) {
      guard node.status != .offline else {
        throw UserFacingError(
          .unreachable, attempted: "read the journal of \(node.name)", reason: "the node is offline")
      }
      return .success(context.shell == nil ? try await overAPI(node.name) : try await overSSH(node.name))
    } catch {
      return .failure(error)
    }
  }

  private func overSSH(_ node: String) async throws(UserFacingError) -> [JournalLine] {
    let result = try await context.execute(command, on: node, limits: ShellLimits(bytes: 1 << 20))
    let text = String(decoding: result.standardOutput, as: UTF8.self)
    // journalctl ends with 1 where no line has the words.
    guard result.exitCode == 0 || (query.words != nil && text.isEmpty) || text.hasPrefix("-- No entries") else {
      throw UserFacingError(
        .negative, attempted: "read the journal of \(node)",
        reason: Sanitiser.clean(
          String(decoding: result.standardError.prefix(300), as: UTF8.self), keepingNewlines: false))
    }
    return text.split(separator: "\n").compactMap { JournalLine.unix($0, node: node) }
  }

  /// Made of our own words and quoted ones only.
  var command: String {
    var parts = [
      "journalctl --no-pager -o short-unix", "--since=@\(Int(query.since.timeIntervalSince1970))", "-n \(query.limit)",
    ]
    if let until = query.until { parts.append("--until=@\(Int(until.timeIntervalSince1970))") }
    switch query.unit {
    case "kernel"?: parts.append("-k")
    case let unit?: parts.append("-u " + ShellQuote.quoted(unit))
    case nil: break
    }
    if let priority = query.priority { parts.append("-p " + priority) }
    if let words = query.words { parts.append("--grep=" + ShellQuote.quoted(Self.literal(words))) }
    return parts.joined(separator: " ")
  }

  /// The words as they are, not as a pattern.
  private static func literal(_ words: String) -> String {
    words.map { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" ? String($0) : "\\\($0)" }.joined()
  }

  private func overAPI(_ node: String) async throws(UserFacingError) -> [JournalLine] {
    if query.priority != nil {
      throw UserFacingError(
        .configuration, attempted: "read the journal of \(node) by priority",
        reason: "the API does not tell priorities, and SSH is not set up", advice: "leave priority out, or set up SSH")
    }
    let lines = try await context.read(.journal(on: node, since: query.since, until: query.until))
    let found = lines.compactMap {
      JournalLine.short($0, node: node, now: context.now(), timeZone: context.format.timeZone)
    }
    return found.filter { line in
      let tag = line.text.prefix { $0 != "[" && $0 != ":" }
      return (query.unit == nil || tag == query.unit ?? "")
        && (query.words.map { line.text.localizedCaseInsensitiveContains($0) } ?? true)
    }.suffix(query.limit)
  }
}
