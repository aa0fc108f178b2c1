import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety

/// What the cluster tells of its guests and nodes, for finding the one that Jarvis lives on.
public struct HomeSurvey: Sendable {
  /// Guests whose configurations are read, at most, and at one time.
  static let maximumGuests = 2_000
  static let width = 8

  /// By vmid.
  public var guests: [HomeFacts]
  public var nodes: [HomeFingerprint]
  /// Guests whose configuration could not be read, for a person.
  public var unread: [String]

  /// Reads the cluster now.
  public static func take(of cluster: any ClusterAPI) async throws(ProxmoxError) -> HomeSurvey {
    let picture = try await cluster.refresh()
    let guests = picture.guests.filter { !$0.template }.prefix(maximumGuests)
    let answers = await withTaskGroup(of: (Guest, Result<HomeFacts, ProxmoxError>).self) { group in
      var rest = guests.makeIterator()
      func ask(_ group: inout TaskGroup<(Guest, Result<HomeFacts, ProxmoxError>)>) {
        guard let guest = rest.next() else { return }
        group.addTask {
          let facts = await Result.of { () async throws(ProxmoxError) in
            HomeFacts(try await cluster.guestConfig(guest.vmid), place: guest.homePlace, name: guest.name)
          }
          return (guest, facts)
        }
      }
      for _ in 0..<width { ask(&group) }
      var answers: [(Guest, Result<HomeFacts, ProxmoxError>)] = []
      for await answer in group {
        answers.append(answer)
        ask(&group)
      }
      return answers.sorted { $0.0.vmid < $1.0.vmid }
    }
    var survey = HomeSurvey(guests: [], nodes: [], unread: [])
    for (guest, answer) in answers {
      switch answer {
      case .success(let facts): survey.guests.append(facts)
      case .failure(let error): survey.unread.append("\(guest.vmid) \(guest.name): \(error.reason)")
      }
    }
    survey.nodes = picture.nodes.map {
      HomeFingerprint(place: .node($0.name), name: $0.name, addresses: $0.address.map { [$0] } ?? [])
    }
    return survey
  }

  /// Where this machine may be, the best first.
  public func candidates(_ hints: HomeHints) -> [HomeCandidate] {
    HomeMatch.candidates(hints, among: guests.map(\.fingerprint) + nodes)
  }

  /// The home at a place that a person has confirmed, with what it stands on there.
  public func home(at place: Home.Place, modelHost: Home.Place?, confirmedAt: Date) -> Home {
    let facts = guests.first { $0.fingerprint.place == place }
    return Home(
      place: place, storages: facts?.storages ?? [], bridges: facts?.bridges ?? [], modelHost: modelHost,
      confirmedAt: confirmedAt)
  }

  /// What a person's word for a place means: "105", "pve", "elsewhere".
  public func place(named word: String) throws(UserFacingError) -> Home.Place {
    let text = word.trimmingCharacters(in: .whitespaces)
    if text.lowercased() == "elsewhere" { return .elsewhere }
    let known = guests.map(\.fingerprint) + nodes
    if let vmid = Int(text) {
      let found = known.first { if case .guest(vmid, _, _) = $0.place { true } else { false } }
      if let found { return found.place }
    } else if let node = nodes.first(where: { $0.name == text }) {
      return node.place
    }
    let shown = Sanitiser.clean(String(text.prefix(64)), keepingNewlines: false)
    throw UserFacingError(
      .usage, attempted: "find \"\(shown)\" in the cluster",
      reason: "it is neither a guest's number whose configuration can be read, nor a node's name",
      advice: "give a vmid, a node's name (\(nodes.map(\.name).joined(separator: ", "))), or elsewhere")
  }
}

extension Guest {
  /// Where something lives that runs in this guest.
  var homePlace: Home.Place { .guest(vmid: vmid, node: node, isContainer: kind == .lxc) }
}
