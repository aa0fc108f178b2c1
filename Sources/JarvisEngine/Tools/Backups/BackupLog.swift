import Foundation
import JarvisAPI

/// What one vzdump task did to each guest: a job's task covers many, and only its log tells them apart. Pure.
enum BackupLog {
  enum Result: Sendable, Hashable {
    case ok
    case failed(String)
  }

  /// Vmid → result, from "INFO: Finished Backup of VM 100 (00:00:12)" and "ERROR: Backup of VM 100 failed - …".
  static func results(in lines: [String]) -> [Int: Result] {
    var results: [Int: Result] = [:]
    for line in lines {
      if let vmid = number(after: "Finished Backup of VM ", in: line) {
        results[vmid] = .ok
      } else if let vmid = number(after: "ERROR: Backup of VM ", in: line) {
        let reason = line.firstRange(of: " failed - ").map { String(line[$0.upperBound...]) } ?? "failed"
        results[vmid] = .failed(reason)
      }
    }
    return results
  }

  private static func number(after words: String, in line: String) -> Int? {
    line.firstRange(of: words).flatMap { Int(line[$0.upperBound...].prefix { $0.isNumber }) }
  }
}

/// A guest's last backup as the tasks, or failing them the storages, tell it.
struct BackupAge: Sendable {
  var vmid: Int
  /// The end of the last one that went well.
  var lastGood: Date?
  /// Where that was learned: "task", "storage".
  var source: String?
  /// The latest that failed, if it is later than the last good one.
  var lastFailure: (at: Date, reason: String)?
  /// True only where it is known that there is none at all.
  var never = false
}
