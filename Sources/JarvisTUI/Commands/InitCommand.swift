import ArgumentParser
import Foundation
import JarvisAPI
import JarvisCluster
import JarvisEngine
import JarvisHTTP

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
    let (common, address) = (common, address)
    try blockingRun {
      let session = common.demo ? try await CommandSession.open(common, environment: environment) : nil
      let result = await Task {
        if let session, let cluster = session.options.configuration.cluster {
          prompt.say("DEMO: a simulated cluster. Its token is \(cluster.token)")
          prompt.say("      Its address is \(cluster.entrances[0].url)")
        }
        let configuration = try await Setup(prompt: prompt, environment: environment).run(address: address)
        if common.demo {
          prompt.say("DEMO: nothing is written. The file would be:")
          Output.line(ConfigurationText.yaml(Self.withoutSecrets(configuration)))
          return
        }
        if file.exists,
          !(try prompt.consent("\(file.path) exists. Replace it? The old one is kept as config.yaml.before"))
        {
          throw UserFacingError(.negative, attempted: "write \(file.path)", reason: "you kept the old one")
        }
        try file.write(ConfigurationText.yaml(configuration))
        prompt.say("Written: \(file.path) (readable by you only). Start the screen with: jarvis-tui")
      }.result
      await session?.close()
      try result.get()
    }
  }

  private static func withoutSecrets(_ configuration: Configuration) -> Configuration {
    var copy = configuration
    copy.cluster?.token = "‹secret›"
    if copy.claude?.apiKey != nil { copy.claude?.apiKey = "‹secret›" }
    return copy
  }
}
