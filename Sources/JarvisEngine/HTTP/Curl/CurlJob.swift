import CCurl

/// Something that the worker's loop drives with one easy handle. Used on the worker's thread only.
protocol CurlJob: AnyObject {
  var easy: CurlEasy { get }
  /// When it wants to be looked at, if nothing happens before.
  var deadline: ContinuousClock.Instant { get }
  /// The error to end with at `now`, or nil if the deadline has moved on.
  func expired(at now: ContinuousClock.Instant) -> HTTPError?
  /// libcurl is done with it. True to be started again.
  func finished(_ code: CURLcode, at now: ContinuousClock.Instant) -> Bool
  /// The loop gives it up for this reason.
  func failed(_ error: HTTPError)
  /// The reader has room again.
  func resume(at now: ContinuousClock.Instant)
}
