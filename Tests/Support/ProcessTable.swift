import Foundation

/// The processes of this machine, as `/proc` lists them.
public enum ProcessTable {
  public static func descendants(of root: Int32) -> [Int32] {
    let parents = all().compactMap { process in parent(of: process).map { (process, $0) } }
    var found: [Int32] = []
    var next = [root]
    while let current = next.popLast() {
      let children = parents.filter { $0.1 == current }.map(\.0)
      found += children
      next += children
    }
    return found
  }

  /// Processes with this text in their command line, this one not counted.
  public static func running(_ text: String) -> [Int32] {
    all().filter { process in
      guard process != getpid(), let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else {
        return false
      }
      return String(decoding: line.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self).contains(text)
    }
  }

  /// Open descriptors of this process.
  public static var openDescriptors: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0  // No /proc: nothing to compare.
  }

  /// Resident memory of this process in bytes.
  public static var residentBytes: Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""  // As above.
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  private static func all() -> [Int32] {
    // A process table that cannot be read lists nobody; the tests that need it then fail.
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
  }

  private static func parent(of process: Int32) -> Int32? {
    // Gone in the meantime.
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 1 ? Int32(fields[1]) : nil
  }
}
