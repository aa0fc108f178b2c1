import JarvisAPI

/// An argument that is to be judged or run must be the one that was typed: bytes that are not UTF-8 were replaced by
/// U+FFFD before any command saw them, which is another text.
enum TypedText {
  /// - Parameter attempted: what was to be done, for the error.
  /// - Throws: `UserFacingError` of kind `.usage` where one of `arguments` was repaired.
  static func requireUnrepaired(_ arguments: [String], attempted: String) throws(UserFacingError) {
    guard arguments.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else { return }
    throw UserFacingError(
      .usage, attempted: attempted, reason: "the command is not UTF-8 (or holds U+FFFD, which cannot be told apart)",
      advice: "write it in UTF-8")
  }
}
