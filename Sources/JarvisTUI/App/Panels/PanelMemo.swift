import Foundation
import JarvisAPI
import JarvisTerminal

/// The panels as they were drawn last, kept while nothing that they show has changed: a key in the input line draws the
/// centre anew and nothing else.
public struct PanelMemo: Sendable {
  /// How often a panel is drawn anew for the sake of the time alone: what it shows of it are ages and marks of staleness.
  static let slowSeconds = 5

  private struct Key: Equatable {
    var size: Size
    var revision: Int
    /// The one in front: what the money panel says of it. A delta inside leaves it as it is.
    var conversation: ConversationID?
    /// The desk itself is touched by every input (`settleCard`); what panels show of it is this.
    var waiting: [Approval]
    var look: Int
    var moment: Int
  }

  private var drawn: [PanelKind: (key: Key, canvas: Canvas)] = [:]

  public init() {}

  /// The panel as of now: the one kept, or what `draw` makes.
  mutating func canvas(
    of kind: PanelKind, size: Size, state: AppState, now: Date, draw: () -> Canvas
  ) -> Canvas {
    let second = Int(now.timeIntervalSince1970.rounded(.down))
    let key = Key(
      size: size, revision: state.panelRevision, conversation: state.conversation, waiting: state.desk.waiting,
      look: state.look, moment: kind.showsSeconds ? second : second / Self.slowSeconds)
    if let kept = drawn[kind], kept.key == key { return kept.canvas }
    let canvas = draw()
    drawn[kind] = (key, canvas)
    return canvas
  }
}

extension PanelKind {
  /// Whether each second may change what the panel shows.
  fileprivate var showsSeconds: Bool {
    switch self {
    case .clock, .cpu, .trouble, .approvals: true
    case .memory, .guests, .storage, .cost, .events, .traffic, .ring: false
    }
  }
}
