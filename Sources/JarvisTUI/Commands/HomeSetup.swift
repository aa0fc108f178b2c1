import Foundation
import JarvisAPI
import JarvisCluster
import JarvisEngine
import JarvisHTTP
import JarvisSafety
import JarvisStorage

/// The part of `init` that finds and confirms what Jarvis lives on: without it Jarvis does nothing by itself.
struct HomeSetup: Sendable {
  let prompt: Prompt
  /// `--home`: "auto", "elsewhere", a vmid or a node's name; nil to ask.
  var place: String?
  /// `--model-host`, likewise; "none" for a model outside of the cluster.
  var modelHost: String?
  var hints: HomeHints
  var now: @Sendable () -> Date = { Date() }

  /// - Returns: nil where the person leaves it open.
  func run(_ configuration: Configuration, transport: CurlTransport) async throws -> Home? {
    guard let cluster = configuration.cluster else { return nil }
    let client = try ClusterAssembly.client(cluster, transport: transport, now: now)
    let live = LiveCluster(client: client, now: now)
    let survey: HomeSurvey
    do {
      survey = try await HomeSurvey.take(of: live)
    } catch {
      throw error.userFacing
    }
    prompt.say("What Jarvis lives on: it never cuts that off, and does nothing by itself until it knows.")
    prompt.say("  this machine is \(Self.words(hints))")
    for gap in survey.unread.prefix(Self.maximumShown) { prompt.say("  not read: \(gap)") }
    guard let found = try answered(home(survey)) else {
      prompt.say("Left open: Jarvis does nothing by itself. `jarvis-tui init --only-home` asks again.")
      return nil
    }
    let home = survey.home(
      at: found, modelHost: try answered(modelPlace(survey, configuration.local)), confirmedAt: now())
    prompt.say("Jarvis lives on \(home.place.words).")
    if !home.storages.isEmpty { prompt.say("  its disks lie on \(home.storages.joined(separator: ", "))") }
    if !home.bridges.isEmpty { prompt.say("  its network goes over \(home.bridges.joined(separator: ", "))") }
    if let model = home.modelHost { prompt.say("  the local model runs on \(model.words)") }
    return home
  }

  /// Candidates and gaps that are listed, at most.
  private static let maximumShown = 8

  private static func words(_ hints: HomeHints) -> String {
    var parts = [hints.hostName ?? "without a name"]
    if !hints.macs.isEmpty { parts.append("MAC \(hints.macs.prefix(maximumShown).joined(separator: ", "))") }
    if !hints.addresses.isEmpty { parts.append(hints.addresses.prefix(maximumShown).joined(separator: ", ")) }
    if hints.smbiosUUID == nil { parts.append("SMBIOS UUID not readable") }
    if hints.isContainer { parts.append("a container") }
    return parts.joined(separator: "; ")
  }

  /// Nothing where nobody answers any more: a script that gives no home leaves it open.
  private func answered(_ place: @autoclosure () throws -> Home.Place?) throws -> Home.Place? {
    do {
      return try place()
    } catch let error as UserFacingError where error.reason == Prompt.ended {
      return nil
    }
  }

  // MARK: Where

  private func home(_ survey: HomeSurvey) throws -> Home.Place? {
    let candidates = survey.candidates(hints)
    for candidate in candidates.prefix(Self.maximumShown) {
      prompt.say("  \(candidate.place.words): \(candidate.evidence.joined(separator: ", "))")
    }
    if candidates.isEmpty { prompt.say("  nothing in the cluster looks like it") }
    let strong = candidates.filter(\.isStrong)
    if let place {
      guard place != "auto" else { return try Self.certain(strong) }
      return try survey.place(named: place)
    }
    // One strong sign is proposed; two mean a clone, and a name or an address alone is a guess: those are only shown.
    if strong.count == 1, try prompt.consent("Does Jarvis live on \(strong[0].place.words)?") { return strong[0].place }
    return try ask("Where does Jarvis live? A guest's number, a node's name, elsewhere; empty to leave it open", survey)
  }

  private static func certain(_ strong: [HomeCandidate]) throws(UserFacingError) -> Home.Place {
    guard strong.count == 1 else {
      throw UserFacingError(
        .negative, attempted: "find what Jarvis lives on",
        reason: strong.isEmpty
          ? "no guest has this machine's UUID or MAC address"
          : "more than one has them: \(strong.map(\.place.words).joined(separator: ", "))",
        advice: "name it: --home VMID, --home NODE, or --home elsewhere")
    }
    return strong[0].place
  }

  private func ask(_ question: String, _ survey: HomeSurvey) throws -> Home.Place? {
    for attempt in 1...InitCommand.maximumTries {
      let answer = try prompt.ask(question, fallback: "")
      if answer.isEmpty { return nil }
      do throws(UserFacingError) {
        return try survey.place(named: answer)
      } catch {
        if attempt == InitCommand.maximumTries { throw error }
        prompt.say("\(error)")
      }
    }
    return nil
  }

  // MARK: The local model

  /// The host of the local model, where it is a guest or a node of this cluster.
  private func modelPlace(_ survey: HomeSurvey, _ local: LocalModelConfiguration?) throws -> Home.Place? {
    if let modelHost, modelHost != "auto" {
      return ["none", "elsewhere"].contains(modelHost) ? nil : try survey.place(named: modelHost)
    }
    guard let host = local.flatMap({ URL(string: $0.url)?.host }), !["127.0.0.1", "::1", "localhost"].contains(host)
    else { return nil }
    let found = survey.candidates(HomeHints(addresses: [host], hostName: host)).first
    if modelHost == "auto" || place != nil { return found?.place }
    if let found, try prompt.consent("The local model at \(host) runs on \(found.place.words). Protect that, too?") {
      return found.place
    }
    return found == nil
      ? try ask(
        "Where does the local model at \(host) run? A guest's number, a node's name; empty for elsewhere", survey)
      : nil
  }
}
