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
    case .moved(let moved): return try keep(moved, replacing: home) ? .moved(moved) : nil
    }
  }

  /// Takes over what was learned of a home that has moved, saved before it counts.
  /// - Returns: false, and nothing is done, where `old` is no longer what holds: a person has confirmed another since.
  func keep(_ home: Home, replacing old: Home) throws(StorageError) -> Bool {
    guard standing == .known(old) else { return false }
    // Written by `init` beside this engine, and not read yet.
    if case .known(let found) = store.load(), !Self.isOne(found.confirmedAt, old.confirmedAt) { return false }
    try store.save(home)
    return state.withLock { state in
      guard state.standing == .known(old) else { return false }
      state.standing = .known(home)
      return true
    }
  }

  /// Reads again what `init` may have written meanwhile: only what was confirmed anew, since a move that could not be
  /// saved leaves an older place in the file. A file that has gone or broken takes nothing back that is known.
  /// - Returns: the home where it is another now.
  func reload() -> Home? {
    guard !isFixed, case .known(let found) = store.load() else { return nil }
    return state.withLock { state in
      if let contradicted = state.contradicted, Self.isOne(found.confirmedAt, contradicted) { return nil }
      if case .known(let home) = state.standing, Self.isOne(found.confirmedAt, home.confirmedAt) { return nil }
      state = State(standing: .known(found))
      return found
    }
  }

  /// Two dates that differ by less than a file keeps are one.
  private static func isOne(_ one: Date, _ other: Date) -> Bool {
    abs(one.timeIntervalSince(other)) < 0.001
  }
}
