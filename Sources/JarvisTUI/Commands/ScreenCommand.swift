import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine

/// The screen on the configured cluster.
struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "The screen (also without a command).")

  @OptionGroup var common: CommonOptions
  @OptionGroup var screen: ScreenOptions
  @Flag(help: "Begin a new database where the old one is damaged; the old one is kept under a dated name.")
  var setDamagedAside = false

  func run() throws {
    try ScreenRun(common: common, screen: screen, setDamagedAside: setDamagedAside).run()
  }
}

/// The screen on a simulated cluster.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "The screen on a simulated four-node cluster and simulated models.",
    discussion: "No account, no key, no network; nothing is kept on disk. Everything says DEMO.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var demo: DemoOptions
  @Option(help: ArgumentHelp("End by itself after so many seconds.", valueName: "n")) var seconds: Int?

  func validate() throws {
    if let seconds, seconds < 1 { throw ValidationError("--seconds must be 1 or more") }
    if common.config != nil { throw ValidationError("the demo reads no configuration: leave out --config") }
  }

  func run() throws {
    var common = common
    common.demo = true
    try ScreenRun(common: common, screen: screen, demo: demo.settings, seconds: seconds).run()
  }
}

/// How the screen looks.
struct ScreenOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Theme by name or file.", valueName: "name")) var theme: String?
  @Flag(help: "No boot text, no pulse.") var reducedMotion = false
  @Flag(help: "Draw with ASCII only.") var ascii = false
}
