import Foundation

/// Data to measure against, which is not part of the project: `JARVIS_TEST_DATA`, else `../shared/data` beside it.
enum TestData {
  /// nil where there is none.
  static func text(_ path: String) -> String? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["JARVIS_TEST_DATA"].map { URL(fileURLWithPath: $0) }
      ?? root.deletingLastPathComponent().appendingPathComponent("shared/data")
    // Not being there is what the callers skip for.
    return try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }
}
