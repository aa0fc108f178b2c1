import JarvisAPI

extension Engine {
  /// Commands about safety itself.
  func safetyCommand(_ command: Command, fromKeyHolder: Bool) async throws(UserFacingError) -> Reply {
    throw UserFacingError(
      .refused, attempted: "carry out a safety command", reason: "this engine has no such record yet")
  }
}
