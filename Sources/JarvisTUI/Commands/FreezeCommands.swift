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
    let (freeze, before) = try SafetyFiles.with(common, environment: ProcessInfo.processInfo.environment) { files in
      // Where nothing was ever written, what counts as frozen is nobody's freeze.
      let hadRecord = files.hasFreezeRecord
      let file = try files.freezeFile()
      let before = hadRecord ? file.state() : nil
      do throws(StorageError) {
        let freeze = try file.freeze(
          reason: reason, until: duration.map { Date().addingTimeInterval($0.seconds) }, by: "command line")
        return (freeze, before)
      } catch {
        throw error.userFacing
      }
    }
    try FreezeReport(freeze, replaced: before).print(json: json)
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
      guard files.hasFreezeRecord else {
        do throws(StorageError) {
          try files.directory.requireUsable()
        } catch {
          throw error.userFacing
        }
        return false
      }
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
  /// The freeze that stood before this one and no longer counts.
  @NullWhereUnknown var replaced: Replaced?

  struct Replaced: Encodable {
    let reason: String
    @NullWhereUnknown var until: Date?
  }

  init(_ freeze: Freeze?, lifted: Bool = false, replaced: Freeze? = nil) {
    self.replaced = replaced.map { Replaced(reason: $0.reason, until: $0.until) }
    frozen = freeze != nil
    self.lifted = lifted
    reason = freeze?.reason
    since = freeze?.since
    until = freeze?.until
  }

  func print(json: Bool) throws {
    if json { return try Output.json(self, zone: .current) }
    Output.line(text)
  }

  var text: String {
    guard frozen else {
      return lifted ? "Lifted: changes are asked for again." : "Nothing was frozen: changes are asked for, as before."
    }
    let now = "Frozen\(Self.end(until)): \(Self.shown(reason ?? "")). Proxmox VE's own jobs go on."
    guard let replaced else { return now }
    return now + "\nIt takes the place of the freeze\(Self.end(replaced.until)): \(Self.shown(replaced.reason))."
      + (isSooner(than: replaced) ? " It ends sooner than that one." : "")
  }

  private func isSooner(than other: Replaced) -> Bool {
    guard let until else { return false }
    return other.until.map { until < $0 } ?? true
  }

  private static func end(_ until: Date?) -> String {
    until.map { " until \(RFC3339.text($0, zone: .current))" } ?? " until `jarvis-tui unfreeze`"
  }

  private static func shown(_ reason: String) -> String { Sanitiser.clean(reason, keepingNewlines: false) }
}
