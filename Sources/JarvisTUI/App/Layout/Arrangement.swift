import Foundation
import JarvisAPI
import JarvisTerminal

/// Everything in its place for one frame: what `view` draws and what the mouse hits.
struct Arrangement: Sendable {
  let layout: Layout
  let centre: CentreLayout
  /// Panels of the outer columns, or of the view that stands for one.
  let panels: [PlacedPanel]
  /// The card's words at the card's width; nil where none is shown.
  let cardText: CardText?

  init(_ state: AppState, now: Date) {
    let layout = state.layout
    self.layout = layout
    let width = max(1, layout.centre.width - 4)
    let card = state.desk.current.map { CardText($0, state: state, width: max(1, width - 4), now: now) }
    cardText = card
    let banner = BannerText.lines(state, width: width, now: now)
    centre = CentreLayout(
      frame: layout.centre, contentRows: state.focus == .card ? 0 : CentreLayout.contentRows, bannerRows: banner.count,
      cardRows: card.map { $0.lines.count + $0.keyLines.count + 2 } ?? 0,
      inputRows: state.input.rows(width: max(2, width - 2)).rows.count)
    var panels: [PlacedPanel] = []
    // Before anything is known there is nothing to show but the time: empty panels would only be drawn twice.
    switch layout.shape {
    case .three where state.link == .starting, .two where state.link == .starting:
      panels += PanelStack.arrange([.clock], in: layout.left)
    case .three:
      panels += PanelStack.arrange(PanelDemand.left(state), in: layout.left)
      panels += PanelStack.arrange(PanelDemand.right(state), in: layout.right)
    case .two: panels += PanelStack.arrange(PanelDemand.narrow(state), in: layout.left)
    case .one, .tooSmall: break
    }
    switch state.shownView {
    case .system: panels += PanelStack.arrange(PanelDemand.left(state), in: centre.content)
    case .network: panels += PanelStack.arrange(PanelDemand.right(state), in: centre.content)
    default: break
    }
    self.panels = panels
  }
}

extension PanelDemand {
  static let clock = PanelDemand(kind: .clock, least: 3, ideal: 3, most: 3, rank: 3)

  /// The left column: the machines.
  static func left(_ state: AppState) -> [PanelDemand] {
    let cluster = state.mirror.cluster
    let nodes = max(1, cluster.nodes.count)
    let guests = max(1, state.mirror.board.total)
    let storages = max(1, cluster.storages.count)
    return [
      .clock,
      PanelDemand(kind: .cpu, least: 1 + min(nodes, 4), ideal: 1 + nodes, most: 1 + nodes, rank: 0),
      PanelDemand(kind: .memory, least: 3, ideal: 4, most: 9, rank: 4),
      PanelDemand(kind: .guests, least: 3, ideal: 1 + min(guests, 8), most: 1 + guests, rank: 1),
      PanelDemand(kind: .storage, least: 2, ideal: 1 + min(storages, 5), most: 1 + storages, rank: 2),
    ]
  }

  /// The right column: money, trouble, decisions, what happened.
  static func right(_ state: AppState) -> [PanelDemand] {
    let troubles = max(1, state.mirror.trouble.count)
    let waiting = max(1, state.desk.waiting.count + state.mirror.allowances.count)
    let events = max(1, state.mirror.events.count)
    let rows = Panels.costRows(state)
    return [
      PanelDemand(kind: .cost, least: 4, ideal: rows, most: rows, rank: 3),
      PanelDemand(kind: .trouble, least: 2, ideal: 1 + min(troubles, 6), most: 1 + troubles, rank: 0),
      PanelDemand(kind: .approvals, least: 2, ideal: 1 + min(waiting, 4), most: 1 + waiting, rank: 1),
      PanelDemand(kind: .events, least: 2, ideal: 1 + min(events, 6), most: 1 + events, rank: 2),
      PanelDemand(kind: .traffic, least: 3, ideal: 3, most: 9, rank: 4),
      PanelDemand(kind: .ring, least: 2, ideal: 2, most: 9, rank: 5),
    ]
  }

  /// One column instead of two: what a glance needs of both.
  static func narrow(_ state: AppState) -> [PanelDemand] {
    let ranks: [PanelKind: Int] = [.trouble: 0, .cpu: 1, .guests: 2, .storage: 3, .cost: 4, .clock: 5, .memory: 6]
    let order: [PanelKind] = [.clock, .cpu, .memory, .guests, .storage, .cost, .trouble]
    let all = left(state) + right(state)
    return order.compactMap { kind in
      guard var demand = all.first(where: { $0.kind == kind }), let rank = ranks[kind] else { return nil }
      demand.rank = rank
      return demand
    }
  }
}
