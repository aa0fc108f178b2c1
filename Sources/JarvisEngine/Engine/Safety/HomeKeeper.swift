import Foundation
import JarvisAPI
import JarvisLock
import JarvisSafety
import JarvisStorage

/// What Jarvis lives on, kept up to date as the cluster moves it. A class, because the gate asks while the watcher of the
/// cluster tells; the state is behind a lock.
final class HomeKeeper: Sendable {
  private struct State {
    var standing: HomeStanding
    /// When the home was confirmed that the cluster then contradicted: the same word is not taken twice.
    var contradicted: Date?
  }

  private let store: HomeStore
  private let state: Guarded<State>
  private let isFixed: Bool

  /// - Parameter fixed: what holds without a file; nil to read it.
  init(_ store: HomeStore, fixed: HomeStanding? = nil) {
    self.store = store
    isFixed = fixed != nil
    state = Guarded(State(standing: fixed ?? store.load()))
  }

  var standing: HomeStanding { state.withLock { $0.standing } }

  /// What a comparison with the cluster came to.
  enum Finding: Equatable {
    /// Its guest runs on another node: what it stands on there is to be read.
    case moved(Home)
    case gone(String)
  }

  /// Compares with a fresh picture of the cluster.
  /// - Returns: what was found where it is no longer as confirmed.
  func check(_ guests: [Guest]) throws(StorageError) -> Finding? {
    guard !isFixed, case .known(let home) = standing else { return nil }
    switch HomeCheck.compare(home, with: guests) {
    case .same: return nil
    case .gone(let reason):
      state.withLock { $0 = State(standing: .unknown(reason), contradicted: home.confirmedAt) }
      return .gone(reason)
    case .moved(let moved):
      try keep(moved)
      return .moved(moved)
    }
  }

  /// Takes over what was learned of a home that has moved.
  func keep(_ home: Home) throws(StorageError) {
    state.withLock { $0.standing = .known(home) }
    try store.save(home)
  }

  /// Reads again what `init` may have written meanwhile. A file that has gone or broken takes nothing back that is known.
  /// - Returns: the home where it is another now.
  func reload() -> Home? {
    guard !isFixed, case .known(let found) = store.load() else { return nil }
    return state.withLock { state in
      guard found.confirmedAt != state.contradicted, state.standing != .known(found) else { return nil }
      state = State(standing: .known(found))
      return found
    }
  }
}
