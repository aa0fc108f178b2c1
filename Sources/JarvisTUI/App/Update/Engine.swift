import Foundation
import JarvisAPI

/// What the engine tells: the attach, events in their order, answers to commands.
extension AppState {
  mutating func attach(_ snapshot: Snapshot, now: Date) {
    link = .attached
    mirror.attach(snapshot)
    requests.abandonAll()
    let title = snapshot.conversations.first { $0.id == snapshot.current }?.title ?? ""
    tabs.closeAll()
    tabs.show(Transcript(id: snapshot.current, title: title, messages: snapshot.messages, typesetter: typesetter))
    desk.replaceAll(snapshot.approvals, now: now)
    ask(snapshot.hostKeys)
  }

  mutating func detach(_ error: UserFacingError?, now: Date) {
    link = .detached(error)
    requests.abandonAll()
    desk.replaceAll([], now: now)
    boot.end()
    tabs.changeAll { $0.isRunning = false }
  }

  mutating func take(_ event: Event, now: Date, effects: inout [Effect]) {
    switch event {
    case .chat(let event): take(event, now: now)
    case .monitoring(let event): take(event, now: now, effects: &effects)
    case .system(let event): take(event, now: now)
    }
  }

  private mutating func take(_ event: ChatEvent, now: Date) {
    let typesetter = typesetter
    switch event {
    case .message(let message):
      tabs.change(message.conversation, isNews: message.role != .user) {
        // A turn that waited behind another one begins now: its time does not count from the other's start.
        if $0.begins(message), $0.isRunning { $0.runningSince = now }
        $0.put(message, typesetter: typesetter)
      }
    case .delta(let id, let conversation, let text):
      let clean = Sanitiser.clean(text)
      tabs.change(conversation, isNews: true) { $0.append(clean, to: id, typesetter: typesetter) }
    case .restarted(let id, let conversation):
      tabs.change(conversation) { $0.restart(id) }
    case .running(let conversation, let isRunning):
      tabs.change(conversation) {
        $0.runningSince = isRunning ? ($0.runningSince ?? now) : nil
        $0.isRunning = isRunning
      }
    case .conversation(let info):
      mirror.put(info)
      tabs.change(info.id) { $0.title = info.title }
    case .conversationDeleted(let id):
      mirror.forget(id)
      memory.conversations?.entries.removeAll { $0.id == id }
      tabs.close(id)
    }
  }

  private mutating func take(_ event: MonitoringEvent, now: Date, effects: inout [Effect]) {
    switch event {
    case .cluster(let cluster): mirror.take(cluster)
    case .happened(let event): mirror.take(event)
    case .approval(let approval):
      let isNew = approval.state == .pending && !desk.cards.contains { $0.id == approval.id }
      desk.take(approval, now: now)
      if isNew { effects.append(.bell) }
    }
  }

  private mutating func take(_ event: SystemEvent, now: Date) {
    switch event {
    case .boot(let step): boot.add(step.sanitised)
    case .ready: boot.end()
    case .cost(let report): mirror.take(report)
    case .provider(let health): mirror.take(health)
    case .notice(let notice): mirror.take(notice)
    case .noticeEnded(let id): mirror.endNotice(id: id)
    // Kept by the mirror, for the status line and its overlays.
    case .freeze(let freeze): mirror.take(freeze)
    case .hostKeys(let questions): ask(questions)
    case .allowances(let allowances): mirror.take(allowances)
    case .safety(let stamp): mirror.take(stamp)
    case .maintenance(let maintenance): mirror.take(maintenance)
    case .stopping(let reason): stopping = Sanitiser.clean(reason, keepingNewlines: false)
    }
  }

  // MARK: Answers

  mutating func take(_ reply: Reply, to id: RequestID, now: Date, effects: inout [Effect]) {
    guard requests.end(id) != nil else { return }
    switch reply {
    case .conversation(let info, let messages):
      mirror.put(info)
      tabs.show(Transcript(id: info.id, title: info.title, messages: messages, typesetter: typesetter))
      view = .chat
    case .shell(let visit): effects.append(.openShell(visit))
    case .memory(let answer): take(answer)
    case .audit(let page): take(page)
    case .done: break
    }
  }

  mutating func take(_ error: UserFacingError, to id: RequestID, now: Date) {
    guard let purpose = requests.end(id) else { return }
    let text = Sanitiser.clean(error.description)
    switch purpose {
    case .decision(let approval):
      desk.decisionFailed(approval)
      tell(text, now: now)
    case .memory: say(text, .warning, now: now)
    case .audit: failAudit(error.reason)
    case .message, .newConversation, .open, .change, .stop, .shell: tell(text, now: now)
    }
  }

  /// A sentence of this screen's own in the conversation, so that it does not pass unread.
  private mutating func tell(_ text: String, now: Date) {
    guard let id = conversation else { return say(text, .warning, now: now) }
    let typesetter = typesetter
    tabs.change(id) {
      $0.put(
        ChatMessage(
          id: MessageID(rawValue: "local-\(look)-\(now.timeIntervalSince1970)-\($0.blocks.count)"),
          conversation: id, role: .notice, text: text, at: now),
        typesetter: typesetter)
    }
  }
}
