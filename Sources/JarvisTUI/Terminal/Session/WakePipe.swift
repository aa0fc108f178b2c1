import Glibc

/// A pipe that ends a `poll` from anywhere: other threads and signal handlers write one byte.
public final class WakePipe: Sendable {
  /// Readable when somebody woke us. -1 when the pipe could not be made.
  let readEnd: Int32
  /// For signal handlers, which write the signal's number.
  let writeEnd: Int32

  /// Bytes taken per look; a signal more than fits is found at the next one.
  private static let readSize = 64

  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
      (readEnd, writeEnd) = (ends[0], ends[1])
    } else {
      (readEnd, writeEnd) = (-1, -1)
    }
  }

  deinit {
    if readEnd >= 0 {
      close(readEnd)
      close(writeEnd)
    }
  }

  /// Wakes the loop. A full pipe is awake already.
  func wake() {
    var zero: UInt8 = 0
    _ = write(writeEnd, &zero, 1)
  }

  /// Empties the pipe.
  /// - Returns: the numbers of the signals that came, in order.
  func drain() -> [Int32] {
    var signals: [Int32] = []
    var buffer = [UInt8](repeating: 0, count: Self.readSize)
    var count = read(readEnd, &buffer, buffer.count)
    while count > 0 {
      signals += buffer[..<count].filter { $0 != 0 }.map(Int32.init)
      if count < buffer.count { break }
      count = read(readEnd, &buffer, buffer.count)
    }
    return signals
  }
}
