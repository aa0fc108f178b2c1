import JarvisAPI

/// What the screen knows of memory: the lists as they were asked for last.
struct MemoryBoard: Sendable, Equatable {
  /// nil before the first answer.
  var page: MemoryPage?
  var conversations: ConversationPage?

  mutating func take(_ answer: MemoryAnswer) {
    switch answer {
    case .items(let page): self.page = page
    case .conversations(let page): conversations = page
    case .given: break
    }
  }

  /// What a list was asked for, and how much there is in all.
  func subtitle(_ view: CentreView) -> String {
    switch view {
    case .memory:
      guard let page else { return "" }
      let figures = page.statistics
      if !page.about.isEmpty {
        return "  about \"\(page.about.sanitisedLine)\"" + (page.widened ? ", other times" : "")
      }
      return "  \(figures.conversation) said, \(figures.episodic) events, \(figures.semantic) facts"
    case .conversations:
      guard let about = conversations?.about, !about.isEmpty else { return "" }
      return "  about \"\(about.sanitisedLine)\""
    default: return ""
    }
  }

  /// What stands in an empty list; nil for views of the cluster.
  func emptyText(_ view: CentreView) -> String? {
    switch view {
    case .memory where page == nil, .conversations where conversations == nil: "asking"
    case .memory: page?.about.isEmpty == false ? "nothing relevant is remembered; f, Enter lists all" : "nothing yet"
    case .conversations: "no conversation fits; f, Enter lists all"
    default: nil
    }
  }
}

/// A line that is typed about memory, in a box of its own.
struct MemoryField: Sendable, Equatable {
  enum Purpose: Sendable, Equatable {
    /// Other words for an item.
    case edit(MemoryID)
    case findItems
    case findConversations
  }

  var purpose: Purpose
  var text: String

  var title: String {
    switch purpose {
    case .edit: "EDIT"
    case .findItems: "FIND IN MEMORY"
    case .findConversations: "FIND A CONVERSATION"
    }
  }

  var hint: String {
    switch purpose {
    case .edit: "Enter keeps it; a fact is closed and this takes its place   Esc does not"
    case .findItems, .findConversations: "words, names, times as in \"last week\"; empty lists all   Esc leaves it"
    }
  }

  /// What Enter asks of the engine; nil where there is nothing to ask.
  var command: Command? {
    switch purpose {
    case .edit(let id): text.trimmed.isEmpty ? nil : .memory(.edit(id, text: text.trimmed))
    case .findItems: .memory(.items(about: text.trimmed))
    case .findConversations: .memory(.conversations(about: text.trimmed))
    }
  }
}
