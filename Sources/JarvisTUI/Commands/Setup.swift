import Foundation
import JarvisAPI
import JarvisCluster
import JarvisEngine
import JarvisHTTP
import JarvisModels

/// The conversation of `init`: certificate, consent, token, rights, nodes, models.
struct Setup: Sendable {
  let prompt: Prompt
  let environment: [String: String]
  private let transport: CurlTransport

  init(prompt: Prompt, environment: [String: String]) {
    self.prompt = prompt
    self.environment = environment
    transport = CurlTransport(environment: environment)
  }

  func run(address: String?) async throws -> Configuration {
    let endpoint = try await entrance(address)
    let (discovery, token) = try await discover(endpoint)
    report(discovery)
    var configuration = Configuration()
    configuration.cluster = try await cluster(discovery, endpoint, token)
    configuration.local = try await localModel()
    configuration.claude = try claude()
    return configuration
  }

  // MARK: Certificate

  /// Reads the certificate without credentials and asks whether to trust it.
  private func entrance(_ address: String?) async throws -> ClusterEndpoint {
    let text = try address ?? prompt.ask("Address of any node (name or IP, port 8006 unless said)")
    var endpoint: ClusterEndpoint
    do {
      endpoint = try ClusterEndpoint(address: text, trust: nil)
    } catch {
      throw UserFacingError(
        .usage, attempted: "use the address '\(text)'", reason: "\(error)",
        advice: "e.g. pve.example or https://pve:8006")
    }
    let chain: PresentedChain
    do {
      chain = try await CertificateProbe(transport).chain(of: endpoint.base)
    } catch {
      throw UserFacingError(
        .unreachable, attempted: "read the certificate of \(endpoint.base)", reason: error.words,
        advice: "check the address, the port and the firewall")
    }
    show(chain)
    if case .valid = chain.verdict {
      prompt.say("It is publicly valid for this name: verified as any website's.")
      endpoint.trust = .system
      return endpoint
    }
    prompt.say("Compare the fingerprint on the node's own console: pvenode cert info")
    guard try prompt.consent("Trust this certificate?") else {
      throw UserFacingError(
        .refused, attempted: "connect to \(endpoint.base)", reason: "its certificate is not trusted",
        advice: "nothing was sent and nothing was written")
    }
    endpoint.trust = .pinned(sha256: chain.leaf.fingerprint.bytes)
    return endpoint
  }

  private func show(_ chain: PresentedChain) {
    let leaf = chain.leaf
    prompt.say("The certificate of this address:")
    prompt.say("  subject      \(leaf.subject)")
    prompt.say("  issuer       \(leaf.issuer)")
    prompt.say("  names        \(leaf.names.joined(separator: ", "))")
    prompt.say("  valid until  \(RFC3339.text(leaf.notAfter, zone: .current))")
    prompt.say("  SHA-256      \(leaf.fingerprint)")
  }

  // MARK: Token

  private func discover(_ endpoint: ClusterEndpoint) async throws -> (ClusterDiscovery, String) {
    prompt.say("An API token with least privilege is made by root on any node. Take the steps you want, in order:")
    for step in TokenRecipe.steps() {
      prompt.say("- \(step.title):")
      for line in step.commands { prompt.say("  \(line)") }
    }
    prompt.say("  (Proxmox VE 8 has VM.Monitor instead of VM.GuestAgent.Audit.)")
    for attempt in 1...InitCommand.maximumTries {
      let text = try environment["JARVIS_PVE_TOKEN"] ?? prompt.secret("API token (USER@REALM!ID=UUID)")
      do {
        let token = try APIToken(parsing: text)
        let client = ProxmoxClient(transport: transport, token: token, endpoints: [endpoint], now: { Date() })
        return (try await client.discover(), text.trimmingCharacters(in: .whitespacesAndNewlines))
      } catch let error as APIToken.Malformed {
        try retry(
          attempt,
          UserFacingError(
            .usage, attempted: "read the token", reason: error.description,
            advice: "copy it whole, as Proxmox showed it"))
      } catch let error as ProxmoxError {
        guard error.kind == .unauthenticated else { throw error.userFacing }
        try retry(attempt, error.userFacing)
      }
    }
    throw UserFacingError(
      .configuration, attempted: "log in", reason: "\(InitCommand.maximumTries) tokens were refused")
  }

  /// Says what was wrong with the token; gives up where asking again cannot help.
  private func retry(_ attempt: Int, _ error: UserFacingError) throws {
    if attempt == InitCommand.maximumTries || environment["JARVIS_PVE_TOKEN"] != nil { throw error }
    prompt.say("\(error)")
  }

  private func report(_ discovery: ClusterDiscovery) {
    prompt.say("Connected to \(discovery.name), Proxmox VE \(discovery.version).")
    prompt.say(
      "Nodes: \(discovery.entrances.map { $0.node + ($0.address.map { " (\($0))" } ?? "") }.joined(separator: ", "))")
    for gap in discovery.gaps { prompt.say("Not learned: \(gap)") }
    if discovery.rights.nothingGranted {
      prompt.say("This token has no right at all: with privilege separation it needs an ACL of its own (see above).")
    } else if discovery.rights.missing.isEmpty {
      prompt.say("The token has every right that Jarvis uses.")
    }
    for line in discovery.rights.blindness + discovery.rights.lockedTools { prompt.say("  \(line)") }
  }

  // MARK: Nodes

  /// All nodes for fail-over: under the cluster's own authority where the operator trusts it, else each with its pin.
  private func cluster(_ discovery: ClusterDiscovery, _ endpoint: ClusterEndpoint, _ token: String) async throws
    -> ClusterConfiguration
  {
    var first = ClusterConfiguration.Entrance(url: endpoint.base)
    if case .pinned(let bytes)? = endpoint.trust {
      first.fingerprint = CertificateFingerprint(bytes: bytes)?.description
    }
    let others = discovery.entrances.compactMap { entrance -> ClusterConfiguration.Entrance? in
      guard let address = entrance.address, let other = try? ClusterEndpoint(address: address, trust: nil),
        other.base != endpoint.base
      else { return nil }
      return .init(url: other.base, fingerprint: entrance.fingerprint, node: entrance.node)
    }
    if let pem = discovery.authority?.pem, try await offerAuthority(discovery, endpoint, pem, token) {
      return ClusterConfiguration(
        entrances: [.init(url: endpoint.base)] + others.map { .init(url: $0.url, node: $0.node) }, token: token,
        authority: pem)
    }
    if first.fingerprint == nil {
      return ClusterConfiguration(entrances: [first] + others.map { .init(url: $0.url, node: $0.node) }, token: token)
    }
    let pinned = others.filter { $0.fingerprint != nil }
    if !pinned.isEmpty {
      prompt.say("Fingerprints of the other nodes, as the cluster told over the trusted connection:")
      for entrance in pinned { prompt.say("  \(entrance.node ?? "")  \(entrance.fingerprint ?? "")") }
      if try prompt.consent("Pin these, too, so that Jarvis can ask another node when this one is gone?") {
        return ClusterConfiguration(entrances: [first] + pinned, token: token)
      }
    }
    return ClusterConfiguration(entrances: [first], token: token)
  }

  /// Shows the cluster's own authority and, on consent, checks that it vouches for this entrance before it is written down.
  private func offerAuthority(
    _ discovery: ClusterDiscovery, _ endpoint: ClusterEndpoint, _ pem: String, _ token: String
  ) async throws -> Bool {
    guard let authority = discovery.authority, endpoint.trust != .system else { return false }
    prompt.say(
      "The cluster has its own certificate authority; trusting it, a renewed certificate needs no new consent:")
    prompt.say("  subject      \(authority.subject ?? "–")")
    prompt.say("  SHA-256      \(authority.fingerprint ?? "–")")
    guard try prompt.consent("Trust this authority instead of the single certificate?") else { return false }
    do {
      let verified = try ClusterEndpoint(address: endpoint.base, trust: .authority(pem: pem))
      let client = ProxmoxClient(
        transport: transport, token: try APIToken(parsing: token), endpoints: [verified], now: { Date() })
      _ = try await client.version()
      return true
    } catch {
      let reason = (error as? ProxmoxError)?.reason ?? "\(error)"
      prompt.say("The authority does not vouch for \(endpoint.base) (\(reason)): the single certificate stays pinned.")
      return false
    }
  }

  // MARK: Models

  private func localModel() async throws -> LocalModelConfiguration? {
    let found = await LocalModelSearch(transport: transport).run()
    if let found {
      prompt.say("A local model answers at \(found.url)\(found.model.map { " (\($0))" } ?? "").")
      if try prompt.consent("Use it for talk, for nothing?") { return found }
    }
    let url = try prompt.ask("Address of an OpenAI-compatible server, empty for none", fallback: "")
    return url.isEmpty ? nil : LocalModelConfiguration(url: url.trimmingSlash)
  }

  private func claude() throws -> ClaudeConfiguration? {
    if environment["JARVIS_CLAUDE_API_KEY"] != nil || environment["JARVIS_CLAUDE_API_KEY_FILE"] != nil { return nil }
    let key = try prompt.secret("Anthropic API key, empty for none")
    return key.isEmpty ? nil : ClaudeConfiguration(apiKey: key)
  }
}
