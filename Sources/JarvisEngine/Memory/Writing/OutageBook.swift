import Foundation
import JarvisAPI

/// Turns what happens in the cluster into memories: each event once, and each outage with its length when it ends (MEM-02).
///
/// Events of one node or guest are one series, so that recall reads each beside those before and after it.
public struct OutageBook: Sendable {
  /// Begins the series' names.
  public static let series = "cluster:"
  private static let down = "down-"
  private static let up = "up-"

  /// What is down, by subject, since when.
  private var open: [String: Date] = [:]
  private var hasLooked = false
  private let zone: TimeZone

  public init(zone: TimeZone) { self.zone = zone }

  /// Takes up the outages that were open when the last engine stopped.
  /// - Parameter last: the last item of each series that began or ended an outage.
  public mutating func resume(_ last: [String: MemoryItem]) {
    for (series, item) in last where item.id.rawValue.hasPrefix(Self.down) {
      open[String(series.dropFirst(Self.series.count))] = item.at
    }
  }

  /// Marks of items that begin or end an outage: the beginnings of their ids.
  public static let marks = [down, up]

  /// What to remember of a look at the cluster, oldest first.
  public mutating func drafts(for events: [ClusterEvent], in picture: ClusterSnapshot, at now: Date) -> [MemoryDraft] {
    var drafts = events.compactMap { draft(for: $0) }
    if !hasLooked, case .connected = picture.link {
      hasLooked = true
      drafts += returned(picture, at: now)
    }
    return drafts
  }

  private mutating func draft(for event: ClusterEvent) -> MemoryDraft? {
    switch event.change {
    case .down?:
      // Told again by an engine that was started meanwhile: it is the same outage.
      guard open[event.subject] == nil else { return nil }
      open[event.subject] = event.at
      return draft(Self.down, event.subject, event.text, at: event.at)
    case .up?:
      guard let since = open.removeValue(forKey: event.subject) else {
        return draft(Self.up, event.subject, event.text, at: event.at)
      }
      return draft(Self.up, event.subject, "\(event.text) \(length(from: since, to: event.at))", at: event.at)
    case nil:
      return MemoryDraft(
        id: MemoryID(rawValue: "event-" + event.id.uuidString.lowercased()), tier: .episodic, kind: .event,
        at: event.at, session: event.subject.isEmpty ? nil : Self.series + event.subject, source: "cluster",
        text: event.text)
    }
  }

  /// What was down when the last engine stopped, and is up at the first look.
  private mutating func returned(_ picture: ClusterSnapshot, at now: Date) -> [MemoryDraft] {
    var drafts: [MemoryDraft] = []
    func close(_ subject: String, _ name: String) {
      guard let since = open.removeValue(forKey: subject) else { return }
      let text = "\(name) is up again; it came back while Jarvis was not watching, down since \(stamp(since))"
      drafts.append(draft(Self.up, subject, text, at: now))
    }
    for node in picture.nodes where node.status == .online { close("node:\(node.name)", "node \(node.name)") }
    for guest in picture.guests where guest.status == .running {
      close("guest:\(guest.vmid)", "\(guest.name.isEmpty ? "guest" : guest.name) (\(guest.vmid))")
    }
    return drafts
  }

  private func draft(_ mark: String, _ subject: String, _ text: String, at date: Date) -> MemoryDraft {
    MemoryDraft(
      id: MemoryID(rawValue: "\(mark)\(subject)-\(Int(date.timeIntervalSince1970 * 1_000))"), tier: .episodic,
      kind: .event, at: date, session: Self.series + subject, source: "cluster", text: text)
  }

  /// "after 2 h 5 min, down since 2026-11-17 14:02".
  private func length(from start: Date, to end: Date) -> String {
    let minutes = Int(max(0, end.timeIntervalSince(start)) / 60)
    let words =
      switch minutes {
      case ..<1: "less than a minute"
      case ..<60: "\(minutes) min"
      case ..<(48 * 60): "\(minutes / 60) h \(minutes % 60) min"
      default: "\(minutes / 1_440) days \(minutes % 1_440 / 60) h"
      }
    return "after \(words), down since \(stamp(start))"
  }

  private func stamp(_ date: Date) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    func two(_ value: Int?) -> String { (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute))"
  }
}
