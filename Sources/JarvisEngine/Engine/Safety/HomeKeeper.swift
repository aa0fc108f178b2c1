import JarvisAPI
import JarvisLock
import JarvisSafety
import JarvisStorage

/// What Jarvis lives on, kept up to date as the cluster moves it. A class, because the gate asks while the watcher of the
/// cluster tells; the state is behind a lock.
final class HomeKeeper: Sendable {
  private let store: HomeStore
  private let state: Guarded<HomeStanding>
  private let isFixed: Bool

  /// - Parameter fixed: what holds without a file; nil to read it.
  init(_ store: HomeStore, fixed: HomeStanding? = nil) {
    self.store = store
    isFixed = fixed != nil
    state = Guarded(fixed ?? store.load())
  }

  var standing: HomeStanding { state.withLock { $0 } }

  /// Compares with a fresh picture of the cluster.
  /// - Returns: what was found where it is no longer as confirmed, for the audit.
  func check(_ guests: [Guest]) throws(StorageError) -> String? {
    guard !isFixed, case .known(let home) = standing else { return nil }
    switch HomeCheck.compare(home, with: guests) {
    case .same: return nil
    case .gone(let reason):
      state.withLock { $0 = .unknown(reason) }
      return reason
    case .moved(let moved):
      state.withLock { $0 = .known(moved) }
      try store.save(moved)
      return "Jarvis has moved: it lives on \(moved.place.words) now"
    }
  }

  /// Reads again what `init` may have written meanwhile.
  func reload() {
    guard !isFixed, case .unknown = standing else { return }
    state.withLock { $0 = store.load() }
  }
}
