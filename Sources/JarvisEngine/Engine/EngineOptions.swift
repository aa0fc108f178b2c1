import Foundation
import JarvisAPI
import JarvisSSH

/// What an engine is started with.
public struct EngineOptions: Sendable {
  public var configuration: Configuration
  /// Absolute path; nil is a throw-away directory that is removed at the end.
  public var dataDirectory: String?
  /// Where throw-away directories are made.
  public var temporaryDirectory: String
  /// Refuse every mutation for as long as this engine runs.
  public var readOnly: Bool
  /// True on the simulated cluster: everything says DEMO.
  public var simulated: Bool
  /// Begin a new database where the old one is damaged; the old one is kept aside.
  public var setDamagedAside: Bool
  /// The operator's policy; nil where there is none. A missing file changes nothing.
  public var policyFile: String?
  /// The operator's prices, laid over the shipped ones; nil or missing changes nothing.
  public var pricesFile: String?
  public var shell: (any NodeShell)?
  /// The process's environment: proxies.
  public var environment: [String: String]
  public var zone: TimeZone
  public var now: @Sendable () -> Date
  public var clock: any Clock<Duration>
  public init(
    configuration: Configuration, dataDirectory: String?, temporaryDirectory: String = "/tmp", readOnly: Bool = false,
    simulated: Bool = false, setDamagedAside: Bool = false, policyFile: String? = nil, pricesFile: String? = nil,
    shell: (any NodeShell)? = nil,
    environment: [String: String] = [:], zone: TimeZone,
    now: @escaping @Sendable () -> Date = { Date() }, clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.configuration = configuration
    self.dataDirectory = dataDirectory
    self.temporaryDirectory = temporaryDirectory
    self.readOnly = readOnly
    self.simulated = simulated
    self.setDamagedAside = setDamagedAside
    self.policyFile = policyFile
    self.pricesFile = pricesFile
    self.shell = shell
    self.environment = environment
    self.zone = configuration.timeZone ?? zone
    self.now = now
    self.clock = clock
  }
}
