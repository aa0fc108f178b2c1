import JarvisAPI
import JarvisStorage

extension StorageError {
  /// For the door: storage does not know the API's words.
  public var userFacing: UserFacingError {
    UserFacingError(.configuration, attempted: attempted, reason: reason, advice: advice)
  }
}
