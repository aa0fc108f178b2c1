import ArgumentParser
import Foundation
import JarvisAPI
import JarvisApp
import JarvisTerminal

/// `frames`: what it costs to draw the whole screen, at rest and while an answer streams, with a long conversation on it.
struct FramesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frames", abstract: "The cost of a frame at 200x50 with a conversation of 10,000 lines.")

  @Option(help: "Frames to draw.") var frames = 300
  @Option(help: "Columns.") var columns = 200
  @Option(help: "Rows.") var rows = 50

  func run() throws {
    let now = Date(timeIntervalSince1970: 1_795_000_000)
    let theme = try ThemeLibrary().theme(named: "jarvis")
    var state = AppState(
      size: Size(columns: columns, rows: rows), theme: theme,
      environment: AppEnvironment(timeZone: .gmt, reducedMotion: true), now: now)
    let snapshot = Self.snapshot(now)
    _ = update(&state, .attached(snapshot), now: now)
    let streaming = ChatMessage(
      id: MessageID(rawValue: "s"), conversation: snapshot.current, role: .assistant, text: "", at: now,
      state: .streaming)
    _ = update(&state, .event(.chat(.message(streaming))), now: now)

    var rest: [Double] = []
    var word: [Double] = []
    var drawn: [Double] = []
    var checksum = 0
    for index in 0..<frames {
      rest.append(Self.milliseconds { checksum &+= view(state, now: now).size.rows })
      word.append(
        Self.milliseconds {
          _ = update(&state, .event(.chat(.delta(streaming.id, snapshot.current, "word\(index) "))), now: now)
        })
      drawn.append(Self.milliseconds { checksum &+= view(state, now: now).size.rows })
    }
    try BenchLine.summary([
      "frames": Double(frames), "view_ms_p50": Self.percentile(rest, 0.5), "view_ms_p99": Self.percentile(rest, 0.99),
      "delta_ms_p99": Self.percentile(word, 0.99), "streaming_view_ms_p50": Self.percentile(drawn, 0.5),
      "streaming_view_ms_p99": Self.percentile(drawn, 0.99), "checked": Double(checksum > 0 ? 1 : 0),
    ])
  }

  private static func milliseconds(_ body: () -> Void) -> Double {
    let took = ContinuousClock().measure(body).components
    return Double(took.seconds) * 1_000 + Double(took.attoseconds) / 1e15
  }

  private static func percentile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  /// A four-node cluster and a conversation of about 10,000 lines, made from nothing but arithmetic.
  private static func snapshot(_ now: Date) -> Snapshot {
    let gib = Int64(1) << 30
    let nodes = ["pve", "agent", "home", "backup"].enumerated().map { index, name in
      Node(
        name: name, status: .online, cpu: .known(0.1 + Double(index) * 0.2), cores: .known(8 << (index % 2)),
        memory: .known(Usage(used: Int64(index + 3) * gib, total: 32 * gib)),
        disk: .known(Usage(used: 20 * gib, total: 90 * gib)),
        uptime: .known(86_400), seenAt: now)
    }
    let guests = (100..<140).map { vmid in
      Guest(
        vmid: vmid, name: "guest-\(vmid)", kind: vmid % 2 == 0 ? .lxc : .qemu, node: nodes[vmid % 4].name,
        status: .running,
        cpu: .known(Double(vmid % 17) / 20), cores: .known(4), memory: .known(Usage(used: gib, total: 4 * gib)),
        uptime: .known(3_600), seenAt: now)
    }
    let conversation = ConversationID(rawValue: "bench")
    let paragraph = (0..<24).map { "word\($0)" }.joined(separator: " ")
    let messages = (0..<500).flatMap { index -> [ChatMessage] in
      let answer =
        "## Answer \(index)\n\n" + (0..<8).map { "- \(paragraph) \($0)" }.joined(separator: "\n")
        + "\n\n```\ncode \(index)\n```"
      return [
        ChatMessage(
          id: .init(rawValue: "q\(index)"), conversation: conversation, role: .user, text: "question \(index)", at: now),
        ChatMessage(
          id: .init(rawValue: "a\(index)"), conversation: conversation, role: .assistant, text: answer, at: now),
      ]
    }
    return Snapshot(
      cluster: ClusterSnapshot(
        name: "bench", at: now, link: .connected(node: "pve"), quorate: .known(true), nodes: nodes, guests: guests),
      conversations: [
        ConversationInfo(id: conversation, title: "bench", createdAt: now, updatedAt: now, messages: messages.count)
      ],
      current: conversation, messages: messages)
  }
}

/// The summary line that ends every bench command.
enum BenchLine {
  static func summary(_ figures: [String: Double]) throws {
    let rounded = figures.mapValues { ($0 * 1_000).rounded() / 1_000 }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(String(decoding: try encoder.encode(["summary": rounded]), as: UTF8.self))
  }
}
