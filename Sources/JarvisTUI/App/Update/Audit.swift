import Foundation
import JarvisAPI
import JarvisTerminal

/// Keys of the audit, and its pages as they come.
extension AppState {
  mutating func openAudit(now: Date, effects: inout [Effect]) {
    var browser = AuditBrowser()
    let query = browser.reload()
    open(.audit(browser))
    _ = perform(.readAudit(query), .audit, now: now, effects: &effects)
  }

  mutating func pressAudit(_ key: Key, _ old: AuditBrowser, now: Date, effects: inout [Effect]) {
    var browser = old
    defer {
      if let more = browser.more(rowsInSight: size.rows) {
        _ = perform(.readAudit(more), .audit, now: now, effects: &effects)
      }
      change { $0 = browser }
    }
    if browser.isFiltering {
      switch Self.fieldEdit(key) {
      case .enter:
        browser.isFiltering = false
        _ = perform(.readAudit(browser.reload()), .audit, now: now, effects: &effects)
      case .cancel: browser.isFiltering = false
      case let edit?: browser.edit(edit)
      case nil: break
      }
      return
    }
    let page = max(1, size.rows - 8)
    switch key.normalised {
    case Key(.up), .plain("k"): browser.move(-1)
    case Key(.down), .plain("j"): browser.move(1)
    case Key(.pageUp): browser.move(-page)
    case Key(.pageDown), .plain(" "): browser.move(page)
    case Key(.home), .plain("g"): browser.move(-AuditBrowser.maximumRows)
    case Key(.end), .plain("G"): browser.move(AuditBrowser.maximumRows)
    case Key(.enter): browser.toggle()
    case .plain("/"): browser.isFiltering = true
    case .plain("r"): _ = perform(.readAudit(browser.reload()), .audit, now: now, effects: &effects)
    default: break
    }
  }

  /// Esc. False where the layer itself is to be closed.
  mutating func backInAudit() -> Bool {
    guard case .audit(var browser) = overlays.last, browser.back() else { return false }
    change { $0 = browser }
    return true
  }

  mutating func take(_ page: AuditPage) { change { $0.take(page) } }

  mutating func failAudit(_ reason: String) { change { $0.fail(reason) } }

  /// Changes the open audit, wherever it stands among the layers; nothing where it was closed meanwhile.
  private mutating func change(_ body: (inout AuditBrowser) -> Void) {
    for index in overlays.indices {
      guard case .audit(var browser) = overlays[index] else { continue }
      body(&browser)
      overlays[index] = .audit(browser)
    }
  }
}
