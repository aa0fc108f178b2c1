import CNcurses
import Glibc

/// Catches what ncurses writes, so that it can be looked at before it goes out. ncurses writes to one descriptor; for the
/// time of a frame that is a file in memory, which takes a frame of any size without anybody reading meanwhile.
///
/// Owned by the thread of the screen.
final class OutputCatcher {
  private let descriptor: Int32
  private let terminal: Int32
  private let memory: Int32

  /// - Parameter descriptor: what ncurses writes to; it keeps leading to the terminal between frames.
  /// - Returns: nil where the system has no descriptors left or no such files.
  init?(descriptor: Int32) {
    let terminal = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    let memory = jarvis_memory_file()
    guard terminal >= 0, memory >= 0 else {
      if terminal >= 0 { close(terminal) }
      if memory >= 0 { close(memory) }
      return nil
    }
    (self.descriptor, self.terminal, self.memory) = (descriptor, terminal, memory)
  }

  deinit {
    close(terminal)
    close(memory)
  }

  /// What `body` wrote.
  func catchOutput(_ body: () -> Void) -> [UInt8] {
    guard dup2(memory, descriptor) >= 0 else {
      body()
      return []
    }
    body()
    // The same descriptor number as before: cannot fail for want of one.
    dup2(terminal, descriptor)
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      used = max(0, pread(memory, buffer.baseAddress, count, 0))
    }
    lseek(memory, 0, SEEK_SET)
    ftruncate(memory, 0)
    return bytes
  }
}
