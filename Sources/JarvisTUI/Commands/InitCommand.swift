import ArgumentParser
import Foundation
import JarvisAPI
import JarvisCluster
import JarvisEngine
import JarvisHTTP
import JarvisSafety
import JarvisStorage

/// `init`: from an address and a token to an owner-only configuration. The token is sent only after the certificate was
/// shown and trusted.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Connect Jarvis to a cluster and write its configuration.",
    discussion: """
      Reads the certificate without credentials, asks whether to trust it, only then sends the token; tests what the token may \
      do, learns all nodes' addresses, looks for a local model, and writes an owner-only file.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Address of any node: name, IP or https://…", valueName: "address")) var address: String?
  @Option(
    help: ArgumentHelp(
      "What Jarvis lives on, instead of being asked: auto, a guest's number, a node's name, elsewhere.",
      valueName: "place")) var home: String?
  @Option(
    help: ArgumentHelp(
      "What the local model runs on: auto, a guest's number, a node's name, none.", valueName: "place"))
  var modelHost: String?
  @Flag(help: "Confirm only what Jarvis lives on; the configuration stays as it is.") var onlyHome = false

  /// Tokens that may be tried before it gives up.
  static let maximumTries = 3

  func run() throws {
    let prompt = Prompt()
    // Ctrl-C while a secret is typed must not leave a terminal that shows nothing.
    StopSignals().onSignal { signal in
      prompt.leave()
      StopSignals.die(of: signal)
    }
    let environment = ProcessInfo.processInfo.environment
    let file = ConfigurationFile(path: common.config, environment: environment)
    let (common, address, onlyHome) = (common, address, onlyHome)
    let home = HomeSetup(prompt: prompt, place: self.home, modelHost: modelHost, hints: OwnMachine.hints())
    try blockingRun {
      let session = common.demo ? try await CommandSession.open(common, environment: environment) : nil
      let result = await Task {
        if let session, let cluster = session.options.configuration.cluster {
          prompt.say("DEMO: a simulated cluster. Its token is \(cluster.token)")
          prompt.say("      Its address is \(cluster.entrances[0].url)")
        }
        if onlyHome {
          let configuration = try session?.options.configuration ?? file.load()
          try Self.requireCluster(configuration)
          try await Self.confirmHome(home, configuration, common, environment)
          return
        }
        let configuration = try await Setup(prompt: prompt, environment: environment).run(address: address)
        if common.demo {
          prompt.say("DEMO: nothing is written. The file would be:")
          Output.line(ConfigurationText.yaml(Self.withoutSecrets(configuration)))
          try await Self.confirmHome(home, configuration, common, environment)
          return
        }
        if file.exists,
          !(try prompt.consent("\(file.path) exists. Replace it? The old one is kept as config.yaml.before"))
        {
          throw UserFacingError(.negative, attempted: "write \(file.path)", reason: "you kept the old one")
        }
        try file.write(ConfigurationText.yaml(configuration))
        prompt.say("Written: \(file.path) (readable by you only).")
        try await Self.confirmHome(home, configuration, common, environment)
        prompt.say("Start the screen with: jarvis-tui")
      }.result
      await session?.close()
      try result.get()
    }
  }

  /// Without a cluster there is no place to confirm.
  static func requireCluster(_ configuration: Configuration) throws(UserFacingError) {
    guard configuration.cluster == nil else { return }
    throw UserFacingError(
      .configuration, attempted: "confirm what Jarvis lives on", reason: "no cluster is configured",
      advice: "run `jarvis-tui init`, without --only-home")
  }

  /// The home is kept in the data directory; a running engine takes it over within seconds, and records it.
  private static func confirmHome(
    _ setup: HomeSetup, _ configuration: Configuration, _ common: CommonOptions, _ environment: [String: String]
  ) async throws {
    guard let home = try await setup.run(configuration, transport: CurlTransport(environment: environment)) else {
      return
    }
    if common.demo {
      setup.prompt.say("DEMO: nothing is written.")
      return
    }
    let directory = DataDirectory(path: ConfigurationFile.dataDirectory(environment))
    do {
      try directory.prepare()
      try HomeStore(directory: directory).save(home)
    } catch {
      throw error.userFacing
    }
  }

  private static func withoutSecrets(_ configuration: Configuration) -> Configuration {
    var copy = configuration
    copy.cluster?.token = "‹secret›"
    if copy.claude?.apiKey != nil { copy.claude?.apiKey = "‹secret›" }
    return copy
  }
}
