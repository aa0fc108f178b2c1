import Foundation
import JarvisAPI

/// `status` for a person: aligned lines, no colour, nothing invented.
enum StatusText {
  static func lines(_ snapshot: ClusterSnapshot, zone: TimeZone) -> [String] {
    let quorum =
      switch snapshot.quorate {
      case .known(true): "quorum"
      case .known(false): "NO QUORUM"
      case .withheld(let right): "quorum: no right \(right)"
      case .unknown: "quorum unknown"
      }
    let head = [
      snapshot.simulated ? "DEMO" : nil, snapshot.name.isEmpty ? "cluster" : snapshot.name,
      snapshot.version.map { "Proxmox VE \($0)" }, quorum, "at \(RFC3339.text(snapshot.at, zone: zone))",
    ].compactMap { $0 }.joined(separator: " · ")
    var lines = [head, ""]
    lines += table(
      [["NODE", "STATUS", "CPU", "MEMORY", "DISK", "UP"]]
        + snapshot.nodes.sorted { $0.name < $1.name }.map { node in
          [
            node.name, node.status.rawValue, percent(node.cpu), usage(node.memory), usage(node.disk),
            duration(node.uptime),
          ]
        })
    lines.append("")
    lines += table(
      [["VMID", "NAME", "TYPE", "NODE", "STATUS", "CPU", "MEMORY", "UP"]]
        + snapshot.guests.sorted { $0.vmid < $1.vmid }.map { guest in
          [
            String(guest.vmid), guest.name.isEmpty ? "–" : guest.name,
            guest.template ? "template" : guest.kind.rawValue, guest.node,
            guest.status.rawValue + (guest.lock.map { " (\($0))" } ?? ""), percent(guest.cpu), usage(guest.memory),
            duration(guest.uptime),
          ]
        })
    lines.append("")
    lines += table(
      [["STORAGE", "NODE", "USED"]]
        + snapshot.storages.sorted { $0.id < $1.id }.map { storage in
          [
            storage.name, storage.shared ? "shared" : storage.node,
            storage.available ? usage(storage.usage) : "not available",
          ]
        })
    if !snapshot.blindSpots.isEmpty { lines += [""] + snapshot.blindSpots }
    return lines
  }

  /// Columns as wide as their widest cell, two spaces between.
  static func table(_ rows: [[String]]) -> [String] {
    guard let columns = rows.map(\.count).max() else { return [] }
    let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
      var line = row.enumerated().map { column, cell in
        cell + String(repeating: " ", count: max(0, widths[column] - cell.count))
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func known<Value>(_ reading: Reading<Value>, _ text: (Value) -> String) -> String {
    switch reading {
    case .known(let value): text(value)
    case .withheld: "no right"
    case .unknown: "–"
    }
  }

  private static func percent(_ reading: Reading<Double>) -> String {
    known(reading) { "\(Int(($0 * 100).rounded())) %" }
  }

  private static func usage(_ reading: Reading<Usage>) -> String {
    known(reading) { usage in
      let share = usage.fraction.map { " (\(Int(($0 * 100).rounded())) %)" } ?? ""
      return ByteFormat.text(usage) + share
    }
  }

  private static func duration(_ reading: Reading<TimeInterval>) -> String {
    known(reading) { seconds in
      let minutes = Int(seconds) / 60
      if minutes < 60 { return "\(minutes) min" }
      if minutes < 48 * 60 { return "\(minutes / 60) h" }
      return "\(minutes / 1_440) d"
    }
  }
}
