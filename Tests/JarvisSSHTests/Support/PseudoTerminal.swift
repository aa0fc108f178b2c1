import Foundation
import JarvisLock

/// A terminal whose other side is the test: it types, and reads what is shown.
final class PseudoTerminal: Sendable {
  /// The side that a program takes for its terminal; in raw mode.
  let end: Int32
  private let near: Int32
  private let shown = Guarded<[UInt8]>([])

  /// - Parameter reads: false for a terminal that was stopped.
  init(columns: UInt16, rows: UInt16, reads: Bool = true) throws {
    let near = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // ioctl_tty(2): unlock the other side, ask for its number.
    var number: Int32 = 0
    guard near >= 0, ioctl(near, 0x4004_5431, &number) == 0, ioctl(near, 0x8004_5430, &number) == 0 else {
      throw POSIXError(.ENOTTY)
    }
    end = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    self.near = near
    var attributes = termios()
    guard end >= 0, tcgetattr(end, &attributes) == 0 else { throw POSIXError(.ENOTTY) }
    cfmakeraw(&attributes)
    tcsetattr(end, TCSANOW, &attributes)
    guard reads else { return }
    let thread = Thread { [weak self] in
      var piece = [UInt8](repeating: 0, count: 4_096)
      while true {
        let count = read(near, &piece, piece.count)
        guard count > 0, let self else { return }
        self.shown.withLock { $0 += piece[..<count] }
      }
    }
    thread.start()
  }

  deinit {
    close(end)
    close(near)
  }

  func type(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { write(near, $0.baseAddress, $0.count) } }

  var text: String { shown.withLock { String(decoding: $0, as: UTF8.self) } }
}
