import Foundation
import Testing

/// Compares text with a file in `Golden/`. `JARVIS_UPDATE_GOLDEN=1` writes the files anew; read the difference then.
func expectGolden(_ lines: [String], _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name).txt")
  let text = lines.joined(separator: "\n") + "\n"
  if ProcessInfo.processInfo.environment["JARVIS_UPDATE_GOLDEN"] != nil {
    try text.write(to: file, atomically: true, encoding: .utf8)
    return
  }
  let golden = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
  let drawn = text.split(separator: "\n", omittingEmptySubsequences: false)
  for (index, pair) in zip(golden, drawn).enumerated() where pair.0 != pair.1 {
    Issue.record("\(name) line \(index + 1)\n golden: \(pair.0)\n drawn:  \(pair.1)", sourceLocation: sourceLocation)
  }
  #expect(golden.count == drawn.count, "\(name) has another height", sourceLocation: sourceLocation)
}
