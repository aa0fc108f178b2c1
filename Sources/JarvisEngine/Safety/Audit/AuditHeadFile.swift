import Foundation
import JarvisStorage

/// The audit's count and newest hash outside of the database, in an owner-only file of their own.
///
/// Written after each row was committed, so it is never ahead of an audit that nobody has cut.
struct AuditHeadFile: Sendable {
  enum Fault: Error, Hashable {
    case missing
    case unreadable(String)
  }

  private let file: OwnerOnlyFile

  init(directory: DataDirectory) {
    file = OwnerOnlyFile(path: directory.path + "/audit.head")
  }

  var path: String { file.path }

  func read() throws(Fault) -> AuditHead {
    let bytes: [UInt8]
    do throws(OwnerOnlyFile.Fault) {
      bytes = try file.read()
    } catch {
      if case .missing = error { throw .missing }
      throw .unreadable(error.description)
    }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count >= 1, let rows = Int(words[0]), rows >= 0, words.count == (rows == 0 ? 1 : 2) else {
      throw .unreadable("\(path) holds no count and hash")
    }
    return AuditHead(rows: rows, hash: rows == 0 ? "" : String(words[1]))
  }

  func write(_ head: AuditHead) throws(StorageError) {
    try file.replace(with: Array("\(head.rows) \(head.hash)\n".utf8))
  }
}
