import Foundation
import JarvisHTTP

/// Which way into the cluster is asked next. Pure: it is told what happened and when, and says whom to ask.
///
/// A node that failed is put behind the others for a while, longer each time; the only one left is asked all the same.
/// A node whose certificate changed is asked no more until its trust is agreed anew.
struct EndpointChooser: Sendable {
  /// First pause after a failure; doubled with each further one up to `longestPause`.
  static let firstPause: TimeInterval = 2
  static let longestPause: TimeInterval = 60
  /// A certificate that cannot be verified is looked at again after this time: renewals take a moment to settle.
  static let untrustedPause: TimeInterval = 300
  /// More ways in than this are not kept.
  static let maximumEndpoints = 64

  /// How asking an endpoint ended.
  enum Outcome: Sendable, Equatable {
    /// It answered, with whatever status.
    case answered
    /// It did not; the reason does not matter.
    case failed
    /// Its certificate could not be verified.
    case untrusted
    /// Its pinned certificate is another one now, with this fingerprint.
    case changed(actual: String)
  }

  /// What to do for a call.
  enum Decision: Sendable, Equatable {
    case ask(ClusterEndpoint)
    /// Nobody (else) may be asked.
    case nobody
  }

  private struct Entry: Sendable {
    var endpoint: ClusterEndpoint
    var failures = 0
    var pausedUntil: Date?
    /// The fingerprint it shows instead of the pinned one.
    var changed: String?
  }

  private var entries: [Entry]
  /// The one that answered last stays the first to be asked: connections to it are warm.
  private var preferred: String?

  init(_ endpoints: [ClusterEndpoint]) {
    entries = []
    for endpoint in endpoints { adopt(endpoint) }
  }

  var endpoints: [ClusterEndpoint] { entries.map(\.endpoint) }

  /// An endpoint that waits for its new certificate to be agreed on, and that certificate's fingerprint.
  var changed: (endpoint: ClusterEndpoint, actual: String)? {
    for entry in entries { if let actual = entry.changed { return (entry.endpoint, actual) } }
    return nil
  }

  /// Whom to ask.
  /// - Parameters:
  ///   - tried: bases of those already asked for this call. After the first, only healthy ones follow.
  ///   - node: a node whose own endpoint is wanted first.
  func choose(tried: Set<String> = [], near node: String? = nil, at now: Date) -> Decision {
    let open = entries.filter { $0.endpoint.trust != nil && $0.changed == nil && !tried.contains($0.endpoint.base) }
    let healthy = open.filter { !isPaused($0, at: now) }
    if let node, let own = healthy.first(where: { $0.endpoint.node == node }) { return .ask(own.endpoint) }
    if let warm = healthy.first(where: { $0.endpoint.base == preferred }) ?? healthy.first {
      return .ask(warm.endpoint)
    }
    guard tried.isEmpty else { return .nobody }
    // All are paused: the one whose pause ends first is the best guess.
    let soonest = open.min { ($0.pausedUntil ?? .distantPast) < ($1.pausedUntil ?? .distantPast) }
    return soonest.map { .ask($0.endpoint) } ?? .nobody
  }

  private func isPaused(_ entry: Entry, at now: Date) -> Bool {
    guard let until = entry.pausedUntil else { return false }
    // A wall clock that was set back must not lengthen a pause.
    return until > now && until.timeIntervalSince(now) <= Self.untrustedPause
  }

  /// Takes note of how asking the endpoint at `base` ended.
  mutating func report(_ outcome: Outcome, base: String, at now: Date) {
    guard let index = entries.firstIndex(where: { $0.endpoint.base == base }) else { return }
    switch outcome {
    case .answered:
      entries[index].failures = 0
      entries[index].pausedUntil = nil
      preferred = base
    case .failed:
      entries[index].failures = min(entries[index].failures + 1, 16)
      let pause = Self.firstPause * pow(2, Double(entries[index].failures - 1))
      entries[index].pausedUntil = now.addingTimeInterval(min(pause, Self.longestPause))
    case .untrusted: entries[index].pausedUntil = now.addingTimeInterval(Self.untrustedPause)
    case .changed(let actual): entries[index].changed = actual
    }
    if outcome != .answered, preferred == base { preferred = nil }
  }

  /// Adds a way in, or fills in what an equal one lacks. One entry a node and one an address.
  mutating func adopt(_ endpoint: ClusterEndpoint) {
    if let index = entries.firstIndex(where: { $0.endpoint.base == endpoint.base }) {
      if entries[index].endpoint.node == nil { entries[index].endpoint.node = endpoint.node }
      if entries[index].endpoint.trust == nil { entries[index].endpoint.trust = endpoint.trust }
      return
    }
    if let node = endpoint.node, entries.contains(where: { $0.endpoint.node == node && $0.endpoint.trust != nil }) {
      return
    }
    guard entries.count < Self.maximumEndpoints else { return }
    entries.append(Entry(endpoint: endpoint))
  }

  /// The person agreed to trust this from now on: the endpoint is asked again at once.
  mutating func trust(_ trust: TLSTrust, base: String) {
    guard let index = entries.firstIndex(where: { $0.endpoint.base == base }) else { return }
    entries[index] = Entry(endpoint: entries[index].endpoint)
    entries[index].endpoint.trust = trust
  }

  /// The node behind an endpoint turned out to be this one.
  mutating func name(_ node: String, base: String) {
    guard let index = entries.firstIndex(where: { $0.endpoint.base == base }) else { return }
    entries[index].endpoint.node = node
  }
}
