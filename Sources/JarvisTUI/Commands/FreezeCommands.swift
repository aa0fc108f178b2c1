import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSafety
import JarvisStorage

/// `freeze`: the kill switch on. Works beside a running engine, and before its first start.
struct FreezeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "freeze", abstract: "Stop every change, from every caller, at once.",
    discussion: """
      A running engine obeys at its next step, without being asked. Proxmox VE's own jobs go on. It lasts over restarts, until \
      `jarvis-tui unfreeze` or the end given with --for.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: "Why; shown on every screen.") var reason: String
  @Option(
    name: .customLong("for"), help: ArgumentHelp("How long: 30m, 2h, 1d. Else until it is lifted.", valueName: "d"))
  var duration: DurationArgument?
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    // Whoever finds everything stopped must be able to read why.
    if Sanitiser.clean(reason, keepingNewlines: false).allSatisfy(\.isWhitespace) {
      throw ValidationError("--reason is empty: say in a few words why, it stands on every screen")
    }
  }

  func run() throws {
    let (reason, duration) = (reason, duration)
    let freeze = try SafetyFiles.with(common, environment: ProcessInfo.processInfo.environment) { files in
      let file = try files.freezeFile()
      do throws(StorageError) {
        return try file.freeze(
          reason: reason, until: duration.map { Date().addingTimeInterval($0.seconds) }, by: "command line")
      } catch {
        throw error.userFacing
      }
    }
    try FreezeReport(freeze).print(json: json)
  }
}

/// `unfreeze`: the kill switch off; also where its record cannot be read.
struct UnfreezeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unfreeze", abstract: "Lift the freeze. Each change is asked for again as before.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    guard !common.readOnly else {
      throw UserFacingError(
        .refused, attempted: "unfreeze", reason: "--read-only lets nothing be changed again", advice: "leave it out")
    }
    let lifted = try SafetyFiles.with(common, environment: ProcessInfo.processInfo.environment) { files in
      // Where no engine ever was there is no record, and none is made.
      guard files.hasFreezeRecord else { return false }
      let file = try files.freezeFile()
      guard file.state() != nil else { return false }
      do throws(StorageError) {
        try file.unfreeze(by: "command line")
      } catch {
        throw error.userFacing
      }
      return true
    }
    try FreezeReport(nil, lifted: lifted).print(json: json)
  }
}

/// What both commands say.
struct FreezeReport: Encodable {
  let frozen: Bool
  /// False where there was nothing to lift, and after a freeze.
  let lifted: Bool
  @NullWhereUnknown var reason: String?
  @NullWhereUnknown var since: Date?
  @NullWhereUnknown var until: Date?

  init(_ freeze: Freeze?, lifted: Bool = false) {
    frozen = freeze != nil
    self.lifted = lifted
    reason = freeze?.reason
    since = freeze?.since
    until = freeze?.until
  }

  func print(json: Bool) throws {
    if json { return try Output.json(self, zone: .current) }
    let end = until.map { " until \(RFC3339.text($0, zone: .current))" } ?? " until `jarvis-tui unfreeze`"
    Output.line(
      frozen
        ? "Frozen\(end): \(Sanitiser.clean(reason ?? "", keepingNewlines: false)). Proxmox VE's own jobs go on."
        : lifted
          ? "Lifted: changes are asked for again." : "Nothing was frozen: changes are asked for, as before.")
  }
}
