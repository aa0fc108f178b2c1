import Foundation

/// Frames kept as readable text files beside the tests. `JARVIS_UPDATE_GOLDEN=1` rewrites them; look at the diff then.
public struct Golden: Sendable {
  /// The folder of one test target's frames.
  public let folder: URL
  private let rewrites: Bool

  /// - Parameter testFile: `#filePath` of the test; the frames stand in `Golden/` beside it.
  public init(
    beside testFile: String = #filePath, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent("Golden")
    rewrites = environment["JARVIS_UPDATE_GOLDEN"] == "1"
  }

  /// Compares text with the file of that name.
  /// - Returns: nil where they are the same, else what differs, line by line.
  public func difference(_ text: String, name: String) throws -> String? {
    let file = folder.appendingPathComponent(name + ".txt")
    let wanted = text.hasSuffix("\n") ? text : text + "\n"
    if rewrites {
      try Data(wanted.utf8).write(to: file)
      return nil
    }
    guard let data = FileManager.default.contents(atPath: file.path) else {
      return "\(name).txt is missing: run the tests once with JARVIS_UPDATE_GOLDEN=1 and look at it"
    }
    let kept = String(decoding: data, as: UTF8.self)
    return kept == wanted ? nil : Self.compare(kept: kept, now: wanted, name: name)
  }

  /// At most so many lines are told.
  private static let linesTold = 20

  private static func compare(kept: String, now: String, name: String) -> String {
    let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
    let new = now.split(separator: "\n", omittingEmptySubsequences: false)
    var told = ["\(name).txt differs:"]
    for index in 0..<max(old.count, new.count) {
      let (before, after) = (index < old.count ? old[index] : "", index < new.count ? new[index] : "")
      guard before != after else { continue }
      told += ["\(index + 1) - \(before)", "\(index + 1) + \(after)"]
      if told.count > linesTold { break }
    }
    return told.joined(separator: "\n")
  }
}
