import Foundation
import JarvisAPI
import JarvisStorage

/// The kill switch on disk: one owner-only file, written by screen and command line, read before every mutation.
///
/// Whatever is wrong with the file – missing, unreadable, garbled, of a newer Jarvis, writable by others – counts as
/// frozen. `prepare` makes the file in a new data directory.
public struct FreezeFile: KillSwitch {
  private let file: OwnerOnlyFile
  private let clock: HostClock

  /// - Parameter directory: the data directory; it must be there before anything is written.
  public init(directory: DataDirectory, clock: HostClock) {
    file = OwnerOnlyFile(path: directory.path + "/freeze.json")
    self.clock = clock
  }

  public var path: String { file.path }

  /// The state of now. Never throws: what cannot be read is a freeze that says so.
  public func state() -> Freeze? {
    do throws(FreezeFault) {
      return try record().freeze(at: clock)
    } catch {
      return Freeze(
        reason: "the kill switch cannot be read and counts as on: \(error.reason)", since: clock.now(), by: "Jarvis",
        unreadable: true)
    }
  }

  /// Makes the file in a data directory that never had one.
  public func prepare() throws(StorageError) {
    guard access(path, F_OK) != 0, errno == ENOENT else { return }
    try write(.off, reason: "", until: nil, by: "Jarvis")
  }

  /// Freezes; a freeze in force is replaced.
  /// - Parameters:
  ///   - until: nil for until it is lifted.
  ///   - by: "screen", "command line".
  @discardableResult
  public func freeze(reason: String, until: Date?, by: String) throws(StorageError) -> Freeze {
    try write(.frozen, reason: reason, until: until, by: by).freeze(at: clock)
      ?? Freeze(reason: reason, since: clock.now(), until: until, by: by)
  }

  /// Lifts whatever is in force, an unreadable record included.
  public func unfreeze(by: String) throws(StorageError) {
    try write(.off, reason: "", until: nil, by: by)
  }

  struct FreezeFault: Error { var reason: String }

  func record() throws(FreezeFault) -> FreezeRecord {
    let bytes: [UInt8]
    do throws(OwnerOnlyFile.Fault) {
      bytes = try file.read()
    } catch {
      throw FreezeFault(reason: error.description)
    }
    let record: FreezeRecord
    do {
      record = try JSONDecoder().decode(FreezeRecord.self, from: Data(bytes))
    } catch {
      throw FreezeFault(reason: "\(path) holds no such record")
    }
    if let fault = record.fault { throw FreezeFault(reason: "\(path): \(fault)") }
    return record
  }

  @discardableResult
  private func write(
    _ word: FreezeRecord.Word, reason: String, until: Date?, by: String
  ) throws(StorageError) -> FreezeRecord {
    func shown(_ text: String) -> String {
      String(Sanitiser.clean(text, keepingNewlines: false).prefix(FreezeRecord.maximumText))
    }
    let uptime = clock.uptime()
    let record = FreezeRecord(
      id: UUID().uuidString.lowercased(), state: word, at: clock.now().timeIntervalSince1970,
      until: until?.timeIntervalSince1970, reason: shown(reason), by: shown(by), boot: uptime?.boot,
      uptime: uptime?.seconds)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let data: Data
    do {
      data = try encoder.encode(record)
    } catch {
      throw StorageError(.failed, attempted: "write \(path)", reason: "\(error)")
    }
    try file.replace(with: Array(data) + [0x0A])
    return record
  }
}
