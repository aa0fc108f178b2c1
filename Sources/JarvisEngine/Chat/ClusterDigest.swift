import Foundation
import JarvisAPI

/// The dated summary of the live picture that goes beside each question to Claude: at most 150 tokens.
enum ClusterDigest {
  /// Bytes, at three a token.
  static let maximumBytes = 450

  /// A question without the digest that was sent beside it: an old one is no news, and a small window has no room for it.
  static func removed(from text: String) -> String {
    guard text.hasSuffix("</cluster>"), let start = text.range(of: "\n\n<cluster at=\"", options: .backwards) else {
      return text
    }
    return String(text[..<start.lowerBound])
  }

  static func text(_ cluster: ClusterSnapshot, now: Date, zone: TimeZone) -> String {
    var format = Date.ISO8601FormatStyle(timeZone: zone)
    format = format.year().month().day().time(includingFractionalSeconds: false).timeZone(separator: .omitted)
    let time = now.formatted(format)
    guard !cluster.nodes.isEmpty else { return "<cluster at=\"\(time)\">no picture yet</cluster>" }
    let offline = cluster.nodes.filter { $0.status != .online }.map(\.name)
    let guests = cluster.guests.filter { !$0.template }
    let running = guests.filter { $0.status == .running }.count
    var parts = [
      "\(cluster.nodes.count) nodes" + (offline.isEmpty ? "" : ", offline: \(offline.joined(separator: " "))")
    ]
    let unknown = guests.filter { $0.status == .unknown }.count
    parts.append(
      guests.isEmpty
        ? "no guest is shown to the token"
        : "\(running) of \(guests.count) guests running" + (unknown > 0 ? ", \(unknown) unknown" : ""))
    if cluster.quorate.value == false { parts.append("NO QUORUM") }
    if case .lost(_, let reason, _) = cluster.link { parts.append("API lost: \(reason)") }
    var text = parts.joined(separator: "; ")
    let stopped = guests.filter { $0.status == .stopped }.map {
      "\($0.name)(\($0.vmid)\($0.offOnPurpose ? ", on purpose" : ""))"
    }
    for (index, name) in stopped.enumerated() {
      let piece = (index == 0 ? "; stopped: " : " ") + name
      if text.utf8.count + piece.utf8.count > maximumBytes - 80 { break }
      text += piece
    }
    return "<cluster at=\"\(time)\" age=\"\(Int(max(0, now.timeIntervalSince(cluster.at)))) s\">\(text)</cluster>"
  }
}
