import Foundation
import Glibc
import JarvisLock

/// The two ends of a pseudo terminal with a reader at the outer one, as a terminal emulator has.
final class PseudoTerminal: Sendable {
  /// What the program under test uses.
  let slave: Int32
  private let master: Int32
  private let state = Guarded(State())

  private struct State {
    var bytes: [UInt8] = []
    var marks = 0
    var isStopped = false
  }

  struct Failure: Error { var what: String }

  init(columns: Int, rows: Int) throws {
    var (outer, inner): (Int32, Int32) = (-1, -1)
    guard openpty(&outer, &inner, nil, nil, nil) == 0 else {
      throw Failure(what: "no pseudo terminal: \(String(cString: strerror(errno)))")
    }
    (master, slave) = (outer, inner)
    resize(columns: columns, rows: rows)
    Thread { [self] in read() }.start()
  }

  deinit {
    close(slave)
    close(master)
  }

  /// The reader ends; after that the program's output has nowhere to go.
  func stop() {
    state.withLock { $0.isStopped = true }
    var byte: UInt8 = 0x21
    _ = write(slave, &byte, 1)
  }

  func resize(columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// What a person or the terminal itself sends to the program.
  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Everything the program has written since the last call. A mark written behind it tells when all has arrived.
  func output() throws -> String {
    let number = state.withLock { state in
      state.marks += 1
      return state.marks
    }
    let mark = Array("<mark \(number)>".utf8)
    _ = write(slave, mark, mark.count)
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      let found: [UInt8]? = state.withLock { state in
        guard state.bytes.suffix(mark.count) == mark[...] else { return nil }
        let all = Array(state.bytes.dropLast(mark.count))
        state.bytes = []
        return all
      }
      if let found { return String(decoding: found, as: UTF8.self) }
      sched_yield()
    }
    throw Failure(what: "the output never arrived")
  }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !state.withLock({ $0.isStopped }) {
      let count = Glibc.read(master, &buffer, buffer.count)
      if count <= 0 { return }
      state.withLock { $0.bytes += buffer[..<count] }
    }
  }
}
