import Foundation
import JarvisAPI
import JarvisStorage

/// The confirmed home in an owner-only file of the data directory, so that `init` can write it without an engine.
public struct HomeStore: Sendable {
  private let file: OwnerOnlyFile

  public init(directory: DataDirectory) {
    file = OwnerOnlyFile(path: directory.path + "/home.json")
  }

  /// What is known; a file that cannot be read is no knowledge.
  public func load() -> HomeStanding {
    let bytes: [UInt8]
    do throws(OwnerOnlyFile.Fault) {
      bytes = try file.read()
    } catch {
      if case .missing = error { return .unknown("it was never confirmed") }
      return .unknown("\(error)")
    }
    do {
      let decoder = JSONDecoder()
      decoder.dateDecodingStrategy = .secondsSince1970
      return .known(try decoder.decode(Home.self, from: Data(bytes)))
    } catch {
      return .unknown("\(file.path) is garbled; run `jarvis-tui init`")
    }
  }

  /// Writes what the operator has confirmed.
  public func save(_ home: Home) throws(StorageError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    encoder.dateEncodingStrategy = .secondsSince1970
    let data: Data
    do {
      data = try encoder.encode(home)
    } catch {
      throw StorageError(.failed, attempted: "write \(file.path)", reason: "\(error)")
    }
    try file.replace(with: Array(data) + [0x0A])
  }
}
